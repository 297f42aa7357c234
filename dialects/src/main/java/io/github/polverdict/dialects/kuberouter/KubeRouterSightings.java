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
import java.util.TreeMap;

/** Finds kube-router by its DaemonSet, and k3s by its kubelets' version. */
final class KubeRouterSightings {
  private static final List<String> ARGUMENTS =
      List.of("run-firewall", "enable-ipv6", "service-node-port-range", "use-nftables-for-netpol");

  private KubeRouterSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "kube-router")
          .ifPresent(c -> out.addAll(Agents.placed(snapshot, set, List.of(sighting(set, c)))));
    }
    List<Document> k3s =
        snapshot.ofKind("Node").stream().filter(n -> kubelet(n).text("").contains("+k3s")).toList();
    if (!k3s.isEmpty() && out.isEmpty()) {
      out.add(embedded(k3s));
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
                new Reason("argument --" + name + "=" + value, container.get("args").origin()));
          });
    }
    return new Sighting(
        "kube-router", Agents.version(container), settings, Optional.empty(), because);
  }

  private static Sighting embedded(List<Document> nodes) {
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
    for (Document node : nodes) {
      Field arguments = node.at("metadata", "annotations", "k3s.io/node-args");
      if (arguments.text("").contains("--disable-network-policy")) {
        settings.put("run-firewall", "false");
        because.add(
            new Reason(
                node.id().text() + " is started with --disable-network-policy",
                arguments.origin()));
        break;
      }
    }
    boolean hostGateway =
        nodes.stream()
            .map(n ->
                n.at("metadata", "annotations", "flannel.alpha.coreos.com/backend-type").text(""))
            .anyMatch("host-gw"::equals);
    if (hostGateway) {
      settings.put("flannel-backend", "host-gw");
    }
    return new Sighting("kube-router", "", settings, Optional.empty(), because);
  }

  private static Field kubelet(Document node) {
    return node.at("status", "nodeInfo", "kubeletVersion");
  }
}
