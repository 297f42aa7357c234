package io.github.polverdict.dialects.api;

import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
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

  /** The version in a container's image tag; empty when there is no tag, or none with a number. */
  public static String version(Field container) {
    Matcher tag = TAG.matcher(container.get("image").text(""));
    return tag.matches() && Version.readable(tag.group(1)) ? tag.group(1).replaceFirst("^v", "") : "";
  }

  /** {@code DaemonSet kube-system/weave-net runs weave-npc:2.8.1}. */
  public static Reason imageReason(Document workload, Field container) {
    String image = container.get("image").text("(no image)");
    return new Reason(workload.id().text() + " runs " + image, container.get("image").origin());
  }

  /** The value of an environment variable that is written out. */
  public static Optional<String> env(Field container, String name) {
    return container.get("env").items().stream()
        .filter(e -> e.get("name").text("").equals(name))
        .flatMap(e -> e.get("value").text().stream())
        .findFirst();
  }

  /** The value of {@code --name=value}; {@code true} for a bare {@code --name}. */
  public static Optional<String> argument(Field container, String name) {
    return Stream.concat(container.get("command").items().stream(), container.get("args").items().stream())
        .map(f -> f.text("").strip())
        .filter(a -> a.equals("--" + name) || a.startsWith("--" + name + "="))
        .map(a -> a.contains("=") ? a.substring(a.indexOf('=') + 1) : "true")
        .reduce((_, last) -> last);
  }
}
