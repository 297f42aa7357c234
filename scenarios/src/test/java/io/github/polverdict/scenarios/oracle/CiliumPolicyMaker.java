package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes CiliumNetworkPolicies and CiliumClusterwideNetworkPolicies that the API server takes. No
 * rules for requests and no names: what these do is only known at run time.
 */
final class CiliumPolicyMaker {
  private static final String NS_LABELS = "io.cilium.k8s.namespace.labels.";
  private static final List<List<String>> KEYS =
      List.of(
          List.of("app", "a", "b", "c"),
          List.of("app", "a", "b", "c"),
          List.of("k8s:app", "a", "b"),
          List.of("any:role", "x", "y"),
          List.of("role", "x", "y"),
          List.of("k8s.role", "x", "y"),
          List.of("pod-template-hash", "1"),
          List.of("k8s:io.kubernetes.pod.namespace", "red", "blue"),
          List.of("io.kubernetes.pod.namespace", "red", "blue"));
  private static final List<List<String>> PEER_KEYS =
      List.of(
          List.of("app", "a", "b", "c"),
          List.of("app", "a", "b", "c"),
          List.of("k8s:app", "a", "b"),
          List.of("any:role", "x", "y"),
          List.of("k8s:io.kubernetes.pod.namespace", "red", "blue", "green"),
          List.of("io.kubernetes.pod.namespace", "red", "blue", "green"),
          List.of("k8s:" + NS_LABELS + "team", "x", "y"),
          List.of(NS_LABELS + "kubernetes.io/metadata.name", "red", "blue"),
          List.of("io.cilium.k8s.policy.serviceaccount", "default", "robot"),
          List.of("k8s:io.cilium.k8s.policy.cluster", "default", "west"),
          List.of("reserved:host", ""),
          List.of("reserved:remote-node", ""),
          List.of("reserved:world", ""));
  private static final List<String> ENTITIES =
      List.of(
          "all",
          "world",
          "cluster",
          "host",
          "remote-node",
          "kube-apiserver",
          "init",
          "none",
          "cluster-mesh",
          "health");

  private final Choices choices;

  CiliumPolicyMaker(Choices choices) {
    this.choices = choices;
  }

  /** A policy of a namespace, or of the cluster. */
  Map<String, Object> make(String name, boolean clusterwide) {
    Map<String, Object> metadata = map("name", name);
    if (!clusterwide) {
      metadata.put("namespace", choices.of(Pool.NAMESPACES));
    }
    String kind = clusterwide ? "CiliumClusterwideNetworkPolicy" : "CiliumNetworkPolicy";
    Map<String, Object> out = object("cilium.io/v2", kind, metadata);
    if (choices.oneIn(8)) {
      out.put("specs", choices.some(1, 2, () -> rule(clusterwide)));
    } else {
      out.put("spec", rule(clusterwide));
    }
    return out;
  }

  private Map<String, Object> rule(boolean clusterwide) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("endpointSelector", Pool.selector(choices, clusterwide ? PEER_KEYS : KEYS));
    if (choices.oneIn(4)) {
      out.put("enableDefaultDeny", map(choices.of("ingress", "egress"), choices.oneIn(3)));
    }
    boolean inward = choices.oneIn(2);
    section(out, inward ? "ingress" : "egress", inward ? "from" : "to", 1);
    if (choices.oneIn(3)) {
      section(out, inward ? "egress" : "ingress", inward ? "to" : "from", 3);
    }
    return out;
  }

  private void section(Map<String, Object> rule, String name, String who, int seldom) {
    boolean denies = choices.oneIn(2);
    if (denies) {
      rule.put(name + "Deny", choices.some(choices.oneIn(8) ? 0 : 1, 2, () -> entry(who)));
    }
    if (!denies || choices.oneIn(1 + seldom)) {
      rule.put(name, choices.some(choices.oneIn(8) ? 0 : 1, 2, () -> entry(who)));
    }
  }

  private Map<String, Object> entry(String who) {
    Map<String, Object> out = new LinkedHashMap<>();
    switch (choices.below(9)) {
      case 0 -> {} // nobody is named
      case 1, 2, 3 ->
          out.put(
              who + "Endpoints",
              choices.some(choices.oneIn(8) ? 0 : 1, 2, () -> Pool.selector(choices, PEER_KEYS)));
      case 4, 5 ->
          out.put(
              who + "Entities",
              choices.some(choices.oneIn(12) ? 0 : 1, 2, () -> choices.of(ENTITIES)));
      case 6 ->
          out.put(
              who + "CIDR",
              choices.some(choices.oneIn(12) ? 0 : 1, 2, () -> choices.of(Pool.RANGES)));
      default -> out.put(who + "CIDRSet", choices.some(1, 2, this::range));
    }
    if (choices.oneIn(2)) {
      out.put("toPorts", choices.some(choices.oneIn(12) ? 0 : 1, 2, this::ports));
    } else if (choices.oneIn(5)) {
      out.put("icmps", choices.some(1, 1, () -> map("fields", choices.some(1, 2, this::message))));
    }
    return out;
  }

  private Map<String, Object> range() {
    Map<String, Object> out =
        switch (choices.below(4)) {
          case 0 -> map("cidrGroupRef", choices.of("partners", "offices", "nobody"));
          case 1 ->
              map(
                  "cidrGroupSelector",
                  Pool.selector(choices, List.of(List.of("kind", "near", "far"))));
          default -> map("cidr", choices.of(Pool.RANGES));
        };
    if (choices.oneIn(2)) {
      String cidr = String.valueOf(out.getOrDefault("cidr", "0.0.0.0/0"));
      List<String> inside = Ranges.strictlyInside(cidr);
      if (!inside.isEmpty()) {
        out.put(
            "except", choices.some(1, 2, () -> choices.of(inside)).stream().distinct().toList());
      }
    }
    return out;
  }

  private Map<String, Object> ports() {
    return choices.oneIn(12) ? map() : map("ports", choices.some(1, 2, this::port));
  }

  private Map<String, Object> port() {
    Map<String, Object> out = new LinkedHashMap<>();
    switch (choices.below(6)) {
      case 0 -> out.put("port", "0");
      case 1 -> out.put("port", choices.of(Pool.PORT_NAMES));
      case 2 -> {
        out.put("port", "8080");
        out.put("endPort", choices.of(8090, 8080));
      }
      default -> out.put("port", String.valueOf(choices.of(Pool.PORTS)));
    }
    if (!choices.oneIn(4)) {
      out.put("protocol", choices.of("TCP", "TCP", "UDP", "SCTP", "ANY"));
    }
    return out;
  }

  private Map<String, Object> message() {
    Map<String, Object> out =
        map("type", choices.of(8, 13, "EchoRequest", "EchoReply", "Timestamp"));
    if (choices.oneIn(2)) {
      out.put("family", choices.of("IPv4", "IPv6"));
    }
    if (out.containsKey("family") && out.get("family").equals("IPv6")) {
      out.put("type", "EchoRequest"); // names differ by family
    }
    return out;
  }
}
