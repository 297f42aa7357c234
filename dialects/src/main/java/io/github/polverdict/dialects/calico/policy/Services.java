package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.kubernetes.PodLike;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code services} of a rule: the endpoints of a Service, ready or not, as a destination with
 * their ports, as a source with any (felix/calc/service_lookup.go, serviceindex.go).
 */
final class Services {

  private final Snapshot snapshot;
  private final List<PodLike> onHosts;

  /** Endpoints, with the traffic that is meant for them. */
  record Backends(PeerSpec who, List<TrafficSpec> traffic, List<Doubt> onlyIf) {}

  Services(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.onHosts =
        PodLike.in(snapshot).stream()
            .filter(p -> p.onHostNetwork() && !p.addresses().isEmpty())
            .toList();
  }

  /** The endpoints of a Service; none when there is no such Service. */
  List<Backends> of(Field services, String namespace, boolean withPorts) {
    String home = services.get("namespace").text(namespace);
    String name = services.get("name").text("");
    Optional<Document> service = snapshot.find("Service", home, name);
    if (service.isEmpty()) {
      return Unread.of(snapshot, Set.of("Service"), home).stream()
          .map(why -> new Backends(PeerSpec.ANYONE, List.of(TrafficSpec.ALL), List.of(why)))
          .toList();
    }
    Map<String, String> labels = service.get().at("spec", "selector").strings();
    if (labels.isEmpty()) {
      return slices(service.get(), withPorts);
    }
    List<Backends> out = new ArrayList<>(List.of(selected(service.get(), labels, withPorts)));
    onHosts.stream()
        .filter(p -> p.namespace().equals(home) && p.has(labels))
        .forEach(p -> out.add(onHost(p, service.get(), withPorts)));
    return out;
  }

  /** A pod on the host's network is a backend by its node's address, which is all that is seen. */
  private static Backends onHost(PodLike pod, Document service, boolean withPorts) {
    TrafficSet traffic = withPorts ? TrafficSet.NONE : TrafficSet.ALL;
    for (Field port : service.at("spec", "ports").items()) {
      Protocol protocol = protocol(port);
      Field target = target(port);
      List<Integer> numbers =
          target
              .integer()
              .map(List::of)
              .orElseGet(() ->
                  pod.ports().stream()
                      .filter(d -> d.name().equals(target.text("")))
                      .filter(d -> d.protocol().equals(protocol.name()))
                      .map(PodLike.Declared::number)
                      .toList());
      for (int number : numbers) {
        traffic = traffic.or(TrafficSet.of(protocol, number, number));
      }
    }
    return new Backends(
        new PeerSpec.InRange(pod.addresses(), Kind.INSIDE),
        List.of(new TrafficSpec.Numeric(traffic)),
        List.of());
  }

  private static Field target(Field port) {
    return port.get("targetPort").present() ? port.get("targetPort") : port.get("port");
  }

  private static Backends selected(
      Document service, Map<String, String> labels, boolean withPorts) {
    PeerSpec who = new PeerSpec.Selected(Selector.pods(service.id().namespace(), labels));
    if (!withPorts) {
      return new Backends(who, List.of(TrafficSpec.ALL), List.of());
    }
    List<TrafficSpec> traffic = new ArrayList<>();
    for (Field port : service.at("spec", "ports").items()) {
      Protocol protocol = protocol(port);
      Field target = target(port);
      traffic.add(
          target
              .integer()
              .<TrafficSpec>map(n -> new TrafficSpec.Numeric(TrafficSet.of(protocol, n, n)))
              .orElseGet(() -> named(protocol, target.text(""))));
    }
    return new Backends(who, traffic, List.of());
  }

  private static TrafficSpec named(Protocol protocol, String name) {
    return new TrafficSpec.Named(
        List.of(new PortName(protocol, name)),
        Resolution.ON_THE_DESTINATION,
        Selector.pods(),
        false,
        TrafficSet.NONE);
  }

  private static Protocol protocol(Field port) {
    return Protocol.valueOf(port.get("protocol").text("TCP"));
  }

  /** A Service without a selector has what its EndpointSlices say. */
  private List<Backends> slices(Document service, boolean withPorts) {
    List<Backends> out = new ArrayList<>();
    for (Document slice : snapshot.ofKind("EndpointSlice")) {
      Field of = slice.at("metadata", "labels", "kubernetes.io/service-name");
      if (slice.id().namespace().equals(service.id().namespace())
          && of.text("").equals(service.id().name())) {
        out.add(backends(slice, withPorts));
      }
    }
    if (out.isEmpty()) {
      Doubt which =
          new Doubt.KnownAtRuntime(
              "the endpoints of " + service.id().text() + ", which has no selector",
              service.origin());
      out.add(new Backends(PeerSpec.ANYONE, List.of(TrafficSpec.ALL), List.of(which)));
    }
    return out;
  }

  private static Backends backends(Document slice, boolean withPorts) {
    List<IpSet> addresses = new ArrayList<>();
    slice
        .at("endpoints")
        .items()
        .forEach(e -> addresses.add(LabelledAddresses.addresses(e.get("addresses"))));
    TrafficSet traffic = withPorts ? TrafficSet.NONE : TrafficSet.ALL;
    for (Field port : slice.at("ports").items()) {
      int number = port.get("port").integer().orElse(0);
      if (number > 0) {
        traffic = traffic.or(TrafficSet.of(protocol(port), number, number));
      }
    }
    return new Backends(
        new PeerSpec.InRange(IpSet.union(addresses), Kind.INSIDE),
        List.of(new TrafficSpec.Numeric(traffic)),
        List.of());
  }
}
