package io.github.polverdict.dialects.calico;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds Calico by the container calico-node of a DaemonSet; Canal when kube-flannel runs beside it.
 * Settings come from FelixConfiguration default, then Installation, then the environment, which
 * wins (felix/config: environment over datastore).
 */
final class CalicoSightings {
  private static final List<String> FELIX =
      List.of(
          "DefaultEndpointToHostAction",
          "IptablesFilterDenyAction",
          "AllowVXLANPacketsFromWorkloads",
          "AllowIPIPPacketsFromWorkloads",
          "VXLANPort",
          "BPFConnectTimeLoadBalancing");

  private CalicoSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "calico-node").ifPresent(c -> out.addAll(sightings(snapshot, set, c)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field node) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    snapshot.find("FelixConfiguration", "", "default").ifPresent(d -> felix(d, settings, because));
    snapshot.find("Installation", "", "default").ifPresent(d -> installation(d, settings, because));
    for (String name : FELIX) {
      String variable = "FELIX_" + name.toUpperCase(Locale.ROOT);
      Agents.env(node, variable)
          .ifPresent(value ->
              put(
                  name,
                  value,
                  new Reason(
                      set.id().text() + " has " + variable + "=" + value, node.get("env").origin()),
                  settings,
                  because));
    }
    if (Agents.env(node, "FELIX_BPFENABLED").filter("true"::equalsIgnoreCase).isPresent()) {
      put(
          "dataplane",
          "bpf",
          new Reason(set.id().text() + " has FELIX_BPFENABLED=true", node.get("env").origin()),
          settings,
          because);
    }
    Agents.container(set, "kube-flannel")
        .ifPresent(f ->
            put(
                "networking",
                "flannel",
                new Reason("kube-flannel runs beside calico-node: Canal", f.origin()),
                settings,
                because));
    return Agents.byVersion(
        snapshot,
        set,
        node,
        version -> new Sighting("calico", version, settings, Optional.empty(), because));
  }

  private static void felix(Document document, Map<String, String> settings, List<Reason> because) {
    Field spec = document.at("spec");
    for (String name : FELIX) {
      String field = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
      Field value =
          spec.get(
              name.startsWith("BPF")
                  ? "bpf" + name.substring(3)
                  : name.startsWith("VXLAN") ? "vxlanPort" : field);
      value
          .text()
          .ifPresent(text ->
              put(
                  name,
                  text,
                  new Reason("FelixConfiguration default has " + name + "=" + text, value.origin()),
                  settings,
                  because));
    }
    if (spec.get("bpfEnabled").bool().orElse(false)) {
      put(
          "dataplane",
          "bpf",
          new Reason("FelixConfiguration default has bpfEnabled", spec.get("bpfEnabled").origin()),
          settings,
          because);
    }
  }

  private static void installation(
      Document document, Map<String, String> settings, List<Reason> because) {
    Field plane = document.at("spec", "calicoNetwork", "linuxDataplane");
    plane
        .text()
        .map(t -> t.toLowerCase(Locale.ROOT))
        .filter(t -> List.of("iptables", "nftables", "bpf").contains(t))
        .ifPresent(t ->
            put(
                "dataplane",
                t,
                new Reason("Installation default has linuxDataplane=" + t, plane.origin()),
                settings,
                because));
  }

  private static void put(
      String name,
      String value,
      Reason reason,
      Map<String, String> settings,
      List<Reason> because) {
    boolean action = name.endsWith("Action");
    settings.put(name, action ? value.toUpperCase(Locale.ROOT) : value);
    because.add(reason);
  }
}
