package io.github.polverdict.dialects.antrea;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.antrea.policy.ServicePolicies;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.ServiceAddresses;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pods' calls of balancers' and of external addresses that AntreaProxy leaves alone
 * (pkg/agent/proxy/proxier.go, installServiceFlows): their egress is judged before anybody
 * translates them.
 */
final class Unproxied {
  private final Snapshot snapshot;
  private final Context context;
  private final Effect asSomeGateway;
  private final List<Passage> out = new ArrayList<>();

  private Unproxied(Snapshot snapshot, Context context, Effect asSomeGateway) {
    this.snapshot = snapshot;
    this.context = context;
    this.asSomeGateway = asSomeGateway;
  }

  /**
   * @param asSomeGateway what ingress policies see of what kube-proxy translates
   */
  static List<Passage> of(Snapshot snapshot, Context context, Effect asSomeGateway) {
    Unproxied calls = new Unproxied(snapshot, context, asSomeGateway);
    calls.withoutProxy();
    calls.withoutBalancers();
    calls.externalAddresses();
    return calls.out;
  }

  private void withoutProxy() {
    String row = "antrea.no-proxy-balancer";
    if (context.active(row)) {
      out.add(called(PeerSpec.ANYONE, context.origin(row)));
      Passages.forwardedByAnyNode(snapshot)
          .ifPresent(pods -> out.add(masqueraded(pods, context.origin(row))));
    }
  }

  private void withoutBalancers() {
    String row = "antrea.balancer-unproxied";
    if (context.active(row)) {
      Origin.BuiltIn origin = context.origin(row);
      PeerSpec balancers = called(snapshot, ServiceAddresses::balancers);
      out.add(called(balancers, origin));
      out.add(
          via(new Effect.Uncertain(Direction.INGRESS), balancers, origin)
              .onlyIf(Doubt.Unverified.of(origin)));
    }
  }

  private void externalAddresses() {
    String row = "antrea.external-address-unproxied";
    if (context.active(row)) {
      PeerSpec external = called(snapshot, ServiceAddresses::external);
      out.add(called(external, context.origin(row)));
      PeerSpec forwarded = new PeerSpec.AllOf(List.of(external, new PeerSpec.Forwarded()));
      out.add(masqueraded(forwarded, context.origin(row)));
      out.add(masqueraded(external, context.origin(row)).where(Where.ITSELF)); // loops back
    }
  }

  /** Those that AntreaProxy does translate. */
  static PeerSpec others(Snapshot snapshot, Context context) {
    return called(snapshot, service -> ServicePolicies.proxied(service, context));
  }

  private static PeerSpec called(Snapshot snapshot, Function<Document, IpSet> addresses) {
    return new PeerSpec.Called(
        IpSet.union(snapshot.ofKind("Service").stream().map(addresses).toList()));
  }

  private static Passage called(PeerSpec to, Origin origin) {
    return via(new Effect.SeenAs(Direction.EGRESS, new Guise.Called(), true), to, origin);
  }

  private Passage masqueraded(PeerSpec to, Origin origin) {
    return via(asSomeGateway, to, origin);
  }

  private static Passage via(Effect effect, PeerSpec to, Origin origin) {
    return Passages.of(effect, origin).between(Passages.PODS, to).via(Via.LOAD_BALANCER);
  }
}
