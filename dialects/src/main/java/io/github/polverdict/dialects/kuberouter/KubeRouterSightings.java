package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds kube-router by its DaemonSet, and k3s by its kubelets' version. */
final class KubeRouterSightings {
  private static final List<String> ARGUMENTS =
      List.of(
          "run-firewall",
          "enable-ipv6",
          "service-node-port-range",
          "use-nftables-for-netpol",
          "netpol-default-deny");

  /** From this version on k3s has kube-router 2.11.1 and its default deny. */
  private static final String NEWEST = ">= 1.37.2";

  /**
   * The kube-router in k3s, as its go.mod says (k3s-io/k3s#14762; #13280 and its backports #13288
   * to #13290). Of 2.0 to 2.2, which it had before, the last; earlier ones are not known.
   */
  private static final Map<String, String> EMBEDDED =
      Map.of(
          NEWEST,
          "2.11.1",
          ">= 1.35, < 1.37.2",
          "2.6.3",
          ">= 1.34.3, < 1.35",
          "2.6.3",
          ">= 1.33.7, < 1.34",
          "2.6.3",
          ">= 1.32.11, < 1.33",
          "2.6.3",
          ">= 1.34, < 1.34.3",
          "2.2.1",
          ">= 1.33, < 1.33.7",
          "2.2.1",
          ">= 1.26.3, < 1.32.11",
          "2.2.1");

  /** In k3s' arguments as it notes them: its configuration file's values stand on their own. */
  private static final Pattern WITHOUT_POLICIES =
      Pattern.compile("--disable-network-policy(?!(?:=|\",\")false)");

  private KubeRouterSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "kube-router")
          .ifPresent(c -> out.addAll(Agents.placed(snapshot, set, List.of(sighting(set, c)))));
    }
    List<Document> k3s =
        snapshot.ofKind("Node").stream().filter(n -> kubelet(n).text("").contains("+k3s")).toList();
    if (out.isEmpty()) {
      byEmbedded(k3s).forEach((version, nodes) -> out.add(embedded(nodes, version, k3s)));
    }
    return out;
  }

  /** The nodes of k3s by the kube-router in it; empty where that is not known. */
  private static Map<String, List<Document>> byEmbedded(List<Document> k3s) {
    Map<String, List<Document>> out = new TreeMap<>();
    for (Document node : k3s) {
      String version = kubelet(node).text("");
      String embedded =
          EMBEDDED.entrySet().stream()
              .filter(e -> Agents.isIn(version, e.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("");
      out.computeIfAbsent(embedded, _ -> new ArrayList<>()).add(node);
    }
    return out;
  }

  private static Sighting sighting(Document set, Field container) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>(List.of(Agents.imageReason(set, container)));
    for (String name : ARGUMENTS) {
      Agents.argument(container, name)
          .ifPresent(value -> {
            settings.put(name, value);
            because.add(
                new Reason(
                    "argument --" + name + "=" + value, container.get("args").origin(), name));
          });
    }
    return new Sighting(
        "kube-router", Agents.version(container), settings, Optional.empty(), because);
  }

  /**
   * That of some nodes.
   *
   * @param version of kube-router; empty when it is not known
   * @param all nodes of the cluster, for what its servers tell the others
   */
  private static Sighting embedded(List<Document> nodes, String version, List<Document> all) {
    Document first = nodes.getFirst();
    Map<String, String> settings = new TreeMap<>(Map.of("distribution", "k3s"));
    List<Reason> because = new ArrayList<>();
    because.add(
        new Reason(
            first.id().text()
                + " has the kubelet "
                + kubelet(first).text("")
                + ": k3s enforces in its own process",
            kubelet(first).origin()));
    for (Document node : all) {
      Field arguments = node.at("metadata", "annotations", "k3s.io/node-args");
      if (WITHOUT_POLICIES.matcher(arguments.text("")).find()) {
        settings.put("run-firewall", "false");
        because.add(
            new Reason(
                node.id().text() + " is started with --disable-network-policy",
                arguments.origin(),
                "run-firewall"));
        break;
      }
    }
    boolean hostGateway =
        all.stream()
            .map(n ->
                n.at("metadata", "annotations", "flannel.alpha.coreos.com/backend-type").text(""))
            .anyMatch("host-gw"::equals);
    if (hostGateway) {
      settings.put("flannel-backend", "host-gw");
    }
    if (Agents.isIn(kubelet(first).text(""), NEWEST)) {
      settings.put("netpol-default-deny", "true");
    }
    if (!version.isEmpty()) {
      because.add(new Reason("that k3s has kube-router " + version, kubelet(first).origin()));
    }
    Optional<Set<String>> names =
        nodes.size() == all.size()
            ? Optional.empty()
            : Optional.of(nodes.stream().map(n -> n.id().name()).collect(Collectors.toSet()));
    return new Sighting("kube-router", version, settings, names, because);
  }

  private static Field kubelet(Document node) {
    return node.at("status", "nodeInfo", "kubeletVersion");
  }
}
