package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.Guard;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.HostEndpoint;
import io.github.polverdict.dialects.calico.policy.HostPolicies.OfTier;
import io.github.polverdict.dialects.calico.policy.HostPolicies.Stage;
import io.github.polverdict.dialects.calico.policy.PolicyBlocks.Ground;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What host endpoints make of the traffic of pods, which their node forwards
 * (felix/rules/static.go, StaticFilterForwardChains; felix/rules/dispatch.go). Two tiers that pass
 * on what they allow, for the pods' own policies come as well: what enters the node, and what
 * leaves it. A HostEndpoint for all interfaces is also for those of pods, by which a pod's packets
 * enter the node and leave it for another pod.
 */
public final class Forwarded {
  private static final List<TrafficSpec> ALL = List.of(TrafficSpec.ALL);

  private final Snapshot snapshot;
  private final List<Guard> guards;
  private final HostPolicies policies;
  private final Ground ground;
  private final Tunnels tunnels;
  private final TrafficSet failsafe;

  /** Whether packets between nodes go through tunnels, that is other interfaces. */
  public enum Tunnels {
    NONE,
    ALL,
    NOT_KNOWN
  }

  /**
   * One way through a HostEndpoint.
   *
   * @param section of the policies that are asked
   * @param gate of the pod at which it shows
   * @param others the other ends that it is for
   * @param unless facts without which it is not known whether it is the way at all
   */
  private record Way(
      HostEndpoint endpoint,
      Direction section,
      Direction gate,
      Selector others,
      List<Doubt> unless) {}

  Forwarded(
      Snapshot snapshot,
      List<Guard> guards,
      HostPolicies policies,
      Ground ground,
      Tunnels tunnels) {
    this.snapshot = snapshot;
    this.guards = guards;
    this.policies = policies;
    this.ground = ground;
    this.tunnels = tunnels;
    this.failsafe =
        Failsafes.parse(ground.context().setting("FailsafeInboundHostPorts"))
            .map(Failsafes::forAll)
            .orElse(TrafficSet.NONE);
  }

  /** The tiers, each with its blocks. */
  List<TierFrame> tiers() {
    return List.of(
        new TierFrame("what enters a node", section(Direction.INGRESS), Action.PASS),
        new TierFrame("what leaves a node", section(Direction.EGRESS), Action.PASS));
  }

  private List<Block> section(Direction section) {
    List<Block> out = new ArrayList<>();
    for (Guard guard : guards) {
      ways(guard, section).forEach(way -> out.addAll(blocks(way, guard)));
    }
    boolean entered = section == Direction.INGRESS && !out.isEmpty();
    return entered && !Passages.onlyOneNode(snapshot) ? receivedElsewhere(out) : out;
  }

  private List<Way> ways(Guard guard, Direction section) {
    List<Way> out = new ArrayList<>();
    Selector elsewhere = new Selector.Not(new Selector.OnNode(guard.node()));
    if (guard.isForAll() || tunnels == Tunnels.NONE) {
      out.add(new Way(guard.main(), section, section, elsewhere, List.of()));
    } else {
      boolean in = section == Direction.INGRESS;
      Selector cluster = in ? new Selector.OfKind(Kind.INSIDE) : Selector.pods();
      Selector inside = Selector.and(elsewhere, cluster);
      Selector outside = Selector.and(elsewhere, new Selector.Not(cluster));
      out.add(new Way(guard.main(), section, section, outside, List.of()));
      if (tunnels == Tunnels.ALL) {
        guard.all().ifPresent(all -> out.add(new Way(all, section, section, inside, List.of())));
      } else {
        out.add(new Way(guard.main(), section, section, inside, List.of(throughTunnel(guard))));
      }
    }
    Direction inner = section == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
    guard.all().ifPresent(all -> out.add(new Way(all, section, inner, Selector.ALL, List.of())));
    return out;
  }

  private static Doubt throughTunnel(Guard guard) {
    String what = "whether packets between node " + guard.node() + " and others are in a tunnel";
    return new Doubt.KnownAtRuntime(what, guard.main().document().origin());
  }

