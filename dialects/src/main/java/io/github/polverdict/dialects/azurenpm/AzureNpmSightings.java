package io.github.polverdict.dialects.azurenpm;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds Azure NPM by its DaemonSets {@code azure-npm} and {@code azure-npm-win} and reads the
 * toggles of ConfigMap {@code azure-npm-config}.
 */
final class AzureNpmSightings {
  private AzureNpmSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.firstContainer(set)
          .filter(c -> c.get("image").text("").contains("azure-npm"))
          .ifPresent(c -> out.addAll(sightings(snapshot, set, c)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    String os =
        set.at("spec", "template", "spec", "nodeSelector", "kubernetes.io/os")
            .text(set.id().name().endsWith("-win") ? "windows" : "linux");
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    if (os.equals("windows")) {
      settings.put("os", os);
      because.add(new Reason(set.id().text() + " runs on Windows nodes", set.origin(), "os"));
    }
    snapshot
        .find("ConfigMap", set.id().namespace(), "azure-npm-config")
        .ifPresent(map -> toggles(map, settings, because));
    Optional<Set<String>> nodes = nodes(snapshot, os);
    return Agents.byVersion(
            snapshot,
            set,
            agent,
            version -> new Sighting("azure-npm", version, settings, Optional.empty(), because))
        .stream()
        .map(s ->
            new Sighting(
                s.dialect(), s.version(), s.settings(), s.nodes().or(() -> nodes), s.because()))
        .toList();
  }

  private static void toggles(Document map, Map<String, String> settings, List<Reason> because) {
    Field text = map.at("data").get("azure-npm.json");
    for (String toggle : List.of("PlaceAzureChainFirst", "EnableNPMLite")) {
      toggle(text, toggle)
          .ifPresent(value -> {
            settings.put(toggle, value);
            because.add(
                new Reason(
                    map.id().text() + " has " + toggle + "=" + value, text.origin(), toggle));
          });
    }
  }

  private static Optional<String> toggle(Field json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*(true|false)").matcher(json.text(""));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The nodes of the system when the cluster has nodes of several; all nodes otherwise. */
  private static Optional<Set<String>> nodes(Snapshot snapshot, String os) {
    List<Document> all = snapshot.ofKind("Node");
    Set<String> of =
        all.stream()
            .filter(
                n -> n.at("metadata", "labels").get("kubernetes.io/os").text("linux").equals(os))
            .map(n -> n.id().name())
            .collect(Collectors.toSet());
    return of.size() == all.size() ? Optional.empty() : Optional.of(of);
  }
}
