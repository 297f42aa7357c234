package io.github.polverdict.dialects.antrea;

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

/**
 * Finds Antrea by its DaemonSet {@code antrea-agent} and reads the files of the agent and of the
 * controller in the ConfigMaps that these mount; both must have a feature switched on.
 */
final class AntreaSightings {
  private static final List<String> GATES =
      List.of(
          "AntreaPolicy",
          "AdminNetworkPolicy",
          "ClusterNetworkPolicy",
          "L7NetworkPolicy",
          "NodeNetworkPolicy");

  /** Settings by their names here, as section and key of the files; no section for the top. */
  private static final List<Key> KEYS =
      List.of(
          new Key("antreaProxy", "antreaProxy", "enable"),
          new Key("antreaProxy", "featureGates", "AntreaProxy"),
          new Key("proxyAll", "antreaProxy", "proxyAll"),
          new Key("proxyLoadBalancerIPs", "antreaProxy", "proxyLoadBalancerIPs"),
          new Key("trafficEncapMode", "", "trafficEncapMode"),
          new Key("enableStretchedNetworkPolicy", "multicluster", "enableStretchedNetworkPolicy"));

  private record Key(String setting, String section, String key) {}

  private AntreaSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "antrea-agent").ifPresent(c -> out.addAll(sightings(snapshot, set, c)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    config(snapshot, set)
        .ifPresent(map -> read(map, map.at("data").get("antrea-agent.conf"), settings, because));
    snapshot
        .find("Deployment", set.id().namespace(), "antrea-controller")
        .flatMap(controller -> config(snapshot, controller))
        .or(() -> config(snapshot, set))
        .ifPresent(
            map -> read(map, map.at("data").get("antrea-controller.conf"), settings, because));
    List<Sighting> found =
        Agents.byVersion(
            snapshot,
            set,
            agent,
            version -> new Sighting("antrea", version, settings, Optional.empty(), because));
    return Agents.placed(snapshot, set, found);
  }

  /**
   * The ConfigMap that a workload mounts; one of the usual name when that does not show. Manifests
   * from before the chart end its name in a hash, and those of earlier settings stay behind.
   */
  private static Optional<Document> config(Snapshot snapshot, Document workload) {
    String namespace = workload.id().namespace();
    return workload.at("spec", "template", "spec", "volumes").items().stream()
        .map(v -> v.get("configMap").get("name").text(""))
        .filter(name -> name.startsWith("antrea-") && name.contains("config"))
        .flatMap(name -> snapshot.find("ConfigMap", namespace, name).stream())
        .findFirst()
        .or(() ->
            snapshot.ofKind("ConfigMap").stream()
                .filter(m -> m.id().namespace().equals(namespace))
                .filter(m -> m.id().name().startsWith("antrea-config"))
                .findFirst());
  }

  private static void read(
      Document map, Field file, Map<String, String> settings, List<Reason> because) {
    List<Key> keys = new ArrayList<>(KEYS);
    GATES.forEach(g -> keys.add(new Key(g, "featureGates", g)));
    for (Key key : keys) {
      value(file.text(""), key)
          .or(() -> GATES.contains(key.key()) ? value(file.text(""), all(key)) : Optional.empty())
          .ifPresent(value -> {
            settings.merge(
                key.setting(),
                value,
                (a, b) -> a.equals("false") || b.equals("false") ? "false" : b);
            because.add(
                new Reason(map.id().text() + " has " + key.key() + ": " + value, file.origin())
                    .of(key.setting()));
          });
    }
    if (section(file.text(""), "antreaProxy").matches("(?s).*\\n\\s*skipServices:\\s*\\n\\s*-.*")) {
      settings.put("skipServices", "some");
      because.add(new Reason(map.id().text() + " has skipServices", file.origin(), "skipServices"));
    }
  }

  /** The toggle of all gates of a gate's stage: AntreaPolicy is beta, the others are alpha. */
  private static Key all(Key gate) {
    return new Key(
        gate.setting(), gate.section(), gate.key().equals("AntreaPolicy") ? "AllBeta" : "AllAlpha");
  }

  private static Optional<String> value(String text, Key key) {
    String indent = key.section().isEmpty() ? "" : "[ \\t]+";
    Matcher found =
        Pattern.compile("(?m)^" + indent + key.key() + ":[ \\t]*\"?([A-Za-z]+)")
            .matcher(key.section().isEmpty() ? text : section(text, key.section()));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The lines under a key of the top, up to the next one that is not indented; comments stay. */
  private static String section(String text, String name) {
    Matcher found =
        Pattern.compile("(?m)^" + name + ":[ \\t]*((?:\\R(?:[ \\t#].*)?)*)").matcher(text);
    return found.find() ? "\n" + found.group(1) : "";
  }
}
