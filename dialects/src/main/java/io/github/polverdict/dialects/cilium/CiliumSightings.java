package io.github.polverdict.dialects.cilium;

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

/** Finds Cilium by its agent's DaemonSet, and its settings in the ConfigMap cilium-config. */
final class CiliumSightings {
  private static final List<String> SETTINGS =
      List.of(
          "enable-policy",
          "policy-audit-mode",
          "enable-k8s-networkpolicy",
          "enable-cilium-network-policy",
          "enable-cilium-clusterwide-network-policy",
          "enable-non-default-deny-policies",
          "policy-cidr-match-mode",
          "policy-default-local-cluster",
          "labels",
          "enable-sctp",
          "enable-extended-ip-protocols",
          "enable-ipv6",
          "allow-localhost",
          "allow-icmp-frag-needed",
          "kube-proxy-replacement",
          "routing-mode",
          "bpf-lb-mode",
          "enable-remote-node-identity",
          "enable-host-firewall",
          "enable-l7-proxy",
          "enable-node-selector-labels",
          "enable-k8s-cluster-network-policy",
          "policy-deny-response",
          "enable-local-redirect-policy",
          "lrp-address-matcher-cidrs",
          "bpf-lb-sock",
          "cluster-name",
          "cluster-id",
          "mesh-auth-enabled",
          "mesh-auth-mutual-listener-port");

  private CiliumSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Optional<Field> agent =
          Agents.container(set, "cilium-agent")
              .or(() ->
                  set.id().name().equals("anetd") ? Agents.firstContainer(set) : Optional.empty());
      agent.ifPresent(container -> out.addAll(sightings(snapshot, set, container)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    snapshot
        .find("ConfigMap", set.id().namespace(), "cilium-config")
        .ifPresent(config -> settings(config, settings, because));
    for (String name : SETTINGS) {
      Agents.argument(agent, name)
          .ifPresent(value -> {
            because.removeIf(r -> r.setting().equals(name)); // the argument wins
            settings.put(name, usual(name, value));
            because.add(
                new Reason("argument --" + name + "=" + value, agent.get("args").origin(), name));
          });
    }
    distribution(set, agent).ifPresent(d -> settings.put("distribution", d));
    List<Sighting> versions =
        Agents.byVersion(
            snapshot,
            set,
            agent,
            version -> new Sighting("cilium", version, settings, Optional.empty(), because));
    return Agents.placed(snapshot, set, versions);
  }

  private static void settings(
      Document config, Map<String, String> settings, List<Reason> because) {
    Field data = config.at("data");
    for (String name : SETTINGS) {
      data.get(name)
          .text()
          .filter(value -> !value.isEmpty()) // the agent's own default
          .map(Agents::plain)
          .ifPresent(value -> {
            settings.put(name, usual(name, value));
            because.add(reason(config, name).of(name));
          });
    }
    older(config, settings, because);
  }

  /** What newer releases call otherwise, and node ports that are switched on alone. */
  private static void older(Document config, Map<String, String> settings, List<Reason> because) {
    Field data = config.at("data");
    Field tunnel = data.get("tunnel"); // before 1.14
    if (tunnel.present() && !settings.containsKey("routing-mode")) {
      settings.put("routing-mode", tunnel.text("").equals("disabled") ? "native" : "tunnel");
      because.add(reason(config, "tunnel").of("routing-mode"));
    }
    Field reachable = data.get("enable-host-reachable-services"); // before 1.12
    if (reachable.present() && !settings.containsKey("bpf-lb-sock")) {
      settings.put("bpf-lb-sock", Agents.plain(reachable.text("")));
      because.add(reason(config, "enable-host-reachable-services").of("bpf-lb-sock"));
    }
    Field nodePort = data.get("enable-node-port"); // before 1.19
    if (nodePort.text("").equalsIgnoreCase("true")
        && !data.get("kube-proxy-replacement").text("").equals("disabled")) {
      settings.put("kube-proxy-replacement", "true");
      because.add(reason(config, "enable-node-port").of("kube-proxy-replacement"));
    }
  }

  private static Reason reason(Document config, String name) {
    Field field = config.at("data").get(name);
    return new Reason(
        config.id().text() + " has " + name + "=" + Agents.plain(field.text("")), field.origin());
  }

  /**
   * Older words for the same value. What is probed for is there since Linux 4.17
   * (daemon/cmd/kube_proxy_replacement.go, v1.9).
   */
  private static String usual(String name, String value) {
    if (name.equals("kube-proxy-replacement")) {
      return switch (value) {
        case "strict", "true", "probe" -> "true";
        default -> "false"; // partial, disabled, false
      };
    }
    return value;
  }

  private static Optional<String> distribution(Document set, Field agent) {
    if (set.id().name().equals("anetd")) {
      return Optional.of("gke-dataplane-v2");
    }
    return agent.get("image").text("").startsWith("mcr.microsoft.com/")
        ? Optional.of("aks")
        : Optional.empty();
  }
}
