package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.recreate.Proxied;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.testkit.Scenario;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A scenario with its cluster.
 *
 * @param name the file's path below the folder of scenarios
 * @param nodePorts by a node port of the scenario, the one in its place, which no other case has
 */
record Case(String name, Scenario scenario, Snapshot snapshot, Map<String, String> nodePorts) {
  /** What is made again, or, like the API server's own endpoints, is the lab's own. */
  private static final Set<String> RECREATED =
      Set.of(
          "Namespace",
          "Node",
          "Pod",
          "Service",
          "Endpoints",
          "EndpointSlice",
          "ServiceAccount",
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ReplicaSet");

  private static final Set<String> HELD = Set.of("Running", "Succeeded", "Failed");
  private static final Pattern PORT_NAME =
      Pattern.compile("(?<![A-Za-z])port: *[\"']?([a-z][a-z0-9-]*)");
  private static final Pattern LEADING_ZERO = Pattern.compile("cidr: *\"?([0-9]+\\.)*0[0-9]");

  /** The addresses of a lab's nodes, by their names. */
  static final Map<String, String> NODES =
      new TreeMap<>(Map.of("n1", "10.0.0.1", "n2", "10.0.0.2"));

  static Case of(String name, Scenario scenario, NodePorts free) {
    Map<String, String> ports = free.inPlaceOf(scenario.yaml());
    byte[] bytes = NodePorts.replaced(scenario.yaml(), ports).getBytes(StandardCharsets.UTF_8);
    try {
      return new Case(
          name,
          scenario,
          FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read(),
          ports);
    } catch (UnreadableSource e) {
      throw new IllegalArgumentException(scenario.file() + ": " + e.sentence());
    }
  }

  /**
   * Why a lab can't be this cluster; empty when it can.
   *
   * @param served the types of objects that the lab's server takes
   */
  Optional<String> unfit(Set<String> served) {
    Set<String> foreign = new TreeSet<>();
    for (Document document : snapshot.documents()) {
      String type = document.id().type();
      if (!RECREATED.contains(type) && !served.contains(type)) {
        foreign.add(type);
      }
    }
    if (!foreign.isEmpty()) {
      return Optional.of("a lab does not have " + String.join(", ", foreign));
    }
    if (snapshot.ofKinds(served).stream().anyMatch(Proxied::is)) {
      return Optional.of("a lab has no proxy, and agents wait for one");
    }
    List<Document> nodes = snapshot.ofKind("Node");
    if (nodes.size() > NODES.size()) {
      return Optional.of("a lab has " + NODES.size() + " nodes, not " + nodes.size());
    }
    return nodes.stream()
        .filter(n -> address(n.id().name()).isEmpty())
        .map(n -> "a lab is IPv4 only, and node " + n.id().name() + " is not")
        .findFirst()
        .or(() ->
            snapshot.ofKind("Pod").stream()
                .map(Case::phase)
                .filter(phase -> !HELD.contains(phase))
                .map(phase -> "a lab can't hold a pod in phase " + phase)
                .findFirst());
  }

  private static String phase(Document pod) {
    return pod.at("status", "phase").text("Running");
  }

  /** The scenario's nodes, each with the lab's node in its place: the one of its name, if any. */
  Map<String, String> nodes() {
    Map<String, String> out = new TreeMap<>();
    Set<String> free = new TreeSet<>(NODES.keySet());
    List<String> names = snapshot.ofKind("Node").stream().map(n -> n.id().name()).toList();
    names.stream().filter(free::remove).forEach(n -> out.put(n, n));
    for (String name : names) {
      if (!out.containsKey(name) && !free.isEmpty()) {
        String here = free.iterator().next();
        free.remove(here);
        out.put(name, here);
      }
    }
    free.stream().filter(n -> names.isEmpty()).forEach(n -> out.put(n, n));
    return out;
  }

  /** The IPv4 address of one of its nodes. */
  Optional<String> address(String node) {
    return snapshot.ofKind("Node").stream()
        .filter(n -> n.id().name().equals(node))
        .flatMap(n -> n.at("status", "addresses").items().stream())
        .flatMap(a -> Stream.of(a.get("address").text("").split(",")))
        .filter(Way::isAddress)
        .findFirst();
  }

  /** The IPv4 address of a pod. */
  static Optional<String> ipv4(Document pod) {
    return Stream.concat(
            Stream.of(pod.at("status", "podIP").text("")),
            pod.at("status", "podIPs").items().stream().map(ip -> ip.get("ip").text("")))
        .filter(Way::isAddress)
        .findFirst();
  }

  /** Whether a pod, as {@code namespace/name}, runs and has IPv4; true for what is no pod. */
  boolean runsIpv4(String id) {
    return snapshot.ofKind("Pod").stream()
        .filter(p -> (p.id().namespace() + "/" + p.id().name()).equals(id))
        .allMatch(p ->
            phase(p).equals("Running")
                && (ipv4(p).isPresent() || !p.at("status", "podIP").present()));
  }

  /** Whether an address is one of its pods', nodes' or Services'. */
  boolean knows(String address) {
    return Stream.of(
            snapshot.ofKind("Pod").stream().flatMap(p -> ipv4(p).stream()),
            snapshot.ofKind("Node").stream().flatMap(n -> address(n.id().name()).stream()),
            snapshot.ofKind("Service").stream().flatMap(Case::ofService),
            NODES.values().stream())
        .flatMap(all -> all)
        .anyMatch(address::equals);
  }

  private static Stream<String> ofService(Document service) {
    return Stream.concat(
        Stream.of(service.at("spec", "clusterIP").text("")),
        service.at("status", "loadBalancer", "ingress").items().stream()
            .map(i -> i.get("ip").text("")));
  }

  /** Its flows, as far as they can be played. */
  Stream<Way> ways() {
    return scenario.rows().stream().flatMap(r -> Way.of(r.from(), r.to()).stream());
  }

  /** The port that a flow calls in the lab. */
  int port(Way flow) {
    String port = String.valueOf(flow.port());
    return Integer.parseInt(nodePorts.getOrDefault(port, port));
  }

  /** The namespaces that are said or meant. */
  Set<String> namespaces() {
    Set<String> out = new TreeSet<>();
    snapshot
        .documents()
        .forEach(d -> {
          if (d.id().kind().equals("Namespace")) {
            out.add(d.id().name());
          } else if (!d.id().namespace().isEmpty()) {
            out.add(d.id().namespace());
          }
        });
    return out;
  }

  /** The ports that its pods declare on their nodes' network: a node has each but once. */
  Set<String> hostPorts() {
    return snapshot.ofKind("Pod").stream()
        .filter(p -> p.at("spec", "hostNetwork").bool().orElse(false))
        .flatMap(Case::ports)
        .map(Case::number)
        .collect(Collectors.toSet());
  }

  /** Whether others may notice its policies: one is for the whole cluster. */
  boolean isWide(Set<String> policies) {
    return snapshot.ofKinds(policies).stream().anyMatch(d -> d.id().namespace().isEmpty());
  }

  /** Whether an agent may end of its policies. */
  boolean isDeadly(Set<String> policies) {
    return LEADING_ZERO.matcher(scenario.yaml()).find() && !snapshot.ofKinds(policies).isEmpty();
  }

  /** The port names that its policies speak of: an engine may look for them in all namespaces. */
  Set<String> namesInPolicies(Set<String> policies) {
    return snapshot.ofKinds(policies).isEmpty()
        ? Set.of()
        : PORT_NAME
            .matcher(scenario.yaml())
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toSet());
  }

  /** The numbers that its pods give to port names. */
  Map<String, Set<String>> portNames() {
    return snapshot.ofKind("Pod").stream()
        .flatMap(Case::ports)
        .filter(p -> p.get("name").present())
        .collect(
            Collectors.groupingBy(
                p -> p.get("name").text(""), Collectors.mapping(Case::number, Collectors.toSet())));
  }

  private static Stream<Field> ports(Document pod) {
    return Stream.of("containers", "initContainers")
        .flatMap(c -> pod.at("spec", c).items().stream())
        .flatMap(c -> c.get("ports").items().stream());
  }

  private static String number(Field port) {
    return port.get("containerPort").text("") + port.get("protocol").text("TCP");
  }

  int pods() {
    return snapshot.ofKind("Pod").size() + snapshot.ofKind("Deployment").size();
  }
}
