package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether agents run with the settings that are written down: those that started before their
 * ConfigMap last changed may not. Compares times that the snapshot holds; reads no clock.
 */
final class Freshness {
  private Freshness() {}

  /** One sentence for each ConfigMap that changed after an agent of the sighting started. */
  static List<String> outdated(Snapshot snapshot, Sighting sighting) {
    Set<String> cited =
        sighting.because().stream()
            .map(r -> object(r.origin()))
            .collect(Collectors.toCollection(TreeSet::new));
    List<Document> agents = agents(snapshot, cited);
    List<String> out = new ArrayList<>();
    for (Document config : snapshot.ofKind("ConfigMap")) {
      Optional<String> changed = changed(config);
      if (!cited.contains(config.id().text()) || changed.isEmpty()) {
        continue;
      }
      List<String> older =
          agents.stream()
              .filter(p -> started(p).filter(s -> s.compareTo(changed.get()) < 0).isPresent())
              .map(p -> p.at("spec", "nodeName").text(p.id().name()))
              .sorted()
              .toList();
      if (!older.isEmpty()) {
        out.add(
            "%s changed at %s, after %d of %d agents had started (%s first): they may run with"
                    .formatted(
                        config.id().text(),
                        changed.get(),
                        older.size(),
                        agents.size(),
                        older.getFirst())
                + " other settings than these");
      }
    }
    return out;
  }

  private static String object(Origin origin) {
    return switch (origin.place()) {
      case Origin.InFile f -> f.object();
      case Origin.InCluster c -> c.object();
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> "";
    };
  }

  /** The pods of the DaemonSets that show the engine, or that do so themselves. */
  private static List<Document> agents(Snapshot snapshot, Set<String> cited) {
    List<Document> pods = snapshot.ofKind("Pod");
    Set<String> owners = new TreeSet<>();
    pods.stream().filter(p -> cited.contains(p.id().text())).forEach(p -> owners.addAll(owner(p)));
    return pods.stream()
        .filter(p ->
            cited.contains(p.id().text())
                || owner(p).stream().anyMatch(o -> cited.contains(o) || owners.contains(o)))
        .toList();
  }

  private static List<String> owner(Document pod) {
    return pod.at("metadata", "ownerReferences").items().stream()
        .filter(o -> o.get("kind").text("").equals("DaemonSet"))
        .map(o -> "DaemonSet " + pod.id().namespace() + "/" + o.get("name").text(""))
        .toList();
  }

  /** The last time that the API server noted a change; times in UTC order as text does. */
  private static Optional<String> changed(Document config) {
    Stream<Field> managed =
        config.at("metadata", "managedFields").items().stream().map(f -> f.get("time"));
    return Stream.concat(Stream.of(config.at("metadata", "creationTimestamp")), managed)
        .flatMap(f -> f.text().stream())
        .max(Comparator.naturalOrder());
  }

  /** When the oldest container that runs in a pod started, else the pod itself. */
  private static Optional<String> started(Document pod) {
    return pod.at("status", "containerStatuses").items().stream()
        .flatMap(c -> c.get("state").get("running").get("startedAt").text().stream())
        .min(Comparator.naturalOrder())
        .or(() -> pod.at("status", "startTime").text());
  }
}