  /** The rules that a way leads through, in their order. */
  private List<Block> blocks(Way way, Guard guard) {
    List<Block> out = new ArrayList<>();
    boolean in = way.section() == Direction.INGRESS;
    List<OfTier> early =
        in ? policies.forwarded(way.endpoint(), Stage.BEFORE_DNAT, way.section()) : List.of();
    List<OfTier> usual = policies.forwarded(way.endpoint(), Stage.USUAL, way.section());
    Selector callers = new Selector.Not(guard.pods());
    int left = early.size() + usual.size();
    int rank = 0;
    if (!way.unless().isEmpty()) {
      out.add(another(way, guard, guard.all().isPresent()));
    }
    if (!way.endpoint().isForAll() && !policies.untracked(way.endpoint()).isEmpty()) {
      out.add(untracked(way, guard));
    }
    if (way.gate() == Direction.EGRESS && way.section() == way.gate()) {
      asItsOwn(way, guard).ifPresent(out::add);
    }
    for (OfTier tier : early) {
      left--;
      for (Document policy : tier.policies()) {
        PolicyBlocks blocks = new PolicyBlocks(policy, guard.pods(), "", ground);
        out.addAll(placed(blocks, way, beforeDnat(blocks, way, callers, rank), left > 0));
        rank += blocks.section(way.section()).items().size();
      }
    }
    PeerSpec others = others(way, guard);
    for (OfTier tier : usual) {
      left--;
      PolicyBlocks blocks = new PolicyBlocks(tier.policies().getFirst(), guard.pods(), "", ground);
      for (Document policy : tier.policies()) {
        blocks = new PolicyBlocks(policy, guard.pods(), "", ground);
        Map<Selector, List<Rule>> rules = new LinkedHashMap<>();
        for (Field rule : blocks.section(way.section()).items()) {
          HostBlocks.add(blocks.rules(rule, way.gate(), rank++), others, rules);
        }
        out.addAll(placed(blocks, way, rules, left > 0));
      }
      if (tier.unmatched() == Action.DENY) {
        Origin origin = tier.policies().getLast().at("spec").origin();
        Rule rest = new Rule(rank++, List.of(others), ALL, Action.DENY, List.of(), origin);
        out.add(blocks.block(way.gate(), guard.pods(), List.of(rest)).isolating(false));
      }
    }
    return out;
  }

  /** Policies that are asked before connections are tracked may deny or allow. */
  private Block untracked(Way way, Guard guard) {
    Origin.BuiltIn row = ground.context().origin("calico.untracked-forwarded");
    return perhaps(way, guard, row, new Perhaps(-2, List.of(Doubt.Unverified.of(row)), true));
  }

  /** Packets that were masqueraded to the node's address may count as its own. */
  private Optional<Block> asItsOwn(Way way, Guard guard) {
    boolean judged = !way.endpoint().isOpen() || policies.judgeSent(way.endpoint());
    return ground
        .context()
        .row("calico.bpf-masqueraded")
        .filter(_ -> judged)
        .map(row -> {
          Selector who = Selector.and(way.others(), new Selector.Not(Selector.pods()));
          PeerSpec others = new PeerSpec.Selected(who);
          List<Doubt> open = List.of(Doubt.Unverified.of(row));
          Rule rule = new Rule(-6, List.of(others), ALL, Action.DENY, open, row);
          return new Block(
              guard.name(), guard.pods(), way.gate(), false, List.of(rule), List.of(), row);
        });
  }

  /** A tunnel that it may be in is another interface, which may have a HostEndpoint. */
  private Block another(Way way, Guard guard, boolean judged) {
    Origin.BuiltIn row = ground.context().origin("calico.host-endpoint-tunnel");
    return perhaps(way, guard, row, new Perhaps(-4, way.unless(), judged));
  }

  /** What may become of everything before the rules are asked. */
  private record Perhaps(int rank, List<Doubt> open, boolean denies) {}

