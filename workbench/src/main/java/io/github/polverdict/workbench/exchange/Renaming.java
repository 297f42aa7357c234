package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A snapshot told with other names of namespaces. Names in metadata, in references and in selectors
 * of the automatic name label change together, so that every verdict stays what it was.
 */
final class Renaming {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  /** Members of these are labels, whose keys are the user's own words. */
  private static final Set<String> LABELS =
      Set.of("labels", "matchLabels", "selector", "annotations");

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> seconds = new HashMap<>();
  private final Snapshot snapshot;
  private final Correspondence map;

  /**
   * A way to tell a snapshot in the names of the first cluster.
   *
   * @throws IllegalArgumentException with a sentence for the user when two things would have one
   *     name, or a rule fits nothing
   */
  Renaming(Snapshot snapshot, Correspondence map) {
    this.snapshot = snapshot;
    this.map = map;
    TreeSet<String> seen = new TreeSet<>();
    for (Document document : snapshot.documents()) {
      boolean namespace = document.id().kind().equals("Namespace");
      seen.add(namespace ? document.id().name() : document.id().namespace());
    }
    seen.remove("");
    Map<String, String> taken = new HashMap<>();
    for (String name : seen) {
      String renamed = map.namespaces().inFirst(name);
      String other = taken.putIfAbsent(renamed, name);
      if (other != null) {
        throw new IllegalArgumentException(
            "PV070: namespaces %s and %s of the second would both be called %s; make the rules lead"
                    .formatted(other, name, renamed)
                + " to different names");
      }
      names.put(name, renamed);
      seconds.put(renamed, name);
    }
    List<String> idle = map.namespaces().idle(seen);
    if (!idle.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' fits no namespace of the second; it has %s"
              .formatted(idle.getFirst(), String.join(", ", seen.stream().limit(8).toList())));
    }
  }

  /** The snapshot in the names of the first cluster. */
  Snapshot told() {
    List<Document> documents = snapshot.documents().stream().map(this::renamed).toList();
    List<Gap> gaps = snapshot.gaps().stream().map(this::renamed).toList();
    return new Snapshot(snapshot.name(), documents, gaps, snapshot.findings());
  }

  /** What the second cluster calls an object. */
  ResourceId inSecond(ResourceId id) {
    String namespace = seconds.getOrDefault(id.namespace(), id.namespace());
    String name =
        id.kind().equals("Namespace") ? seconds.getOrDefault(id.name(), id.name()) : id.name();
    return new ResourceId(id.apiVersion(), id.kind(), namespace, name);
  }

  private String name(String namespace) {
    return names.getOrDefault(namespace, namespace);
  }

  private Gap renamed(Gap gap) {
    String namespace =
        gap.namespace().isEmpty()
            ? ""
            : names.getOrDefault(gap.namespace(), map.namespaces().inFirst(gap.namespace()));
    Set<String> except = gap.except().stream().map(this::name).collect(Collectors.toSet());
    return new Gap(gap.kinds(), namespace, except, gap.what(), gap.why(), gap.origin());
  }

  private Document renamed(Document document) {
    ResourceId id = document.id();
    boolean namespace = id.kind().equals("Namespace");
    ResourceId renamed =
        new ResourceId(
            id.apiVersion(),
            id.kind(),
            name(id.namespace()),
            namespace ? name(id.name()) : id.name());
    Mapping root = mapping(document.root(), false);
    if (namespace && root.entries().get("metadata") instanceof Mapping metadata) {
      Value name = new Scalar(renamed.name(), Value.Type.STRING, metadata.mark());
      root = Trees.with(root, "metadata", Trees.with(metadata, "name", name));
    }
    return new Document(renamed, root, document.source(), document.live());
  }

  private Value value(Value value, boolean labels) {
    return switch (value) {
      case Scalar s -> range(s);
      case Sequence s ->
          new Sequence(s.items().stream().map(i -> value(i, false)).toList(), s.mark());
      case Mapping m -> mapping(m, labels);
    };
  }

  /** A range of addresses as the first cluster writes it. */
  private Scalar range(Scalar scalar) {
    for (Map.Entry<String, String> rule : map.ranges().entrySet()) {
      if (rule.getValue().equals(scalar.text())) {
        return new Scalar(rule.getKey(), scalar.type(), scalar.mark());
      }
    }
    return scalar;
  }

  private Mapping mapping(Mapping mapping, boolean labels) {
    boolean byName =
        mapping.entries().get("key") instanceof Scalar key && key.text().equals(NAME_LABEL);
    Map<String, Value> entries = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, value) -> {
          if (key.equals(NAME_LABEL) || (key.equals("namespace") && !labels)) {
            entries.put(key, scalar(value));
          } else {
            boolean values = byName && key.equals("values");
            entries.put(key, values ? scalars(value) : value(value, LABELS.contains(key)));
          }
        });
    return new Mapping(entries, mapping.mark());
  }

  private Value scalars(Value value) {
    return value instanceof Sequence s
        ? new Sequence(s.items().stream().map(this::scalar).toList(), s.mark())
        : value;
  }

  private Value scalar(Value value) {
    return value instanceof Scalar s
        ? new Scalar(name(s.text()), s.type(), s.mark())
        : value(value, false);
  }
}
