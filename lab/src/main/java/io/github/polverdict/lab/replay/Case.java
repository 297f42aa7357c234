package io.github.polverdict.lab.replay;

import io.github.polverdict.snapshot.Document;
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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A scenario with its cluster.
 *
 * @param name the file's path below the folder of scenarios
 */
record Case(String name, Scenario scenario, Snapshot snapshot) {
  private static final Set<String> RECREATED =
      Set.of(
          "Namespace",
          "Node",
          "Pod",
          "Service",
          "ServiceAccount",
          "Deployment",
          "StatefulSet",
          "DaemonSet",
          "ReplicaSet");

  /** The addresses of a lab's nodes, by their names. */
  static final Map<String, String> NODES = Map.of("n1", "10.0.0.1", "n2", "10.0.0.2");

  static Case of(String name, Scenario scenario) {
    byte[] bytes = scenario.yaml().getBytes(StandardCharsets.UTF_8);
    try {
      return new Case(
          name, scenario, FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read());
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
    if (snapshot.documents().stream().anyMatch(d -> d.id().namespace().equals("kube-system"))) {
      return Optional.of("it says what runs in kube-system");
    }
    return snapshot.ofKind("Node").stream()
        .filter(n -> !address(n).equals(NODES.get(n.id().name())))
        .map(n -> "a lab has no node %s with %s".formatted(n.id().name(), address(n)))
        .findFirst()
        .or(() ->
            snapshot.ofKind("Pod").stream()
                .flatMap(p -> p.at("status", "podIPs").items().stream())
                .map(ip -> ip.get("ip").text(""))
                .filter(ip -> ip.contains(":"))
                .map(ip -> "a lab is IPv4 only")
                .findFirst())
        .or(() ->
            snapshot.ofKind("Pod").stream()
                .filter(p -> !p.at("status", "phase").text("Running").equals("Running"))
                .map(p -> "a lab can't hold a pod in phase " + p.at("status", "phase").text(""))
                .findFirst());
  }

  private static String address(Document node) {
    return node.at("status", "addresses").items().stream()
        .map(a -> a.get("address").text(""))
        .collect(Collectors.joining(","));
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

  /** What two scenarios of one cluster must not both have: each may be in one only. */
  Set<String> claims() {
    Set<String> out = new TreeSet<>();
    snapshot
        .ofKind("Service")
        .forEach(s ->
            s.at("spec", "ports")
                .items()
                .forEach(p -> p.get("nodePort").text().ifPresent(n -> out.add("node port " + n))));
    snapshot.ofKind("Pod").stream()
        .filter(p -> p.at("spec", "hostNetwork").bool().orElse(false))
        .forEach(p -> out.add("pods on the node's network"));
    return out;
  }

  /** Whether its policies reach beyond its own namespaces. */
  boolean isClusterWide(Set<String> policies) {
    return snapshot.ofKinds(policies).stream().anyMatch(d -> d.id().namespace().isEmpty());
  }

  /** The numbers that its pods give to port names. */
  Map<String, Set<String>> portNames() {
    return snapshot.ofKind("Pod").stream()
        .flatMap(p ->
            java.util.stream.Stream.of("containers", "initContainers")
                .flatMap(c -> p.at("spec", c).items().stream()))
        .flatMap(c -> c.get("ports").items().stream())
        .filter(p -> p.get("name").present())
        .collect(
            Collectors.groupingBy(
                p -> p.get("name").text(""),
                Collectors.mapping(
                    p -> p.get("containerPort").text("") + p.get("protocol").text("TCP"),
                    Collectors.toSet())));
  }

  int pods() {
    return snapshot.ofKind("Pod").size() + snapshot.ofKind("Deployment").size();
  }
}
