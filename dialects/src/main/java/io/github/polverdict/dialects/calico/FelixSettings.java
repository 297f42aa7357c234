package io.github.polverdict.dialects.calico;

import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.dialects.calico.policy.CalicoObjects;
import io.github.polverdict.dialects.calico.policy.Failsafes;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How Felix is configured on one node, as far as it changes verdicts: FelixConfiguration default,
 * then that of the node, then the environment, which wins (felix/config/config_params.go).
 */
final class FelixSettings {
  private static final List<String> YES_NO = List.of("true", "false");

  /** The names that settings of the profile have, with the values that Felix takes. */
  private static final Map<String, List<String>> KNOWN =
      Map.ofEntries(
          Map.entry("DefaultEndpointToHostAction", List.of("ACCEPT", "DROP", "RETURN")),
          Map.entry("IptablesFilterDenyAction", List.of("DROP", "REJECT")),
          Map.entry("NftablesFilterDenyAction", List.of("DROP", "REJECT")),
          Map.entry("IptablesFilterAllowAction", List.of("ACCEPT", "RETURN")),
          Map.entry("ChainInsertMode", List.of("insert", "append")),
          Map.entry("AllowVXLANPacketsFromWorkloads", YES_NO),
          Map.entry("AllowIPIPPacketsFromWorkloads", YES_NO),
          Map.entry("Ipv6Support", YES_NO),
          Map.entry("VXLANPort", List.of()),
          Map.entry("BPFConnectTimeLoadBalancing", List.of("TCP", "Enabled", "Disabled")),
          Map.entry("BPFConnectTimeLoadBalancingEnabled", YES_NO),
          Map.entry("BPFEnabled", YES_NO),
          Map.entry("PolicySyncPathPrefix", List.of()),
          Map.entry("FailsafeInboundHostPorts", List.of()),
          Map.entry("FailsafeOutboundHostPorts", List.of()),
          Map.entry("NATOutgoingExclusions", List.of("IPPoolsOnly", "IPPoolsAndHostIPs")),
          Map.entry("NFTablesMode", List.of("Enabled", "Disabled", "Auto")));

  /** A value and where it was found. */
  record Found(String value, Reason reason) {}

  private final Map<String, Found> raw = new TreeMap<>();

  private FelixSettings() {}

  /**
   * What holds on a node.
   *
   * @param node its name; empty for any node without a configuration of its own
   * @param agent the container calico-node
   */
  static Map<String, Found> of(Snapshot snapshot, Document set, Field agent, String node) {
    FelixSettings felix = new FelixSettings();
    CalicoObjects.find(snapshot, "FelixConfiguration", "default").ifPresent(felix::configuration);
    CalicoObjects.find(snapshot, "FelixConfiguration", "node." + node)
        .ifPresent(felix::configuration);
    felix.environment(set, agent);
    Map<String, Found> out = new LinkedHashMap<>(felix.raw);
    out.keySet().removeAll(List.of("BPFEnabled", "NFTablesMode"));
    Found legacy = out.remove("BPFConnectTimeLoadBalancingEnabled");
    if (legacy != null) {
      String value = legacy.value().equals("true") ? "Enabled" : "Disabled";
      out.putIfAbsent("BPFConnectTimeLoadBalancing", new Found(value, legacy.reason()));
    }
    felix.dataplane(snapshot).ifPresent(found -> out.put("dataplane", found));
    if (!out.containsKey("DefaultEndpointToHostAction") && felix.isAllKnown(snapshot, agent)) {
      String says = "neither the environment nor FelixConfiguration sets it: Felix' own default";
      Reason reason = new Reason("DefaultEndpointToHostAction=DROP, " + says, agent.origin());
      out.put("DefaultEndpointToHostAction", new Found("DROP", reason));
    }
    return out;
  }

  /** Whether a FelixConfiguration sets what changes verdicts on nodes that a selector selects. */
  static Optional<Reason> scoped(Snapshot snapshot) {
    return CalicoObjects.all(snapshot, "FelixConfiguration").stream()
        .filter(d -> d.at("spec", "nodeSelector").present())
        .filter(d -> {
          FelixSettings some = new FelixSettings();
          some.configuration(d);
          return !some.raw.isEmpty();
        })
        .map(d ->
            new Reason(
                d.id().text() + " holds for the nodes that its nodeSelector selects",
                d.at("spec", "nodeSelector").origin()))
        .findFirst();
  }

  private void configuration(Document document) {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    KNOWN.keySet().forEach(name -> names.put(name, name));
    document
        .at("spec")
        .members()
        .forEach((key, field) -> {
          String name = names.get(key);
          if (name != null) {
            text(field)
                .ifPresent(
                    value -> put(name, value, document.id().text() + " has " + key + ": ", field));
          }
        });
  }

