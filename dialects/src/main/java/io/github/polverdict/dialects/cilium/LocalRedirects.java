package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * CiliumLocalRedirectPolicies: calls of an address or of a Service go to a pod on the caller's own
 * node instead, before any gate. Which pod that is, is not worked out: the calls are in doubt
 * (pkg/redirectpolicy/redirectpolicy.go of v1.15.19).
 */
final class LocalRedirects {
  private static final String KIND = "CiliumLocalRedirectPolicy.cilium.io";
  private static final String ROW = "cilium.local-redirect";

  private final Snapshot snapshot;
  private final Context context;

  private LocalRedirects(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
  }

  static List<Passage> of(Snapshot snapshot, Context context) {
    LocalRedirects redirects = new LocalRedirects(snapshot, context);
    return context.active(ROW)
        ? snapshot.ofKind(KIND).stream().flatMap(redirects::passages).toList()
        : List.of();
  }

  private Stream<Passage> passages(Document policy) {
    Field frontend = policy.at("spec", "redirectFrontend");
    Field address = frontend.get("addressMatcher");
    Field service = frontend.get("serviceMatcher");
    if (address.present() == service.present()) {
      return Stream.of(); // the agent takes none without, and none with both
    }
    Optional<Passage> matched =
        address.present() ? ofAddress(policy, address) : ofService(policy, service);
    return matched.stream().flatMap(p -> bothGates(policy, p));
  }

  private Optional<Passage> ofAddress(Document policy, Field address) {
    Optional<IpSet> at = IpAddress.parse(address.get("ip").text("")).map(a -> IpSet.of(a));
    TrafficSet traffic = TrafficSet.NONE;
    for (Field port : address.get("toPorts").items()) {
      traffic = traffic.or(traffic(port));
    }
    TrafficSet all = traffic;
    return at.map(here -> passage(policy, new PeerSpec.InRange(here, Kind.INSIDE)).carrying(all));
  }

  /** Calls of the Service's address; which of its ports does not matter here. */
  private Optional<Passage> ofService(Document policy, Field service) {
    String namespace = policy.id().namespace();
    Optional<Document> there =
        service.get("namespace").text("").equals(namespace)
            ? snapshot.find("Service", namespace, service.get("serviceName").text(""))
            : Optional.empty();
    return there.flatMap(found -> {
      Map<String, String> labels = found.at("spec", "selector").strings();
      List<Selector> all = new ArrayList<>();
      all.add(Selector.pods());
      all.add(new Selector.InNamespace(namespace));
      labels.forEach((k, v) -> all.add(new Selector.LabelIn(Scope.ENDPOINT, k, Set.of(v))));
      PeerSpec backends = new PeerSpec.Selected(new Selector.And(all));
      return labels.isEmpty()
          ? Optional.empty()
          : Optional.of(passage(policy, backends).via(Via.CLUSTER_IP));
    });
  }

  private static TrafficSet traffic(Field port) {
    String text = port.get("port").text("");
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    Protocol protocol =
        port.get("protocol").text("").equalsIgnoreCase("UDP") ? Protocol.UDP : Protocol.TCP;
    return number > 0 && number <= 65535
        ? TrafficSet.of(protocol, number, number)
        : TrafficSet.NONE;
  }

  private static Passage passage(Document policy, PeerSpec to) {
    Doubt where =
        new Doubt.KnownAtRuntime(
            "which pod of the own node gets it, by " + policy.id().text(), policy.origin());
    return Passages.of(new Effect.Uncertain(Direction.EGRESS), policy.origin())
        .between(PeerSpec.ANYONE, to)
        .onlyIf(where);
  }

  private Stream<Passage> bothGates(Document policy, Passage passage) {
    Origin origin = new Origin.Bent(policy.origin(), context.origin(ROW));
    return Stream.of(Direction.values())
        .map(gate ->
            new Passage(
                passage.from(),
                passage.to(),
                passage.traffic(),
                passage.via(),
                passage.where(),
                new Effect.Uncertain(gate),
                passage.onlyIf(),
                origin));
  }
}
