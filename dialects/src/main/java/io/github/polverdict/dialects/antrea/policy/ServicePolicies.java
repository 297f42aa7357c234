package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.ServiceAddresses;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Policies that are applied to Services: they match what AntreaProxy balances among the Service's
 * backends, and what they mean together with policies of those is not modelled.
 */
public final class ServicePolicies {
  private ServicePolicies() {}

  /** The gates of the backends, for those that such a rule speaks of and that call the Service. */
  public static List<Passage> of(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active("antrea.native-policies-off")) {
      return out;
    }
    for (Document policy : snapshot.ofKind(AntreaPolicies.CLUSTER)) {
      List<Field> ofPolicy = policy.at("spec", "appliedTo").items();
      for (Field rule : policy.at("spec", "ingress").items()) {
        List<Field> own = rule.get("appliedTo").items();
        for (Field entry : own.isEmpty() ? ofPolicy : own) {
          if (entry.get("service").present()) {
            out.addAll(passages(snapshot, rule, entry.get("service"), context));
          }
        }
      }
    }
    return out;
  }

  /** The addresses of a Service besides the cluster's own that AntreaProxy translates for pods. */
  public static IpSet proxied(Document service, Context context) {
    IpSet external =
        context.active("antrea.external-address-unproxied")
            ? IpSet.NONE
            : ServiceAddresses.external(service);
    IpSet balancers =
        context.active("antrea.balancer-unproxied")
            ? IpSet.NONE
            : ServiceAddresses.balancers(service);
    return external.or(balancers);
  }

  /** Calls of a node's port, where AntreaProxy translates those, too; and pods' calls. */
  private static List<Passage> passages(
      Snapshot snapshot, Field rule, Field service, Context context) {
    List<Field> from = rule.get("from").items();
    PeerSpec who =
        from.size() == 1 && from.getFirst().get("ipBlock").present()
            ? new PeerSpec.InRange(IpBlocks.of(from.getFirst().get("ipBlock")), Kind.INSIDE)
            : PeerSpec.ANYONE;
    PeerSpec backends = new PeerSpec.Selected(backends(snapshot, service));
    List<Passage> out = new ArrayList<>();
    String ports = "antrea.applied-to-service";
    if (context.active(ports)) {
      out.add(uncertain(service, context.origin(ports)).between(who, backends).via(Via.NODE_PORT));
    }
    String pods = "antrea.applied-to-service-from-pods";
    if (context.active(pods)) {
      IpSet addresses = service(snapshot, service).map(ServiceAddresses::cluster).orElse(IpSet.ALL);
      out.add(
          uncertain(service, context.origin(pods))
              .between(
                  new PeerSpec.AllOf(List.of(Passages.PODS, who)),
                  new PeerSpec.AllOf(List.of(backends, new PeerSpec.Called(addresses))))
              .via(Via.CLUSTER_IP));
    }
    return out;
  }

  private static Passage uncertain(Field service, Origin.BuiltIn row) {
    return Passages.of(
            new Effect.Uncertain(Direction.INGRESS), new Origin.Bent(service.origin(), row))
        .onlyIf(Doubt.Unverified.of(row));
  }

  private static Selector backends(Snapshot snapshot, Field reference) {
    Map<String, String> labels =
        service(snapshot, reference).map(s -> s.at("spec", "selector").strings()).orElse(Map.of());
    return labels.isEmpty()
        ? Selector.pods()
        : Selector.pods(reference.get("namespace").text(""), labels);
  }

  private static Optional<Document> service(Snapshot snapshot, Field reference) {
    return snapshot.find(
        "Service", reference.get("namespace").text(""), reference.get("name").text(""));
  }
}