  /** A value as Felix is told it; failsafe ports are lists of objects in a FelixConfiguration. */
  private static Optional<String> text(Field field) {
    if (field.text().isPresent() || !field.present()) {
      return field.text();
    }
    List<String> out = new ArrayList<>();
    for (Field port : field.items()) {
      String net = port.get("net").text("");
      String range = net.contains(":") ? "[" + net + "]:" : net.isEmpty() ? "" : net + ":";
      out.add(port.get("protocol").text("tcp") + ":" + range + port.get("port").text(""));
    }
    return Optional.of(out.isEmpty() ? "none" : String.join(",", out));
  }

  /** Variables' names in any case. */
  private void environment(Document set, Field agent) {
    for (Field variable : agent.get("env").items()) {
      String upper = variable.get("name").text("").toUpperCase(Locale.ROOT);
      for (String name : KNOWN.keySet()) {
        if (upper.equals("FELIX_" + name.toUpperCase(Locale.ROOT))) {
          variable
              .get("value")
              .text()
              .ifPresent(
                  value -> put(name, value, set.id().text() + " has " + upper + "=", variable));
        }
      }
    }
  }

  /** Values in any case; what Felix would not take, it leaves out. */
  private void put(String name, String value, String says, Field place) {
    String text = value.strip();
    taken(name, text)
        .ifPresent(v -> raw.put(name, new Found(v, new Reason(says + text, place.origin()))));
  }

  private static Optional<String> taken(String name, String text) {
    List<String> values = KNOWN.getOrDefault(name, List.of());
    if (values.equals(YES_NO)) {
      return bool(text);
    }
    return switch (name) {
      case "PolicySyncPathPrefix" -> Optional.of("set").filter(_ -> !text.isEmpty());
      case "FailsafeInboundHostPorts", "FailsafeOutboundHostPorts" ->
          Optional.of(text).filter(t -> Failsafes.parse(t).isPresent() && !t.isEmpty());
      case "VXLANPort" -> Optional.of(text).filter(FelixSettings::isPort);
      case String _ -> values.stream().filter(v -> v.equalsIgnoreCase(text)).findFirst();
    };
  }

  /** Yes and no in all ways that Felix takes (felix/config/param_types.go, BoolParam). */
  private static Optional<String> bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "y", "t" -> Optional.of("true");
      case "false", "0", "no", "n", "f" -> Optional.of("false");
      case String _ -> Optional.empty();
    };
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) < 65536;
  }

  /** The UDP port of VXLAN; 4789 for what Felix would not take. */
  static int vxlanPort(String text) {
    return isPort(text) ? Integer.parseInt(text) : 4789;
  }

  private Optional<Found> dataplane(Snapshot snapshot) {
    Optional<Found> installed =
        CalicoSightings.installation(snapshot)
            .map(d -> d.at("spec", "calicoNetwork", "linuxDataplane"))
            .flatMap(f ->
                f.text()
                    .map(t -> t.toLowerCase(Locale.ROOT))
                    .filter(List.of("iptables", "nftables", "bpf", "vpp")::contains)
                    .map(t ->
                        new Found(
                            t,
                            new Reason(
                                "Installation default has linuxDataplane: " + t, f.origin()))));
    Found bpf = raw.get("BPFEnabled");
    Found tables = raw.get("NFTablesMode");
    if (installed.filter(f -> f.value().equals("vpp")).isPresent()) {
      return installed;
    }
    if (bpf != null && bpf.value().equals("true")) {
      return Optional.of(new Found("bpf", bpf.reason()));
    }
    if (tables != null && tables.value().equals("Enabled")) {
      return Optional.of(new Found("nftables", tables.reason()));
    }
    boolean saysBpf = installed.filter(f -> f.value().equals("bpf")).isPresent();
    return bpf != null && saysBpf ? Optional.of(new Found("iptables", bpf.reason())) : installed;
  }

  /** Whether all places that can set something were read, in a running cluster: the agent too. */
  private boolean isAllKnown(Snapshot snapshot, Field agent) {
    boolean elsewhere =
        agent.get("env").items().stream()
            .anyMatch(
                v -> v.get("name").text("").equalsIgnoreCase("FELIX_DEFAULTENDPOINTTOHOSTACTION"));
    return agent.document().live()
        && agent.document().id().kind().equals("DaemonSet")
        && !elsewhere
        && !CalicoObjects.mayLack(snapshot, "FelixConfiguration");
  }
}