  private static Block perhaps(Way way, Guard guard, Origin.BuiltIn row, Perhaps what) {
    List<PeerSpec> others = List.of(new PeerSpec.Selected(way.others()));
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule(what.rank(), others, ALL, Action.PASS, what.open(), row));
    if (what.denies()) {
      rules.add(new Rule(what.rank() - 1, others, ALL, Action.DENY, what.open(), row));
    }
    return new Block(guard.name(), guard.pods(), way.gate(), false, rules, List.of(), row);
  }

  /** What a pod sends to its own node is not forwarded. */
  private static PeerSpec others(Way way, Guard guard) {
    Selector notOwn = new Selector.Not(guard.hosts());
    return new PeerSpec.Selected(
        way.gate() == way.section() ? way.others() : Selector.and(way.others(), notOwn));
  }

  /**
   * @param from what may call a port of the node, for what arrives: there the node that sends it
   *     may be seen, so that only the node's own pods are told apart
   */
  private Map<Selector, List<Rule>> beforeDnat(
      PolicyBlocks blocks, Way way, Selector from, int first) {
    int rank = first;
    Map<Selector, List<Rule>> rules = new LinkedHashMap<>();
    boolean arrives = way.gate() == Direction.INGRESS;
    Set<Via> direct = arrives ? HostBlocks.AS_THEY_ARE : Set.of(Via.POD_ADDRESS);
    Set<Via> translated = EnumSet.complementOf(EnumSet.copyOf(direct));
    boolean open = arrives && !Passages.onlyOneNode(snapshot) && !areAlike();
    List<Doubt> which = open ? List.of(receiver()) : List.of();
    for (Field rule : blocks.section(Direction.INGRESS).items()) {
      HostBlocks.add(blocks.rules(rule, way.gate(), rank), some(way.others(), direct), rules);
      Map<Selector, List<Rule>> called = blocks.untranslated(rule, way.gate(), rank++);
      called.replaceAll((_, all) -> all.stream().map(r -> doubted(r, which)).toList());
      HostBlocks.add(called, some(arrives ? from : way.others(), translated), rules);
    }
    rules.replaceAll((_, all) -> all.stream().map(this::withoutFailsafes).toList());
    return rules;
  }

  private static PeerSpec some(Selector others, Set<Via> kinds) {
    return new PeerSpec.AllOf(List.of(new PeerSpec.Selected(others), HostBlocks.called(kinds)));
  }

  private Rule withoutFailsafes(Rule rule) {
    List<TrafficSpec> traffic = new ArrayList<>();
    for (TrafficSpec spec : rule.traffic()) {
      traffic.add(
          switch (spec) {
            case TrafficSpec.Numeric(TrafficSet some) ->
                new TrafficSpec.Numeric(some.minus(failsafe));
            case TrafficSpec.Called(TrafficSet some) ->
                new TrafficSpec.Called(some.minus(failsafe));
            case TrafficSpec.Named _, TrafficSpec.OnlyTo _, TrafficSpec.Without _ ->
                new TrafficSpec.Without(spec, new TrafficSpec.Numeric(failsafe));
          });
    }
    return new Rule(
        rule.rank(), rule.peers(), traffic, rule.action(), rule.onlyIf(), rule.origin());
  }

  /** Rules as blocks: what they allow goes on; what they pass does when no tier is left. */
  private static List<Block> placed(
      PolicyBlocks blocks, Way way, Map<Selector, List<Rule>> bySubject, boolean more) {
    List<Block> out = new ArrayList<>();
    bySubject.forEach((who, rules) -> {
      List<Rule> all = rules.stream().map(r -> passing(r, more)).toList();
      out.add(blocks.block(way.gate(), who, all).isolating(false));
    });
    return out;
  }

  private static Rule passing(Rule rule, boolean more) {
    Rule out =
        new Rule(
            rule.rank(),
            rule.peers(),
            rule.traffic(),
            rule.action() == Action.ALLOW ? Action.PASS : rule.action(),
            rule.onlyIf(),
            rule.origin());
    String what = "Pass before another tier of a host endpoint's forwarded traffic";
    return more && rule.action() == Action.PASS
        ? out.onlyIf(new Doubt.Unsupported(what, "calico", rule.origin()))
        : out;
  }

  private static Rule doubted(Rule rule, List<Doubt> doubts) {
    Rule out = rule;
    for (Doubt doubt : doubts) {
      out = out.onlyIf(doubt);
    }
    return out;
  }

  /** Whether all nodes ask the same policies before DNAT of what enters them from outside. */
  private boolean areAlike() {
    Set<List<OfTier>> all = new HashSet<>();
    guards.forEach(
        g -> all.add(policies.forwarded(g.main(), Stage.BEFORE_DNAT, Direction.INGRESS)));
    Set<String> guarded = new TreeSet<>();
    guards.forEach(g -> guarded.add(g.node()));
    return all.size() == 1 && guarded.containsAll(Passages.nodes(snapshot));
  }

  private Doubt receiver() {
    Origin.BuiltIn row = ground.context().origin("calico.forwarded-by-another-node");
    return new Doubt.KnownAtRuntime("which node receives it", row);
  }

  /** The node that receives a call of a node's port may be another one, and judges it as well. */
  private List<Block> receivedElsewhere(List<Block> entering) {
    Origin.BuiltIn row = ground.context().origin("calico.forwarded-by-another-node");
    List<Block> out = new ArrayList<>(entering);
    Passages.forwardable(snapshot)
        .ifPresent(pods -> {
          PeerSpec calls =
              new PeerSpec.AllOf(
                  List.of(HostBlocks.called(HostBlocks.TRANSLATED_HERE), new PeerSpec.Forwarded()));
          List<Doubt> open = List.of(receiver());
          Rule rule = new Rule(-1, List.of(calls), ALL, Action.DENY, open, row);
          out.add(
              new Block(
                  "the HostEndpoint of the node that receives it",
                  pods,
                  Direction.INGRESS,
                  false,
                  List.of(rule),
                  List.of(),
                  row));
        });
    return out;
  }
}
