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
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * CiliumLocalRedirectPolicies: calls of an address or of a Service go to a pod on the caller's own
 * node instead, before any gate. Which pod that is, is not worked out: the calls are in doubt
 * (pkg/redirectpolicy/redirectpolicy.go of v1.15.19).
 */
final class LocalRedirects {
  static final String KIND = "CiliumLocalRedirectPolicy.cilium.io";
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
        ? Stream.concat(
                snapshot.ofKind(KIND).stream().flatMap(redirects::passages), redirects.unread())
            .toList()
        : List.of();
  }

  /** Policies that could not be read may redirect calls of any address. */
  private Stream<Passage> unread() {
    return Unread.of(snapshot, Set.of(KIND)).stream()
        .flatMap(why ->
            Stream.of(Direction.values())
                .map(gate ->
                    Passages.of(new Effect.Uncertain(gate), context.origin(ROW)).onlyIf(why)));
  }

  private Stream<Passage> passages(Document policy) {
    Field frontend = policy.at("spec", "redirectFrontend");
    Field address = frontend.get("addressMatcher");
    Field service = frontend.get("serviceMatcher");
    if (address.present() == service.present()) {
      return Stream.of(); // the agent takes none without, and none with both
    }
    Optional<UnaryOperator<Passage>> calls =
        address.present() ? ofAddress(address) : ofService(service, policy.id().namespace());
    return calls.stream()
        .flatMap(
            these -> Stream.of(Direction.values()).map(gate -> these.apply(doubted(gate, policy))));
  }

  /** All calls, to be narrowed to those that a policy redirects. */
  private Passage doubted(Direction gate, Document policy) {
    Doubt where =
        new Doubt.KnownAtRuntime(
            "which pod of the own node gets it, by " + policy.id().text(), policy.origin());
    Origin origin = new Origin.Bent(policy.origin(), context.origin(ROW));
    return Passages.of(new Effect.Uncertain(gate), origin).onlyIf(where);
  }

  private static Optional<UnaryOperator<Passage>> ofAddress(Field address) {
    TrafficSet traffic =
        address.get("toPorts").items().stream()
            .map(LocalRedirects::traffic)
            .reduce(TrafficSet.NONE, TrafficSet::or);
    return IpAddress.parse(address.get("ip").text(""))
        .map(ip -> new PeerSpec.InRange(IpSet.of(ip), Kind.INSIDE))
        .map(called -> p -> p.between(PeerSpec.ANYONE, called).carrying(traffic));
  }

  /** Calls of the Service's address; which of its ports does not matter here. */
  private Optional<UnaryOperator<Passage>> ofService(Field service, String namespace) {
    if (!service.get("namespace").text("").equals(namespace)) {
      return Optional.empty(); // the agent takes none of another namespace
    }
    return snapshot
        .find("Service", namespace, service.get("serviceName").text(""))
        .map(found -> found.at("spec", "selector").strings())
        .filter(labels -> !labels.isEmpty())
        .map(labels -> new PeerSpec.Selected(Selector.pods(namespace, labels)))
        .map(backends -> p -> p.between(PeerSpec.ANYONE, backends).via(Via.CLUSTER_IP));
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
}
