package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import io.github.polverdict.scenarios.oracle.World.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes nodes, namespaces, pods and flows. */
final class Clusters {
  private final Choices choices;
  private final List<Map<String, Object>> objects = new ArrayList<>();
  private final List<String> nodes = new ArrayList<>();
  private final List<String> pods = new ArrayList<>();

  private Clusters(Choices choices) {
    this.choices = choices;
  }

  /**
   * A world with flows between its pods, nodes and the outside.
   *
   * @param others objects, policies last
   */
  static World with(
      Choices choices,
      Map<String, String> settings,
      Function<Choices, List<Map<String, Object>>> others) {
    Clusters clusters = new Clusters(choices);
    clusters.nodes();
    clusters.namespaces();
    clusters.pods();
    clusters.objects.addAll(others.apply(choices));
    return new World(settings, clusters.objects, clusters.flows());
  }

  private void nodes() {
    int count = 1 + choices.below(3);
    for (int i = 1; i <= count; i++) {
      nodes.add("n" + i);
      Map<String, Object> node =
          object(
              "v1", "Node", map("name", "n" + i, "labels", map("disk", choices.of("ssd", "hdd"))));
      node.put("spec", map("podCIDR", "10.244." + i + ".0/24"));
      node.put(
          "status", map("addresses", List.of(map("type", "InternalIP", "address", "10.0.0." + i))));
      objects.add(node);
    }
    Map<String, Object> slice =
        object(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            map(
                "namespace", "default",
                "name", "kubernetes",
                "labels", map("kubernetes.io/service-name", "kubernetes")));
    slice.put("addressType", "IPv4");
    slice.put(
        "endpoints", List.of(map("addresses", List.of(choices.of("10.0.0.1", "198.51.100.200")))));
    slice.put("ports", List.of(map("name", "https", "port", 6443, "protocol", "TCP")));
    objects.add(slice);
  }

  private void namespaces() {
    for (String name : Pool.NAMESPACES) {
      Map<String, Object> labels = map("kubernetes.io/metadata.name", name);
      if (!choices.oneIn(3)) {
        labels.put("team", choices.of("x", "y"));
      }
      objects.add(object("v1", "Namespace", map("name", name, "labels", labels)));
    }
  }

  private void pods() {
    int count = 4 + choices.below(4);
    for (int i = 1; i <= count; i++) {
      String namespace = choices.of(Pool.NAMESPACES);
      int node = choices.below(nodes.size()) + 1;
      boolean ofHost = i == count && choices.oneIn(2);
      String address = ofHost ? "10.0.0." + node : "10.244." + node + "." + (10 + i);
      Map<String, Object> pod =
          object(
              "v1",
              "Pod",
              map("namespace", namespace, "name", "p" + i, "labels", Pool.labels(choices)));
      Map<String, Object> spec =
          map("nodeName", "n" + node, "serviceAccountName", choices.of(Pool.ACCOUNTS));
      if (ofHost) {
        spec.put("hostNetwork", true);
      }
      spec.put("containers", List.of(map("name", "main", "image", "main", "ports", ports())));
      pod.put("spec", spec);
      pod.put(
          "status",
          map("phase", "Running", "podIP", address, "podIPs", List.of(map("ip", address))));
      objects.add(pod);
      pods.add(namespace + "/p" + i);
    }
  }

  private List<Map<String, Object>> ports() {
    List<Map<String, Object>> out = new ArrayList<>();
    if (choices.oneIn(2)) {
      out.add(map("name", "http", "containerPort", choices.of(80, 8080), "protocol", "TCP"));
    }
    if (choices.oneIn(3)) {
      out.add(map("name", "dns", "containerPort", 53, "protocol", choices.of("UDP", "TCP")));
    }
    if (choices.oneIn(3)) {
      out.add(map("name", "web", "containerPort", choices.of(443, 8085)));
    }
    return out;
  }

  private List<Flow> flows() {
    List<String> others = new ArrayList<>(pods);
    nodes.forEach(n -> others.add("node/" + n));
    others.addAll(Pool.OUTSIDE);
    List<Flow> out = new ArrayList<>();
    while (out.size() < Comparison.FLOWS) {
      String pod = choices.of(pods);
      String other = choices.of(others);
      if (pod.equals(other)) {
        continue; // it does not leave the pod
      }
      boolean out1 = choices.oneIn(2);
      String protocol = choices.of("TCP", "TCP", "TCP", "UDP", "SCTP", "ICMP");
      int port = protocol.equals("ICMP") ? choices.of(8, 13) : choices.of(Pool.PORTS);
      out.add(new Flow(out1 ? pod : other, out1 ? other : pod, protocol, port));
    }
    return out;
  }
}
