package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a pod's own node reaches it: an allowance that comes after all policies (pkg/policy,
 * repository.go: addDefaultRule; before 1.19 mapstate.go: determineAllowLocalhostIngress). Where no
 * policy can deny, that is the same as no gate at all, and cheaper to judge.
 *
 * @param ofPolicies the ingress blocks of policies that may deny
 */
record Localhost(Snapshot snapshot, Context context, List<Block> ofPolicies) {
  private static final Selector HOSTS = new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD));

  private boolean oneIdentity() {
    return context.active("cilium.remote-node-is-host");
  }

  private Origin.BuiltIn origin() {
    return context.origin(oneIdentity() ? "cilium.remote-node-is-host" : "cilium.localhost-allow");
  }

  /** The pods that some rule may deny something to. */
  private List<Selector> deniable() {
    return ofPolicies.stream()
        .filter(b -> b.rules().stream().anyMatch(r -> r.action() == Action.DENY))
        .map(Block::subject)
        .distinct()
        .toList();
  }

  /** The gate that the own node does not meet; empty when it is policed like others. */
  Optional<Passage> passage() {
    if (!context.active("cilium.localhost-allow")) {
      return Optional.empty();
    }
    List<Selector> subjects = new ArrayList<>();
    subjects.add(Selector.pods());
    if (context.active("cilium.localhost-allow-always-mode-regression")) {
      subjects.add(new Selector.Or(selected()));
    }
    if (!deniable().isEmpty()) {
      subjects.add(new Selector.Not(new Selector.Or(deniable())));
    }
    Passage passage = Passages.nodeToPod(oneIdentity() ? Where.ANY : Where.SAME_NODE, origin());
    PeerSpec pods = new PeerSpec.Selected(new Selector.And(subjects));
    return Optional.of(subjects.size() == 1 ? passage : passage.between(Passages.HOSTS, pods));
  }

  /** Whom a policy has ingress rules for. */
  private List<Selector> selected() {
    List<Selector> out =
        new ArrayList<>(
            NetworkPolicies.subjects(
                snapshot, spec -> CiliumDialect.loaded(spec, context), Direction.INGRESS));
    ofPolicies.forEach(b -> out.add(b.subject()));
    return out;
  }

  /** The allowance of those that policies may deny something to. */
  List<Block> blocks() {
    List<Selector> deniable = deniable();
    if (deniable.isEmpty() || !context.active("cilium.localhost-allow")) {
      return List.of();
    }
    Selector subject = Selector.and(Selector.pods(), new Selector.Or(deniable));
    if (oneIdentity()) {
      return List.of(block(subject, HOSTS));
    }
    return Passages.nodes(snapshot).stream()
        .map(Selector.OnNode::new)
        .map(here -> block(Selector.and(subject, here), Selector.and(HOSTS, here)))
        .toList();
  }

  private Block block(Selector subject, Selector hosts) {
    Rule last =
        new Rule(
            Integer.MAX_VALUE,
            List.of(new PeerSpec.Selected(hosts)),
            List.of(TrafficSpec.ALL),
            Action.ALLOW,
            List.of(),
            origin());
    String name = "allow-localhost";
    return new Block(name, subject, Direction.INGRESS, false, List.of(last), List.of(), origin());
  }
}
