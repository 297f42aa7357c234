package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.Guard;
import io.github.polverdict.dialects.calico.policy.HostPolicies.Stage;
import io.github.polverdict.dialects.calico.policy.PolicyBlocks.Ground;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What policies make of the traffic of a node's own processes, and of pods on its network. */
final class HostBlocks {
  /** Calls that are translated where their packets arrive. */
  static final Set<Via> TRANSLATED_HERE = Set.of(Via.NODE_PORT, Via.LOAD_BALANCER);

  /** Calls that arrive by the address and port that they are for. */
  static final Set<Via> AS_THEY_ARE = Set.of(Via.POD_ADDRESS, Via.CLUSTER_IP);

  private final HostEndpoints endpoints;
  private final HostPolicies policies;
  private final Ground ground;

  HostBlocks(HostEndpoints endpoints, HostPolicies policies, Ground ground) {
    this.endpoints = endpoints;
    this.policies = policies;
    this.ground = ground;
  }

  /** The nodes whose HostEndpoint a policy selects; of its untracked kind, those that obey it. */
  private List<Guard> selected(Document policy) {
    boolean untracked = Stage.of(policy) == Stage.UNTRACKED;
    return endpoints.guards().stream()
        .filter(g -> g.main().isSelected(policy) && !(untracked && g.isForAll()))
        .toList();
  }

  /**
   * The blocks of one policy.
   *
   * @param rank of its first rule
   */
  List<Placed> of(Document policy, String tier, int rank) {
    List<Guard> nodes = selected(policy);
    if (nodes.isEmpty()) {
      return List.of();
    }
    Selector hosts = new Selector.Or(nodes.stream().map(Guard::hosts).toList());
    PolicyBlocks blocks = new PolicyBlocks(policy, hosts, "", ground);
    Stage stage = Stage.of(policy);
    List<Placed> out = new ArrayList<>();
    for (Direction direction : CalicoPolicies.types(policy)) {
      List<Block> some =
          switch (stage) {
            case USUAL -> blocks.of(direction, rank);
            case BEFORE_DNAT -> beforeDnat(blocks, direction, rank);
            case UNTRACKED -> untracked(blocks, direction, rank, replies(nodes));
          };
      some.forEach(b -> out.add(new Placed(stage.tier(tier), b)));
    }
    return out;
  }

  private static List<Block> beforeDnat(PolicyBlocks blocks, Direction direction, int rank) {
    Map<Selector, List<Rule>> out = new LinkedHashMap<>();
    List<Field> rules = blocks.section(direction).items();
    for (int i = 0; i < rules.size(); i++) {
      add(blocks.rules(rules.get(i), direction, rank + i), called(AS_THEY_ARE), out);
      add(blocks.untranslated(rules.get(i), direction, rank + i), called(TRANSLATED_HERE), out);
    }
    return blocks(blocks, direction, out);
  }

  static PeerSpec called(Set<Via> kinds) {
    return new PeerSpec.CalledBy(kinds);
  }

  /** Rules by their subjects, for some of their peers. */
  static void add(Map<Selector, List<Rule>> some, PeerSpec only, Map<Selector, List<Rule>> to) {
    some.forEach((who, rules) ->
        rules.forEach(r -> to.computeIfAbsent(who, _ -> new ArrayList<>()).add(narrowed(r, only))));
  }

  static Rule narrowed(Rule rule, PeerSpec only) {
    List<PeerSpec> peers =
        rule.peers().stream().<PeerSpec>map(p -> new PeerSpec.AllOf(List.of(p, only))).toList();
    return rule.withPeers(peers);
  }

  private static List<Block> blocks(
      PolicyBlocks blocks, Direction gate, Map<Selector, List<Rule>> bySubject) {
    return bySubject.entrySet().stream()
        .map(e -> blocks.block(gate, e.getKey(), e.getValue()).isolating(false))
        .toList();
  }

  private Replies replies(List<Guard> nodes) {
    return new Replies(
        nodes.stream().flatMap(g -> policies.untracked(g.main()).stream()).distinct().toList());
  }

  /** What is allowed is so only if its replies are. */
  private List<Block> untracked(
      PolicyBlocks blocks, Direction direction, int rank, Replies replies) {
    Context context = ground.context();
    Doubt open = Doubt.Unverified.of(context.origin("calico.untracked-replies"));
    Optional<Doubt> early = context.row("calico.bpf-untracked").map(Doubt.Unverified::of);
    Map<Selector, List<Rule>> out = new LinkedHashMap<>();
    List<Field> rules = blocks.section(direction).items();
    for (int i = 0; i < rules.size(); i++) {
      boolean sure = replies.surelyPass(rules.get(i), direction);
      blocks
          .rules(rules.get(i), direction, rank + i)
          .forEach((who, some) -> {
            List<Rule> to = out.computeIfAbsent(who, _ -> new ArrayList<>());
            for (Rule said : some) {
              Rule rule = early.map(said::onlyIf).orElse(said);
              boolean doubtful = !sure && rule.action() == Action.ALLOW;
              to.add(doubtful ? rule.onlyIf(open) : rule);
              if (doubtful) {
                to.add(denying(rule));
              }
            }
          });
    }
    return blocks(blocks, direction, out);
  }

  private static Rule denying(Rule rule) {
    return new Rule(
        rule.rank(), rule.peers(), rule.traffic(), Action.DENY, rule.onlyIf(), rule.origin());
  }
}
