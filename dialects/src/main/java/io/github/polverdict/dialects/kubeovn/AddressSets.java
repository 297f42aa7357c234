package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What older releases make of the address sets of a policy's rules (handleUpdateNp). */
final class AddressSets {
  private static final String OPEN = "kube-ovn.no-drop-without-peers";
  private static final String PERHAPS = "kube-ovn.no-drop-without-peers-perhaps";
  private static final String SERVICES = "kube-ovn.services-of-selected-pods";

  /**
   * The ACL that drops what no rule allows.
   *
   * @param made whether there is one
   * @param onlyIf facts without which that is not known
   */
  private record Drop(boolean made, List<Doubt> onlyIf) {
    static final Drop MADE = new Drop(true, List.of());
    static final Drop NOT = new Drop(false, List.of());

    static Drop perhaps(Doubt doubt) {
      return new Drop(true, List.of(doubt));
    }
  }

  private final Context context;
  private final SelectedAddresses selected;

  AddressSets(Snapshot snapshot, Context context, Attachments attachments) {
    this.context = context;
    this.selected = new SelectedAddresses(snapshot, attachments);
  }

  Block of(Block block, NetworkPolicySpec spec) {
    return dropping(withServices(block, spec), spec);
  }

  /**
   * Where egress is judged by a Service's address, selectors hold those of their pods' Services.
   */
  private Block withServices(Block block, NetworkPolicySpec spec) {
    boolean called =
        context.active("kube-ovn.policies-before-lb") || context.active("kube-ovn.no-lb");
    if (block.direction() == Direction.INGRESS || !called || !context.active(SERVICES)) {
      return block;
    }
    Map<Origin, IpSet> services = new HashMap<>();
    for (RuleEntry rule : spec.egress()) {
      for (Peer peer : rule.peers()) {
        if (peer instanceof Peer.Pods pods) {
          services.put(peer.place().origin(), selected.services(pods, spec.namespace()));
        }
      }
    }
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : block.rules()) {
      rules.add(rule);
      Origin place = rule.origin().place();
      IpSet addresses = services.getOrDefault(place, IpSet.NONE);
      if (!addresses.isEmpty()) {
        List<PeerSpec> peers = List.of(new PeerSpec.InRange(addresses, Set.of()));
        rules.add(rule.withPeers(peers).bent(context.origin(SERVICES)));
      }
    }
    return block.withRules(rules);
  }

  /** With one drop for each family that has one, unless all have. */
  private Block dropping(Block block, NetworkPolicySpec spec) {
    if (!context.active(OPEN) && !context.active(PERHAPS)) {
      return block;
    }
    List<Rule> rules = new ArrayList<>(block.rules());
    boolean all = true;
    Set<Family> families = selected.families();
    for (Family family : families) {
      Drop drop = drop(spec, block.direction(), family);
      PeerSpec everybody =
          families.size() == 1
              ? PeerSpec.ANYONE
              : new PeerSpec.InRange(IpSet.ALL.of(family), Kind.INSIDE);
      if (drop.made()) {
        rules.add(drop(everybody, drop, block.origin()));
      }
      all &= drop.equals(Drop.MADE);
    }
    return all ? block : block.withRules(rules).isolating(false);
  }

  /** That a policy does not isolate, if that is sure. */
  Optional<Standing> open(NetworkPolicySpec spec) {
    return drop(spec, Direction.EGRESS, Family.IPV4).made()
        ? Optional.empty()
        : Optional.of(Standing.of(spec.document(), Standing.Degree.PARTLY, context.origin(OPEN)));
  }

  private Rule drop(PeerSpec everybody, Drop drop, Origin origin) {
    Origin because = drop.onlyIf().isEmpty() ? origin : new Origin.Bent(origin.place(), row());
    List<TrafficSpec> all = List.of(TrafficSpec.ALL);
    return new Rule(1, List.of(everybody), all, Action.DENY, drop.onlyIf(), because);
  }

  private Origin.BuiltIn row() {
    return context.origin(context.active(OPEN) ? OPEN : PERHAPS);
  }

  /**
   * No rule with an address, no drop, which was for both families; later it was made with the first
   * rule only, for a while by family.
   */
  private Drop drop(NetworkPolicySpec spec, Direction direction, Family family) {
    List<RuleEntry> rules = spec.rules(direction);
    boolean egress = direction == Direction.EGRESS;
    boolean byAll = context.active(OPEN);
    if (rules.isEmpty() || !(byAll || (egress && context.active(PERHAPS)))) {
      return Drop.MADE;
    }
    List<RuleEntry> asked = byAll ? rules : rules.subList(0, 1);
    Set<Family> families = byAll ? selected.families() : Set.of(family);
    String home = spec.namespace();
    if (asked.stream().anyMatch(r -> families.stream().anyMatch(f -> selected.has(r, home, f)))) {
      return Drop.MADE;
    }
    if (!byAll || !egress) {
      return Drop.perhaps(Doubt.Unverified.of(row()));
    }
    return asked.stream()
        .flatMap(r -> selected.unsure(r, home).stream())
        .findFirst()
        .map(Drop::perhaps)
        .orElse(Drop.NOT);
  }
}
