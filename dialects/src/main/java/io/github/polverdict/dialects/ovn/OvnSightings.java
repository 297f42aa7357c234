package io.github.polverdict.dialects.ovn;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds OVN-Kubernetes by its DaemonSet {@code ovnkube-node} and reads the switches in the
 * ConfigMap {@code ovnkube-config} and in the agent's arguments.
 */
final class OvnSightings {
  private static final String GATEWAY_MODE = "gateway-mode";
  private static final List<String> SWITCHES =
      List.of(
          "enable-egress-firewall",
          "enable-admin-network-policy",
          "allow-icmp-network-policy",
          "enable-stateless-netpol",
          "enable-dns-name-resolver",
          "host-network-namespace",
          GATEWAY_MODE);

  private OvnSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Stream.of("ovnkube-controller", "ovnkube-node", "ovn-controller")
          .flatMap(name -> Agents.container(set, name).stream())
          .findFirst()
          .filter(_ -> set.id().name().startsWith("ovnkube"))
          .ifPresent(c -> out.addAll(sightings(snapshot, set, c)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    snapshot
        .find("ConfigMap", set.id().namespace(), "ovnkube-config")
        .ifPresent(map ->
            map.at("data")
                .members()
                .values()
                .forEach(text -> switches(map, text, settings, because)));
    for (String name : SWITCHES) {
      Agents.argument(agent, name)
          .ifPresent(value -> {
            settings.put(name, value);
            because.add(
                new Reason(set.id().text() + " runs with --" + name + "=" + value, agent.origin()));
          });
    }
    return Agents.byVersion(
        snapshot,
        set,
        agent,
        version -> new Sighting("ovn-kubernetes", version, settings, Optional.empty(), because));
  }

  private static void switches(
      Document map, Field text, Map<String, String> settings, List<Reason> because) {
    for (String name : SWITCHES) {
      Matcher found =
          Pattern.compile("(?m)^\\s*" + key(name) + "\\s*=\\s*\"?([a-z-]+)").matcher(text.text(""));
      if (found.find()) {
        settings.put(name, found.group(1));
        because.add(
            new Reason(map.id().text() + " has " + name + "=" + found.group(1), text.origin()));
      }
    }
  }

  /** What a switch is called in the file; the gateway's mode is in a section of its own. */
  private static String key(String name) {
    return name.equals(GATEWAY_MODE) ? "mode" : name;
  }
}
