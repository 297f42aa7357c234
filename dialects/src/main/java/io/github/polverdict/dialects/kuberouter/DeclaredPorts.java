package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.Reading;
import java.util.List;
import java.util.Optional;

/**
 * Port names as kube-router resolves them: all numbers that the selected pods declare are open on
 * every one of them, and a name that nobody declares opens every port to peers given by selectors
 * (pkg/controllers/netpol/policy.go, processIngressRules and processEgressRules).
 */
record DeclaredPorts(Context context) implements Reading.PortNames {

  @Override
  public TrafficSpec resolve(List<PortName> names, Reading.Use use, Optional<Peer> peer) {
    boolean block = peer.filter(Peer.Block.class::isInstance).isPresent();
    if (use.direction() == Direction.EGRESS && block) {
      return new TrafficSpec.Numeric(TrafficSet.NONE); // kube-router.named-port-egress-ipblock
    }
    boolean numbers =
        use.rule().ports().stream().anyMatch(p -> !(p.port().orElse(null) instanceof Port.Name));
    boolean selects = peer.filter(Peer.Pods.class::isInstance).isPresent();
    boolean opens =
        selects
            && !numbers
            && context.active("kube-router.named-port-unresolved-selector-allows-all");
    return new TrafficSpec.Named(
        names,
        Resolution.UNION_OF_DECLARED,
        declarers(use, selects),
        false,
        opens ? TrafficSet.ALL : TrafficSet.NONE);
  }

  private static Selector declarers(Reading.Use use, boolean selects) {
    return switch (use.direction()) {
      case INGRESS -> use.subject();
      case EGRESS ->
          selects
              ? use.peers()
              : Selector.and(Selector.pods(), new Selector.InNamespace(use.policy().namespace()));
    };
  }
}
