package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What controllers would make of changed objects: pods become as their template says, and a Service
 * leads to the pods that its selector selects.
 */
final class Controllers {
  private Controllers() {}

  /** The objects with another state of a workload, and what it owns as that one's template says. */
  static List<Document> rolledOut(List<Document> documents, Document one, Document other) {
    List<Document> all = new ArrayList<>(List.of(one));
    all.addAll(owned(documents, one));
    Fields fields = Fields.of(Kind.WORKLOAD, all, List.of(other));
    List<Document> out = new ArrayList<>(documents);
    out.removeAll(all);
    out.add(other);
    Placement.readdressed(fields.mixed(fields.all()), all).stream()
        .filter(d -> !d.id().equals(one.id()))
        .forEach(out::add);
    return out;
  }

  /** What an object owns, and what that owns, as the garbage collector sees it. */
  static List<Document> owned(List<Document> documents, Document owner) {
    List<Document> out = new ArrayList<>();
    for (Document document : documents) {
      boolean its =
          document.id().namespace().equals(owner.id().namespace())
              && document.at("metadata", "ownerReferences").items().stream()
                  .anyMatch(r ->
                      r.get("kind").text("").equals(owner.id().kind())
                          && r.get("name").text("").equals(owner.id().name()));
      if (its) {
        out.add(document);
        out.addAll(owned(documents, document));
      }
    }
    return out;
  }

  /**
   * The objects without the EndpointSlices and Endpoints of before whose Service, or whose pods,
   * are others now.
   */
  static List<Document> withoutStale(Snapshot before, List<Document> after) {
    Map<String, Set<Document>> then = led(before.documents());
    Map<String, Set<Document>> now = led(after);
    Set<Document> known = new HashSet<>(before.documents());
    return after.stream()
        .filter(d ->
            !d.id().kind().startsWith("Endpoint")
                || !known.contains(d)
                || then.getOrDefault(Parts.service(d), Set.of())
                    .equals(now.getOrDefault(Parts.service(d), Set.of())))
        .toList();
  }

  /** Each Service that selects pods, with these pods and itself. */
  private static Map<String, Set<Document>> led(List<Document> documents) {
    Map<String, List<Document>> pods = new HashMap<>();
    documents.stream()
        .filter(d -> d.id().kind().equals("Pod"))
        .forEach(d -> pods.computeIfAbsent(d.id().namespace(), _ -> new ArrayList<>()).add(d));
    Map<String, Set<Document>> out = new HashMap<>();
    for (Document service : documents) {
      Map<String, String> selector = service.at("spec", "selector").strings();
      if (service.id().kind().equals("Service") && !selector.isEmpty()) {
        Set<Document> made = new HashSet<>(Set.of(service));
        pods.getOrDefault(service.id().namespace(), List.of()).stream()
            .filter(p -> Likeness.labels(p).entrySet().containsAll(selector.entrySet()))
            .forEach(made::add);
        out.put(Parts.service(service), made);
      }
    }
    return out;
  }
}
