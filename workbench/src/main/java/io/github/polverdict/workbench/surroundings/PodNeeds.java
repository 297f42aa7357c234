package io.github.polverdict.workbench.surroundings;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.dialects.api.NameCache;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.universe.PodDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Calls that pods depend on: names, the API server, probes, metrics. */
final class PodNeeds {
  private static final int DNS = 53;
  private static final List<String> PROBES =
      List.of("startupProbe", "readinessProbe", "livenessProbe");

  private final Snapshot snapshot;
  private final Universe universe;
  private final List<PodDocument> pods;

  PodNeeds(Snapshot snapshot, Universe universe, List<PodDocument> pods) {
    this.snapshot = snapshot;
    this.universe = universe;
    this.pods = pods.stream().filter(p -> p.endpoint().kind() == Kind.POD).toList();
  }

  List<Need> all() {
    List<Need> out = new ArrayList<>();
    names(out);
    apiServer(out);
    pods.forEach(p -> probes(p, out));
    scrapes(out);
    return out;
  }

  private void names(List<Need> out) {
    List<String> callers = new ArrayList<>();
    for (PodDocument pod : pods) {
      String policy = pod.spec().get("dnsPolicy").text("ClusterFirst");
      List<Field> servers = pod.spec().get("dnsConfig").get("nameservers").items();
      if (policy.startsWith("ClusterFirst") && servers.isEmpty()) {
        callers.add(pod.endpoint().id());
      } else if (policy.equals("None") && servers.size() == 1) {
        servers.getFirst().text().flatMap(IpAddress::parse).ifPresent(a -> asks(pod, a, out));
      }
    }
    for (Service service : universe.services()) {
      if (isDns(service)) {
        for (Service.Port port : service.ports()) {
          if (port.number() == DNS) {
            Set<String> servers = new TreeSet<>();
            port.backends().forEach(b -> servers.add(b.endpoint()));
            List<String> others = callers.stream().filter(c -> !servers.contains(c)).toList();
            Called called = new Called.ServicePort(service.id(), port.protocol(), DNS);
            out.add(
                new Need(Need.Kind.NAMES, service.id(), others, true, called, service.origin()));
          }
        }
      }
    }
    NameCache.all(snapshot).forEach(c -> onNode(c, callers, out));
  }

  private static void onNode(NameCache cache, List<String> callers, List<Need> out) {
    Origin origin = cache.daemonSet().origin();
    String what = "the DNS cache on the node";
    if (cache.addresses().isEmpty()) {
      Called untold = new Called.Untold(what + ", of which the input shows no -localip");
      out.add(new Need(Need.Kind.NAMES_ON_NODE, what, callers, true, untold, origin));
    }
    for (IpAddress address : cache.addresses()) {
      Called called = new Called.AddressPort(address, Protocol.UDP, DNS);
      String which = what + " (" + address + ")";
      out.add(new Need(Need.Kind.NAMES_ON_NODE, which, callers, true, called, origin));
    }
  }

  private static boolean isDns(Service service) {
    return Known.rows("dns").stream()
        .anyMatch(row ->
            row.get("namespace").text("").equals(service.namespace())
                && Known.words(row.get("names")).contains(service.name()));
  }

  private void asks(PodDocument pod, IpAddress server, List<Need> out) {
    Optional<Service> service =
        universe.services().stream().filter(s -> s.addresses().contains(server)).findFirst();
    Called called =
        service
            .<Called>map(s -> new Called.ServicePort(s.id(), Protocol.UDP, DNS))
            .orElseGet(() -> new Called.AddressPort(server, Protocol.UDP, DNS));
    String what = "its resolver " + server;
    List<String> caller = List.of(pod.endpoint().id());
    out.add(
        new Need(
            Need.Kind.NAMES, what, caller, true, called, pod.spec().get("dnsConfig").origin()));
  }

