package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.universe.Belonging;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documents of a session by the input that they are part of. */
final class Parts {
  static final Ingredient NODES = new Ingredient(Kind.NODES, "nodes and addresses");
  static final Ingredient CONFIGURATION = new Ingredient(Kind.CONFIGURATION, "other objects");

  private final Map<Ingredient, List<Document>> documents = new LinkedHashMap<>();

  Parts(Session session) {
    Snapshot snapshot = session.snapshot();
    Belonging belonging = new Belonging(snapshot, session.grouping());
    Set<String> policyKinds = session.workbench().policyKinds();
    for (Document document : snapshot.documents()) {
      documents
          .computeIfAbsent(part(document, belonging, policyKinds), _ -> new ArrayList<>())
          .add(document);
    }
  }

  private static Ingredient part(Document document, Belonging belonging, Set<String> policyKinds) {
    String namespace = document.id().namespace();
    String kind = document.id().type();
    if (policyKinds.contains(kind)) {
      return new Ingredient(Kind.POLICY, document.id().text());
    }
    return belonging
        .of(document)
        .map(w -> new Ingredient(Kind.WORKLOAD, w))
        .orElseGet(() ->
            switch (kind) {
              case "Namespace" -> new Ingredient(Kind.NAMESPACE, document.id().name());
              case "Node" -> NODES;
              case "Service", "Endpoints" ->
                  new Ingredient(Kind.SERVICE, namespace + "/" + document.id().name());
              case "EndpointSlice" ->
                  new Ingredient(
                      Kind.SERVICE,
                      namespace
                          + "/"
                          + document
                              .at("metadata", "labels", "kubernetes.io/service-name")
                              .text(""));
              case String _ -> CONFIGURATION;
            });
  }

  Set<Ingredient> all() {
    return documents.keySet();
  }

  List<Document> of(Ingredient part) {
    return documents.getOrDefault(part, List.of());
  }
}
