package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A snapshot told with other namespace names. Names in metadata, in references and in selectors of
 * the automatic name label change together, so that every verdict stays what it was.
 */
final class Renaming {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  /** Members of these are labels, whose keys are the user's own words. */
  private static final Set<String> LABELS =
      Set.of("labels", "matchLabels", "selector", "annotations");

  private final Map<String, String> names = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  private Renaming(Snapshot snapshot, NamespaceMap map) {
    Map<String, Document> seen = new TreeMap<>();
    for (Document document : snapshot.documents()) {
      seen.putIfAbsent(document.id().namespace(), document);
      if (document.id().kind().equals("Namespace")) {
        seen.put(document.id().name(), document);
      }
    }
    seen.remove("");
    Map<String, String> taken = new HashMap<>();
    seen.forEach((name, document) -> decide(name, map.inFirst(name), document, taken));
  }

  private void decide(String name, String renamed, Document document, Map<String, String> taken) {
    String other = taken.putIfAbsent(renamed, name);
    if (other == null) {
      names.put(name, renamed);
      return;
    }
    findings.add(
        new Finding(
            "PV070",
            Severity.ERROR,
            "Namespaces %s and %s would both be called %s: %s keeps its own name"
                .formatted(other, name, renamed, name),
            "make the rules of --map lead to different names",
            document.origin()));
  }

  static Snapshot of(Snapshot snapshot, NamespaceMap map) {
    Renaming renaming = new Renaming(snapshot, map);
    List<Document> documents = snapshot.documents().stream().map(renaming::renamed).toList();
    List<Gap> gaps = snapshot.gaps().stream().map(g -> renaming.renamed(g, map)).toList();
    List<Finding> findings = new ArrayList<>(snapshot.findings());
    findings.addAll(renaming.findings);
    return new Snapshot(snapshot.name(), documents, gaps, findings);
  }

  private String name(String namespace) {
    return names.getOrDefault(namespace, namespace);
  }

  private Gap renamed(Gap gap, NamespaceMap map) {
    String namespace =
        gap.namespace().isEmpty()
            ? ""
            : names.getOrDefault(gap.namespace(), map.inFirst(gap.namespace()));
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
      root =
          with(
              root,
              "metadata",
              with(
                  metadata,
                  "name",
                  new Scalar(renamed.name(), Value.Type.STRING, metadata.mark())));
    }
    return new Document(renamed, root, document.source(), document.live());
  }

  private static Mapping with(Mapping mapping, String key, Value value) {
    Map<String, Value> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, value);
    return new Mapping(entries, mapping.mark());
  }

  private Value value(Value value, boolean labels) {
    return switch (value) {
      case Scalar s -> s;
      case Sequence s ->
          new Sequence(s.items().stream().map(i -> value(i, false)).toList(), s.mark());
      case Mapping m -> mapping(m, labels);
    };
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