  /** Pods whose own account has rights at the API server, by their first binding. */
  private void apiServer(List<Need> out) {
    Map<String, Document> bound = new TreeMap<>();
    for (Document binding : snapshot.ofKinds(Set.of("RoleBinding", "ClusterRoleBinding"))) {
      for (Field subject : binding.at("subjects").items()) {
        if (subject.get("kind").text("").equals("ServiceAccount")) {
          String namespace = subject.get("namespace").text(binding.id().namespace());
          bound.putIfAbsent(namespace + "/" + subject.get("name").text(""), binding);
        }
      }
    }
    Map<Document, List<String>> callers = new LinkedHashMap<>();
    for (PodDocument pod : pods) {
      String account = pod.endpoint().facts().serviceAccount();
      Document binding = bound.get(pod.endpoint().namespace() + "/" + account);
      boolean token = pod.spec().get("automountServiceAccountToken").bool().orElse(true);
      if (binding != null && token && !account.equals("default")) {
        callers.computeIfAbsent(binding, _ -> new ArrayList<>()).add(pod.endpoint().id());
      }
    }
    callers.forEach((binding, ids) ->
        out.add(
            new Need(
                Need.Kind.API_SERVER,
                binding.id().text(),
                ids,
                true,
                new Called.ServicePort("svc/default/kubernetes", Protocol.TCP, 443),
                binding.origin())));
  }

  private void probes(PodDocument pod, List<Need> out) {
    Optional<Endpoint> node = pod.endpoint().node().flatMap(universe::node);
    for (Field container : pod.containers()) {
      for (String probe : PROBES) {
        Optional<Integer> port = node.flatMap(_ -> port(container, container.get(probe)));
        if (port.isPresent()) {
          String what =
              "the %s of %s (TCP %d)"
                  .formatted(
                      probe.replace("Probe", " probe"), pod.endpoint().shownAs(), port.get());
          out.add(
              new Need(
                  Need.Kind.PROBE,
                  what,
                  List.of(node.get().id()),
                  true,
                  new Called.EndpointPort(pod.endpoint().id(), Protocol.TCP, port.get()),
                  container.get(probe).origin()));
        }
      }
    }
  }

  /** The port that the kubelet connects to; empty when it is another host's or there is none. */
  private static Optional<Integer> port(Field container, Field probe) {
    for (String how : List.of("httpGet", "tcpSocket", "grpc")) {
      Field call = probe.get(how);
      if (call.present() && call.get("host").text("").isEmpty()) {
        String name = call.get("port").text("");
        return call.get("port")
            .integer()
            .or(() ->
                container.get("ports").items().stream()
                    .filter(p -> p.get("name").text("").equals(name))
                    .flatMap(p -> p.get("containerPort").integer().stream())
                    .findFirst());
      }
    }
    return Optional.empty();
  }

  private void scrapes(List<Need> out) {
    List<String> collectors =
        pods.stream()
            .map(PodDocument::endpoint)
            .filter(PodNeeds::collects)
            .map(Endpoint::id)
            .toList();
    for (PodDocument pod : pods) {
      Field notes = pod.metadata().get("annotations");
      boolean wanted = notes.get(Known.word("annotations", "scrape")).text("").equals("true");
      Field port = notes.get(Known.word("annotations", "scrapePort"));
      Optional<Integer> number =
          port.text().filter(t -> t.matches("[0-9]{1,5}")).map(Integer::parseInt);
      if (wanted && number.isPresent() && !collectors.isEmpty()) {
        out.add(
            new Need(
                Need.Kind.SCRAPE,
                "the metrics of " + pod.endpoint().shownAs() + " (TCP " + number.get() + ")",
                collectors.stream().filter(c -> !c.equals(pod.endpoint().id())).toList(),
                false,
                new Called.EndpointPort(pod.endpoint().id(), Protocol.TCP, number.get()),
                port.origin()));
      }
    }
  }

  private static boolean collects(Endpoint pod) {
    Map<String, String> labels = pod.facts().labels().known();
    return Known.rows("collectors").stream()
        .anyMatch(row -> row.get("value").text("").equals(labels.get(row.get("label").text(""))));
  }
}
