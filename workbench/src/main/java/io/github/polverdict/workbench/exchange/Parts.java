package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.universe.Belonging;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The documents of a session by the input that they are part of; but for what a controller makes of
 * Services and pods.
 */
final class Parts {
  static final Ingredient NODES = new Ingredient(Kind.NODES, "nodes and addresses");
  static final Ingredient CONFIGURATION = new Ingredient(Kind.CONFIGURATION, "other objects");

  private final Map<Ingredient, List<Document>> documents = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> selectors = new TreeMap<>();
  private final Map<String, List<Document>> slices = new HashMap<>();

  Parts(Session session) {
    Snapshot snapshot = session.snapshot();
    Belonging belonging = new Belonging(snapshot, session.grouping());
    Set<String> policyKinds = session.workbench().policyKinds();
    for (Document service : snapshot.ofKind("Service")) {
      Map<String, String> selector = service.at("spec", "selector").strings();
      if (!selector.isEmpty()) {
        selectors.put(service.id().namespace() + "/" + service.id().name(), selector);
      }
    }
    for (Document document : snapshot.documents()) {
      Ingredient part = part(document, belonging, policyKinds);
      boolean made =
          document.id().kind().startsWith("Endpoint") && selectors.containsKey(part.name());
      if (made && part.kind() == Kind.SERVICE) {
        slices.computeIfAbsent(part.name(), _ -> new ArrayList<>()).add(document);
      } else {
        documents.computeIfAbsent(part, _ -> new ArrayList<>()).add(document);
      }
    }
  }

  private static Ingredient part(Document document, Belonging belonging, Set<String> policyKinds) {
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
              case "Service", "Endpoints", "EndpointSlice" ->
                  new Ingredient(Kind.SERVICE, service(document));
              case String _ -> CONFIGURATION;
            });
  }

  /** The Service, {@code shop/web}, that a document is or whose endpoints it lists. */
  static String service(Document document) {
    String name =
        document.id().kind().equals("EndpointSlice")
            ? document.at("metadata", "labels", "kubernetes.io/service-name").text("")
            : document.id().name();
    return document.id().namespace() + "/" + name;
  }

  Set<Ingredient> all() {
    return documents.keySet();
  }

  List<Document> of(Ingredient part) {
    return documents.getOrDefault(part, List.of());
  }

  /** The Services that select pods. */
  Set<String> services() {
    return selectors.keySet();
  }

  /** The selector of a Service; empty when it has none. */
  Map<String, String> selector(String service) {
    return selectors.getOrDefault(service, Map.of());
  }

  /** What a controller made of the selector of a Service: EndpointSlices and Endpoints. */
  List<Document> slices(String service) {
    return slices.getOrDefault(service, List.of());
  }
}
