package io.github.polverdict.dialects;

import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Snapshots from YAML, as files or as a running cluster, and the engines that they show. */
public final class Seen {
  private static final DialectResolver RESOLVER = new DialectResolver(Dialects.installed());

  private Seen() {}

  public static Snapshot files(String... yaml) {
    String all = String.join("\n---\n", yaml);
    try {
      return FileSource.of(
              List.of("-"), new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)))
          .read();
    } catch (UnreadableSource e) {
      throw new AssertionError(e);
    }
  }

  /** The same objects, as read through a context called lab. */
  public static Snapshot live(String... yaml) {
    Snapshot files = files(yaml);
    return files.withDocuments(
        files.documents().stream().map(d -> new Document(d.id(), d.root(), "lab", true)).toList());
  }

  /** The engines of a snapshot when nobody says one. */
  public static List<Sighting> engines(Snapshot snapshot) {
    return RESOLVER.resolve(snapshot, Optional.empty());
  }

  /** A DaemonSet of kube-system; containers as a flow sequence. */
  public static String daemonSet(String name, String containers) {
    return """
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: %s, namespace: kube-system}
    spec:
      selector: {matchLabels: {k8s-app: %s}}
      template:
        metadata: {labels: {k8s-app: %s}}
        spec:
          containers: %s
    """
        .formatted(name, name, name, containers);
  }

  /** A Node; more metadata as lines. */
  public static String node(String name, String... metadata) {
    String more = metadata.length == 0 ? "" : "\n  " + String.join("\n  ", metadata);
    return "apiVersion: v1\nkind: Node\nmetadata:\n  name: " + name + more;
  }
}
