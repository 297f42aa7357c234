package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Reading.Draft;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one snapshot of what was read of all files: gives every object its namespace, once. */
final class Assembly {
  private record Key(String group, String kind, String namespace, String name) {}

  private final Scopes known;
  private final String saidNamespace;
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Key, Document> documents = new LinkedHashMap<>();

  /**
   * @param namespace of objects that name none; empty when nobody said one
   */
  Assembly(Scopes known, String namespace) {
    this.known = known;
    this.saidNamespace = namespace;
  }

  Snapshot snapshot(String name, List<Reading> readings) {
    Scopes scopes = defined(readings);
    List<Draft> homeless = new ArrayList<>();
    for (Reading reading : readings) {
      gaps.addAll(reading.gaps());
      findings.addAll(reading.findings());
      for (Draft draft : reading.drafts()) {
        add(draft, scopes, homeless);
      }
    }
    tellHomeless(homeless);
    if (documents.isEmpty()) {
      String message = "No Kubernetes object was read";
      findings.add(
          new Finding(
              "PV031",
              Severity.ERROR,
              message,
              "check the paths",
              new Origin.InFile("", name, "", 1, 1)));
    }
    return new Snapshot(name, List.copyOf(documents.values()), gaps, findings);
  }

  private void add(Draft draft, Scopes scopes, List<Draft> homeless) {
    boolean isKnown = scopes.isNamespaced(draft.group(), draft.kind()).isPresent();
    boolean namespaced =
        scopes.isNamespaced(draft.group(), draft.kind()).orElse(draft.namespace() != null);
    String namespace = "";
    if (namespaced && draft.namespace() != null) {
      namespace = draft.namespace();
    } else if (namespaced && isKnown) {
      namespace = saidNamespace.isEmpty() ? "default" : saidNamespace;
      homeless.add(draft);
    }
    ResourceId id = new ResourceId(draft.apiVersion(), draft.kind(), namespace, draft.name());
    Document document = new Document(id, draft.root(), draft.source(), false);
    Key key = new Key(id.group(), id.kind(), id.namespace(), id.name());
    Document before = documents.put(key, document);
    if (before != null) {
      String message =
          "%s stands twice, first at %s; this one is used, as if applied in this order"
              .formatted(id.text(), place(before));
      findings.add(
          new Finding("PV013", Severity.ERROR, message, "remove one of them", document.origin()));
    }
  }

  private void tellHomeless(List<Draft> homeless) {
    if (homeless.isEmpty() || !saidNamespace.isEmpty()) {
      return;
    }
    Draft first = homeless.getFirst();
    Mark mark = first.root().mark();
    String count = homeless.size() == 1 ? "One object names" : homeless.size() + " objects name";
    String message =
        count + " no namespace, first " + first.text() + "; read as in the namespace default";
    Origin at = new Origin.InFile(first.text(), first.source(), "", mark.line(), mark.column());
    findings.add(new Finding("PV014", Severity.NOTE, message, "name another with -n", at));
  }

  private static String place(Document document) {
    Mark mark = document.root().mark();
    return document.source() + ":" + mark.line() + ":" + mark.column();
  }

  /** The scopes that the objects' own custom resource definitions tell, over those known before. */
  private Scopes defined(List<Reading> readings) {
    Scopes out = known;
    for (Reading reading : readings) {
      for (Draft draft : reading.drafts()) {
        if (draft.kind().equals("CustomResourceDefinition")
            && draft.root().entries().get("spec") instanceof Mapping spec
            && spec.entries().get("group") instanceof Scalar group
            && spec.entries().get("scope") instanceof Scalar scope
            && spec.entries().get("names") instanceof Mapping names
            && names.entries().get("kind") instanceof Scalar kind) {
          out = out.with(group.text(), kind.text(), scope.text().equals("Namespaced"));
        }
      }
    }
    return out;
  }
}
