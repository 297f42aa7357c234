package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.Reading;
import java.util.List;
import java.util.Optional;

/**
 * Port names as kube-router resolves them: each number that the selected pods declare has a set
 * with the addresses of those that declare it; an egress rule for everybody has the numbers alone
 * (pkg/controllers/netpol/policy.go, grabNamedPortFromPod, processIngressRules and
 * processEgressRules).
 */
record DeclaredPorts(Part part) implements Reading.PortNames {
  /** What a rule with port names opens. */
  enum Part {
    /** The numbers on the pods that declare them. */
    OWN,
    /** The numbers on all pods that count. */
    ANYBODYS,
    /** Every port, to peers given by selectors, when nobody declares any of the names. */
    NOBODYS
  }

  @Override
  public TrafficSpec resolve(List<PortName> names, Reading.Use use, Optional<Peer> peer) {
    boolean egress = use.direction() == Direction.EGRESS;
    if (egress && peer.filter(Peer.Block.class::isInstance).isPresent()) {
      return new TrafficSpec.Numeric(TrafficSet.NONE); // kube-router.named-port-egress-ipblock
    }
    Selector within = egress ? destinations(use) : use.subject();
    TrafficSpec union = named(names, Resolution.UNION_OF_DECLARED, within, TrafficSet.NONE);
    return switch (part) {
      case OWN ->
          egress && peer.isEmpty()
              ? union
              : named(names, Resolution.ON_THE_DESTINATION, within, TrafficSet.NONE);
      case ANYBODYS -> union;
      case NOBODYS ->
          peer.filter(Peer.Pods.class::isInstance).isPresent()
              ? new TrafficSpec.Without(
                  named(names, Resolution.UNION_OF_DECLARED, within, TrafficSet.ALL), union)
              : new TrafficSpec.Numeric(TrafficSet.NONE);
    };
  }

  private static TrafficSpec named(
      List<PortName> names, Resolution resolution, Selector within, TrafficSet unresolved) {
    return new TrafficSpec.Named(names, resolution, within, false, unresolved);
  }

  /** The pods that an egress rule selects, those of the policy's namespace when it names nobody. */
  private static Selector destinations(Reading.Use use) {
    List<Selector> selected =
        use.rule().peers().stream()
            .filter(Peer.Pods.class::isInstance)
            .map(p -> NetworkPolicies.selected((Peer.Pods) p, use.policy()))
            .toList();
    return selected.isEmpty()
        ? Selector.and(Selector.pods(), new Selector.InNamespace(use.policy().namespace()))
        : new Selector.Or(selected);
  }
}
