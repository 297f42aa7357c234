package io.github.polverdict.dialects.api;

import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the DaemonSets of agents: containers, image tags, arguments, environment. */
public final class Agents {
  private static final Pattern TAG = Pattern.compile("[^@]*:([^:/@]+)(@.*)?");

  private Agents() {}

  public static List<Document> daemonSets(Snapshot snapshot) {
    return snapshot.ofKind("DaemonSet");
  }

  /** The container of that name in a workload's template. */
  public static Optional<Field> container(Document workload, String name) {
    return workload.at("spec", "template", "spec", "containers").items().stream()
        .filter(c -> c.get("name").text("").equals(name))
        .findFirst();
  }

  /** The only or first container of a workload's template. */
  public static Optional<Field> firstContainer(Document workload) {
    return workload.at("spec", "template", "spec", "containers").items().stream().findFirst();
  }

  /**
   * One sighting for each version that the agent's pods run, on their nodes; one for the template's
   * version when all run that, or when there are no pods.
   */
  public static List<Sighting> byVersion(
      Snapshot snapshot, Document workload, Field container, Function<String, Sighting> sighting) {
    Map<String, Set<String>> nodes = new TreeMap<>();
    Map<String, Reason> reasons = new TreeMap<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      boolean owned =
          pod.id().namespace().equals(workload.id().namespace())
              && pod.at("metadata", "ownerReferences").items().stream()
                  .anyMatch(o ->
                      o.get("kind").text("").equals("DaemonSet")
                          && o.get("name").text("").equals(workload.id().name()));
      String name = container.get("name").text("");
      if (owned) {
        pod.at("spec", "containers").items().stream()
            .filter(c -> c.get("name").text("").equals(name))
            .forEach(c -> {
              nodes
                  .computeIfAbsent(version(c), _ -> new TreeSet<>())
                  .add(pod.at("spec", "nodeName").text(""));
              reasons.putIfAbsent(version(c), imageReason(pod, c));
            });
      }
    }
    if (nodes.size() < 2) {
      String only = nodes.isEmpty() ? version(container) : nodes.keySet().iterator().next();
      Reason reason = reasons.getOrDefault(only, imageReason(workload, container));
      return List.of(with(sighting.apply(only), reason, Optional.empty()));
    }
    return nodes.entrySet().stream()
        .map(e ->
            with(
                sighting.apply(e.getKey()),
                reasons.getOrDefault(e.getKey(), imageReason(workload, container)),
                Optional.of(e.getValue())))
        .toList();
  }

  private static Sighting with(Sighting sighting, Reason first, Optional<Set<String>> nodes) {
    List<Reason> because = new ArrayList<>(List.of(first));
    because.addAll(sighting.because());
    return new Sighting(
        sighting.dialect(), sighting.version(), sighting.settings(), nodes, because);
  }

  /** The sightings of a DaemonSet's agent on the nodes only where its pods can run. */
  public static List<Sighting> placed(
      Snapshot snapshot, Document workload, List<Sighting> sightings) {
    Optional<Set<String>> reached = Placement.of(snapshot, workload);
    if (reached.isEmpty()) {
      return sightings;
    }
    List<Sighting> out = new ArrayList<>();
    for (Sighting s : sightings) {
      Set<String> nodes = new TreeSet<>(reached.get());
      s.nodes().ifPresent(nodes::retainAll);
      out.add(
          new Sighting(s.dialect(), s.version(), s.settings(), Optional.of(nodes), s.because()));
    }
    return out;
  }

  /** The version in a container's image tag; empty when there is no tag, or none with a number. */
  public static String version(Field container) {
    Matcher tag = TAG.matcher(container.get("image").text(""));
    return tag.matches() && Version.readable(tag.group(1))
        ? tag.group(1).replaceFirst("^v", "")
        : "";
  }

  /** Whether a version as found is in a range as {@code ">= 1.35, < 1.37.2"}. */
  public static boolean isIn(String version, String range) {
    return Version.readable(version) && Version.parse(version).in(range);
  }

  /** {@code DaemonSet kube-system/weave-net runs weave-npc:2.8.1}. */
  public static Reason imageReason(Document workload, Field container) {
    String image = container.get("image").text("(no image)");
    return new Reason(workload.id().text() + " runs " + image, container.get("image").origin());
  }

  /** The written value of an environment variable. */
  public static Optional<String> env(Field container, String name) {
    return variable(container, name).flatMap(f -> f.text()).map(Agents::plain);
  }

  /** Where it is written: the last place, as k0s repeats some to change them. */
  public static Optional<Field> variable(Field container, String name) {
    return container.get("env").items().stream()
        .filter(e -> e.get("name").text("").equals(name))
        .map(e -> e.get("value"))
        .filter(v -> v.text().isPresent())
        .reduce((_, last) -> last);
  }

  /**
   * The value of {@code --name=value}, or of {@code -name=value} as Go's flags also take it; {@code
   * true} for the bare name.
   */
  public static Optional<String> argument(Field container, String name) {
    return Stream.concat(
            container.get("command").items().stream(), container.get("args").items().stream())
        .map(f -> f.text("").strip().replaceFirst("^-(?!-)", "--"))
        .filter(a -> a.equals("--" + name) || a.startsWith("--" + name + "="))
        .map(a -> a.contains("=") ? plain(a.substring(a.indexOf('=') + 1)) : "true")
        .reduce((_, last) -> last);
  }

  /** {@code True} and {@code False}, as kubespray's templates write them, in lower case. */
  public static String plain(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? lower : value;
  }
}
