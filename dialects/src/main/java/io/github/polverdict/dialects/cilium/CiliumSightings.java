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
          "policy-cidr-match-mode",
          "policy-default-local-cluster",
          "labels",
          "enable-sctp",
          "enable-extended-ip-protocols",
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
            settings.put(name, usual(name, value));
            because.add(new Reason("argument --" + name + "=" + value, agent.get("args").origin()));
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
      Field field = data.get(name);
      field
          .text()
          .ifPresent(value -> {
            settings.put(name, usual(name, value));
            because.add(
                new Reason(config.id().text() + " has " + name + "=" + value, field.origin()));
          });
    }
    Field tunnel = data.get("tunnel"); // before 1.14
    if (tunnel.present() && !settings.containsKey("routing-mode")) {
      settings.put("routing-mode", tunnel.text("").equals("disabled") ? "native" : "tunnel");
      because.add(
          new Reason(config.id().text() + " has tunnel=" + tunnel.text(""), tunnel.origin()));
    }
  }

  /** Older words for the same value. */
  private static String usual(String name, String value) {
    if (name.equals("kube-proxy-replacement")) {
      return switch (value) {
        case "strict", "true" -> "true";
        default -> "false"; // partial, probe, disabled, false
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
