package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Service.Backend;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the ports of Services lead: to what their EndpointSlices say, else their Endpoints, else
 * the pods that they select.
 */
final class Backends {
  private static final String OF_SERVICE = "kubernetes.io/service-name";

  private final Ground ground;
  private final Addressed addressed;
  private final Map<String, Endpoint> pods = new LinkedHashMap<>();
  private final Map<String, List<Endpoint>> podsOf = new HashMap<>();
  private final Map<String, Document> podDocuments = new HashMap<>();
  private final Map<String, List<Document>> slices = new HashMap<>();
  private final Set<IpAddress> outside = new LinkedHashSet<>();

  Backends(Ground ground, List<Endpoint> endpoints) {
    this.ground = ground;
    this.addressed = new Addressed(endpoints);
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.namespace().isEmpty()) {
        pods.put(endpoint.id(), endpoint);
        podsOf.computeIfAbsent(endpoint.namespace(), _ -> new ArrayList<>()).add(endpoint);
      }
    }
    ground
        .snapshot
        .ofKind("Pod")
        .forEach(d -> podDocuments.put(Namespaces.of(d) + "/" + d.id().name(), d));
    for (Document slice : ground.snapshot.ofKind("EndpointSlice")) {
      String service =
          Namespaces.of(slice) + "/" + slice.at("metadata", "labels", OF_SERVICE).text("");
      slices.computeIfAbsent(service, _ -> new ArrayList<>()).add(slice);
    }
  }

  /** Addresses of backends that no endpoint has, in the order they were found. */
  Set<IpAddress> outside() {
    return outside;
  }

  /** The backends of one port of a Service, without repetition. */
  List<Backend> of(Document service, Field port) {
    List<Document> own =
        slices.getOrDefault(Namespaces.of(service) + "/" + service.id().name(), List.of());
    Set<Backend> out = new LinkedHashSet<>();
    if (!own.isEmpty()) {
      fromSlices(own, port, out);
      return List.copyOf(out);
    }
    Optional<Document> endpoints =
        ground.snapshot.find("Endpoints", service.id().namespace(), service.id().name());
    if (endpoints.isPresent()) {
      fromEndpoints(endpoints.get(), port, out);
    } else {
      selected(service)
          .forEach(pod -> targetPort(port, pod).ifPresent(n -> out.add(new Backend(pod.id(), n))));
    }
    return List.copyOf(out);
  }

  private void fromSlices(List<Document> own, Field port, Set<Backend> out) {
    boolean anyReady =
        own.stream().flatMap(s -> s.at("endpoints").items().stream()).anyMatch(Backends::ready);
    for (Document slice : own) {
      Optional<Integer> number = sameName(slice.at("ports"), port);
      if (number.isEmpty() || slice.at("addressType").text("").equals("FQDN")) {
        continue;
      }
      for (Field endpoint : slice.at("endpoints").items()) {
        // kube-proxy falls back to terminating endpoints that still serve (KEP-1669)
        boolean used =
            anyReady
                ? ready(endpoint)
                : endpoint.get("conditions").get("serving").bool().orElse(false);
        if (used) {
          backends(endpoint.get("addresses").items(), endpoint.get("targetRef"), number.get(), out);
        }
      }
    }
  }

  private static boolean ready(Field endpoint) {
    return endpoint.get("conditions").get("ready").bool().orElse(true);
  }

  private void fromEndpoints(Document endpoints, Field port, Set<Backend> out) {
    for (Field subset : endpoints.at("subsets").items()) {
      Optional<Integer> number = sameName(subset.get("ports"), port);
      if (number.isPresent()) {
        for (Field address : subset.get("addresses").items()) {
          backends(List.of(address.get("ip")), address.get("targetRef"), number.get(), out);
        }
      }
    }
  }

  private static Optional<Integer> sameName(Field ports, Field port) {
    return ports.items().stream()
        .filter(p -> p.get("name").text("").equals(port.get("name").text("")))
        .findFirst()
        .flatMap(p -> p.get("port").integer());
  }

  private void backends(List<Field> addresses, Field target, int number, Set<Backend> out) {
    String pod = target.get("namespace").text("") + "/" + target.get("name").text("");
    if (target.get("kind").text("").equals("Pod") && pods.containsKey(pod)) {
      out.add(new Backend(pod, number));
      return;
    }
    for (Field field : addresses) {
      for (IpSet.Range range : ground.address(field).map(IpSet::ranges).orElse(List.of())) {
        IpAddress address = range.first();
        Optional<Endpoint> known = addressed.at(address);
        if (known.isEmpty()) {
          outside.add(address);
        }
        out.add(new Backend(known.map(Endpoint::id).orElseGet(() -> Externals.id(range)), number));
      }
    }
  }

  /** The pods that the Service selects and that are ready; none when it selects by nothing. */
  List<Endpoint> selected(Document service) {
    Map<String, String> selector = service.at("spec", "selector").strings();
    boolean unready = service.at("spec", "publishNotReadyAddresses").bool().orElse(false);
    return podsOf.getOrDefault(Namespaces.of(service), List.of()).stream()
        .filter(_ -> !selector.isEmpty())
        .filter(e -> e.facts().labels().known().entrySet().containsAll(selector.entrySet()))
        .filter(e -> unready || readyPod(e))
        .toList();
  }

  private boolean readyPod(Endpoint endpoint) {
    Document pod = podDocuments.get(endpoint.id());
    return pod == null
        || pod.at("status", "conditions").items().stream()
            .noneMatch(c ->
                c.get("type").text("").equals("Ready") && c.get("status").text("").equals("False"));
  }

  /** The number on the pod that a port of a Service leads to; empty when the pod lacks the name. */
  static Optional<Integer> targetPort(Field port, Endpoint pod) {
    Field target = port.get("targetPort");
    Optional<String> name = target.string().filter(t -> !t.matches("[0-9]+"));
    if (name.isEmpty()) {
      Optional<Integer> number = target.integer().filter(n -> n != 0);
      return number.or(() -> port.get("port").integer());
    }
    return pod.ports().stream()
        .filter(p -> p.name().equals(name.get()))
        .filter(
            p -> PodSpecs.protocol(port.get("protocol")).filter(p.protocol()::equals).isPresent())
        .map(NamedPort::number)
        .findFirst();
  }

  /** Why the backends may be others than these. */
  Optional<Doubt> unsure(Document service) {
    String namespace = Namespaces.of(service);
    List<Document> own = slices.getOrDefault(namespace + "/" + service.id().name(), List.of());
    boolean selects = !service.at("spec", "selector").strings().isEmpty();
    String what = "the backends of Service " + namespace + "/" + service.id().name();
    for (Gap gap : ground.snapshot.gaps()) {
      boolean slice = gap.mayHold("EndpointSlice") && (!own.isEmpty() || !selects);
      boolean pod = gap.mayHold("Pod") && own.isEmpty() && selects && hidden(gap, namespace);
      if (gap.mayTouch(namespace) && (slice || pod)) {
        return Optional.of(new Doubt.NotReadable(what, Namespaces.why(gap), gap.origin()));
      }
    }
    boolean named = own.stream().anyMatch(s -> s.at("addressType").text("").equals("FQDN"));
    if (named) {
      return Optional.of(
          new Doubt.KnownAtRuntime(what + " are given by name", own.getFirst().origin()));
    }
    return localOnly(service, what);
  }

  private static boolean hidden(Gap gap, String namespace) {
    return !gap.kinds().isEmpty() || gap.namespace().equals(namespace);
  }

  private static Optional<Doubt> localOnly(Document service, String what) {
    Field policy = service.at("spec", "internalTrafficPolicy");
    return policy.text("").equals("Local")
        ? Optional.of(
            new Doubt.KnownAtRuntime(what + " that run on the client's node", policy.origin()))
        : Optional.empty();
  }
}
