package io.github.polverdict.dialects.ovn;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The switches of ovnkube where they are written, later places winning: in the ConfigMaps {@code
 * ovnkube-config} and, on OpenShift since 4.15, {@code ovnkube-script-lib}
 * (cluster-network-operator, bindata/network/ovn-kubernetes), in arguments, and in the environment
 * of the project's own images (dist/images/ovnkube.sh), where an empty one is false.
 */
final class OvnSwitches {
  private static final String GATEWAY_MODE = "gateway-mode";

  /** The switches by their names, with their variables of ovnkube.sh. */
  private static final Map<String, String> VARIABLES =
      new TreeMap<>(
          Map.of(
              "enable-egress-firewall",
              "OVN_EGRESSFIREWALL_ENABLE",
              "enable-admin-network-policy",
              "OVN_ADMIN_NETWORK_POLICY_ENABLE",
              "allow-icmp-network-policy",
              "OVN_ALLOW_ICMP_NETPOL",
              "enable-stateless-netpol",
              "OVN_STATELESS_NETPOL_ENABLE",
              "enable-dns-name-resolver",
              "OVN_ENABLE_DNSNAMERESOLVER",
              "host-network-namespace",
              "OVN_HOST_NETWORK_NAMESPACE",
              GATEWAY_MODE,
              "OVN_GATEWAY_MODE"));

  final Map<String, String> settings = new TreeMap<>();
  final List<Reason> because = new ArrayList<>();

  private final Snapshot snapshot;
  private final Document set;

  /** Reads the switches of the agent of a DaemonSet. */
  OvnSwitches(Snapshot snapshot, Document set, Field agent) {
    this.snapshot = snapshot;
    this.set = set;
    for (String name : VARIABLES.keySet()) {
      texts("ovnkube-config").forEach(text -> file(name, text));
      texts("ovnkube-script-lib").forEach(text -> script(name, text));
      Agents.argument(agent, name).ifPresent(value -> put(name, value, agent));
      readers(agent).flatMap(c -> variable(c, name)).findFirst().ifPresent(v -> put(name, v));
    }
  }

  private List<Field> texts(String map) {
    return snapshot
        .find("ConfigMap", set.id().namespace(), map)
        .map(m -> List.copyOf(m.at("data").members().values()))
        .orElse(List.of());
  }

  /** The agent, and what reads policies for it: one in each zone, or one in the cluster. */
  private Stream<Field> readers(Field agent) {
    String namespace = set.id().namespace();
    return Stream.of(
            Optional.of(agent),
            snapshot
                .find("DaemonSet", namespace, "ovnkube-zone-controller")
                .flatMap(d -> Agents.container(d, "ovnkube-controller")),
            snapshot
                .find("Deployment", namespace, "ovnkube-master")
                .flatMap(d -> Agents.container(d, "ovnkube-master")))
        .flatMap(Optional::stream);
  }

  private static Stream<Field> variable(Field container, String name) {
    return container.get("env").items().stream()
        .filter(e -> e.get("name").text("").equals(VARIABLES.get(name)))
        .map(e -> e.get("value"))
        .filter(Field::present);
  }

  private void put(String name, Field variable) {
    String text = variable.text("");
    if (isSwitch(name)) {
      put(name, Boolean.toString(text.equals("true")), variable);
    } else if (!text.isEmpty()) {
      put(name, text, variable);
    }
  }

  private static boolean isSwitch(String name) {
    return name.startsWith("enable-") || name.startsWith("allow-");
  }

  /** A line of the file; the gateway's mode is in a section of its own. */
  private void file(String name, Field text) {
    String key = name.equals(GATEWAY_MODE) ? "mode" : name;
    Matcher found =
        Pattern.compile("(?m)^\\s*" + key + "\\s*=\\s*\"?([a-z-]+)").matcher(text.text(""));
    if (found.find()) {
      put(name, found.group(1), text);
    }
  }

  /**
   * A flag of the script, unless the line before it asks whether two unequal words are equal. A
   * switch that it leaves off everywhere is off, unless the file, which flags override, has it.
   */
  private void script(String name, Field text) {
    List<MatchResult> flags =
        Pattern.compile(
                "(?m)(?:if \\[+ \"([^\"\n]*)\" == \"([^\"\n]*)\".*\n)?^[^#\n]*--"
                    + name
                    + "\\b(?:[ =]([a-z]+))?")
            .matcher(text.text(""))
            .results()
            .toList();
    Optional<MatchResult> given =
        flags.stream().filter(m -> m.group(1) == null || m.group(1).equals(m.group(2))).findFirst();
    given.ifPresent(m -> put(name, m.group(3) == null ? "true" : m.group(3), text));
    if (given.isEmpty() && !flags.isEmpty() && isSwitch(name) && !settings.containsKey(name)) {
      put(name, "false", text);
    }
  }

  private void put(String name, String value, Field place) {
    settings.put(name, value);
    because.add(
        new Reason(
            place.document().id().text() + " has " + name + "=" + value, place.origin(), name));
  }
}
