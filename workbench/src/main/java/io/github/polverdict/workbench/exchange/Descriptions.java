package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Exchange.Described;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Trees.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Says in a few words what an input is on each side, what differs, and what mends it. */
final class Descriptions {
  private final Session a;
  private final Session b;
  private final Parts partsA;
  private final Parts partsB;
  private final UnaryOperator<ResourceId> inSecond;

  /**
   * Descriptions of the inputs of two sessions that speak the first's names.
   *
   * @param inSecond what the second calls an object in its own names
   */
  Descriptions(
      Session a, Session b, Parts partsA, Parts partsB, UnaryOperator<ResourceId> inSecond) {
    this.a = a;
    this.b = b;
    this.partsA = partsA;
    this.partsB = partsB;
    this.inSecond = inSecond;
  }

  Described of(Ingredient input) {
    List<Document> inA = partsA.of(input);
    List<Document> inB = partsB.of(input);
    return switch (input.kind()) {
      case WORKLOAD -> workload(input, inA, inB);
      case NAMESPACE -> namespace(inA, inB);
      case SERVICE -> bodies(service(inA), service(inB));
      case NODES -> described(nodes(a), nodes(b), new Both(inA, inB), List.of(), Optional.empty());
      case CONFIGURATION -> configuration(inA, inB);
      case POLICY, ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE -> bodies(inA, inB);
    };
  }

  private record Both(List<Document> a, List<Document> b) {
    Optional<Origin> originA() {
      return a.stream().findFirst().map(Document::origin);
    }

    Optional<Origin> originB() {
      return b.stream().findFirst().map(Document::origin);
    }

    boolean everywhere() {
      return !a.isEmpty() && !b.isEmpty();
    }
  }

  private static Described described(
      String inA, String inB, Both both, List<Difference> differences, Optional<String> remedy) {
    return new Described(
        both.a().isEmpty() ? "" : inA,
        both.b().isEmpty() ? "" : inB,
        both.originA(),
        both.originB(),
        differences,
        remedy);
  }

  private Described namespace(List<Document> inA, List<Document> inB) {
    Map<String, String> one = Likeness.namespaceLabels(inA);
    Map<String, String> other = Likeness.namespaceLabels(inB);
    Both both = new Both(inA, inB);
    ResourceId id = inSecond.apply((inB.isEmpty() ? inA : inB).getFirst().id());
    return described(
        labels(one),
        labels(other),
        both,
        labels(one, other, both, "metadata", "labels"),
        Optional.of(Remedies.label(id, one, other)));
  }

  private Described bodies(List<Document> inA, List<Document> inB) {
    Both both = new Both(inA, inB);
    String name = inA.isEmpty() ? "" : inA.getFirst().id().text();
    String other = inB.isEmpty() ? "" : inB.getFirst().id().text();
    if (!both.everywhere()) {
      return described(name, other, both, List.of(), missing(both));
    }
    Document one = inA.getFirst();
    Document two = named(inB.getFirst());
    List<Leaf> leaves = Likeness.leaves(one, two);
    return described(
        name, other, both, differences(leaves, one, two), Remedies.patch(one, two, leaves));
  }

  /** The document under the second's own name. */
  private Document named(Document document) {
    return new Document(
        inSecond.apply(document.id()), document.root(), document.source(), document.live());
  }

  private Optional<String> missing(Both both) {
    return both.b().isEmpty()
        ? both.a().stream().findFirst().map(d -> Remedies.apply(named(d)))
        : both.b().stream().findFirst().map(d -> Remedies.delete(inSecond.apply(d.id())));
  }

  private static List<Difference> differences(List<Leaf> leaves, Document a, Document b) {
    List<Difference> out = new ArrayList<>();
    for (Leaf leaf : leaves) {
      Field one = new Field(a, leaf.pointerA(), leaf.a());
      Field other = new Field(b, leaf.pointerB(), leaf.b());
      out.add(new Difference(leaf.says(), Optional.of(one.origin()), Optional.of(other.origin())));
    }
    return out;
  }

  private static List<Document> service(List<Document> documents) {
    return documents.stream().filter(d -> d.id().kind().equals("Service")).toList();
  }

  private Described workload(Ingredient input, List<Document> inA, List<Document> inB) {
    List<Endpoint> ofA = endpoints(a, input.name());
    List<Endpoint> ofB = endpoints(b, input.name());
    Both both = new Both(template(inA), template(inB));
    List<Difference> differs = new ArrayList<>();
    if (!ofA.isEmpty() && !ofB.isEmpty() && both.everywhere()) {
      Endpoint one = ofA.getFirst();
      Endpoint other = ofB.getFirst();
      String[] path =
          both.a().getFirst().id().kind().equals("Pod")
              ? new String[] {"metadata", "labels"}
              : new String[] {"spec", "template", "metadata", "labels"};
      differs.addAll(labels(Likeness.labels(one), Likeness.labels(other), both, path));
      changed(
          "host network",
          one.kind() == Kind.HOST_POD,
          other.kind() == Kind.HOST_POD,
          both,
          differs);
      changed(
          "service account",
          one.facts().serviceAccount(),
          other.facts().serviceAccount(),
          both,
          differs);
      changed("named ports", ports(one), ports(other), both, differs);
    }
    return described(pods(ofA), pods(ofB), both, differs, mended(both));
  }

  private Optional<String> mended(Both both) {
    if (!both.everywhere()) {
      return Optional.empty();
    }
    Document one = both.a().getFirst();
    Document two = named(both.b().getFirst());
    return Remedies.patch(one, two, Likeness.ofPods(one, two));
  }

  /** The workload object first: it makes the pods. */
  private static List<Document> template(List<Document> documents) {
    return documents.stream()
        .filter(d ->
            d.at("spec", "template").present()
                && d.at("metadata", "ownerReferences").items().isEmpty())
        .findFirst()
        .or(() -> documents.stream().filter(d -> d.id().kind().equals("Pod")).findFirst())
        .map(List::of)
        .orElse(documents);
  }

  private static List<String> ports(Endpoint endpoint) {
    return endpoint.ports().stream()
        .map(p -> p.name() + "=" + p.protocol() + " " + p.number())
        .toList();
  }

  private static void changed(
      String what, Object one, Object other, Both both, List<Difference> out) {
    if (!one.equals(other)) {
      out.add(new Difference(what + ": " + one + " -> " + other, both.originA(), both.originB()));
    }
  }

  private static List<Endpoint> endpoints(Session session, String shown) {
    return session.universe().endpoints().stream()
        .filter(e -> !e.namespace().isEmpty() && e.shownAs().equals(shown))
        .toList();
  }

  private static String pods(List<Endpoint> endpoints) {
    return endpoints.isEmpty() ? "" : "labels " + labels(Likeness.labels(endpoints.getFirst()));
  }

  private static String nodes(Session session) {
    long nodes = session.universe().endpoints().stream().filter(e -> e.kind() == Kind.NODE).count();
    long pods =
        session.universe().endpoints().stream().filter(e -> !e.namespace().isEmpty()).count();
    return nodes + " nodes, " + pods + " pods";
  }

  /** The objects that differ, by name, with the place of each. */
  private Described configuration(List<Document> inA, List<Document> inB) {
    TreeSet<String> names = new TreeSet<>();
    inA.forEach(d -> names.add(d.id().text()));
    inB.forEach(d -> names.add(d.id().text()));
    List<Difference> out = new ArrayList<>();
    for (String name : names) {
      Optional<Document> one = inA.stream().filter(d -> d.id().text().equals(name)).findFirst();
      Optional<Document> other = inB.stream().filter(d -> d.id().text().equals(name)).findFirst();
      String says = one.isEmpty() ? name + ": absent -> there" : name + ": there -> absent";
      if (one.isPresent() && other.isPresent()) {
        Likeness.leaves(one.get(), other.get())
            .forEach(l ->
                out.addAll(
                    differences(List.of(l), one.get(), other.get()).stream()
                        .map(d -> new Difference(name + " " + d.says(), d.originA(), d.originB()))
                        .toList()));
      } else {
        out.add(new Difference(says, one.map(Document::origin), other.map(Document::origin)));
      }
    }
    return described(
        inA.size() + " objects",
        inB.size() + " objects",
        new Both(inA, inB),
        out,
        Optional.empty());
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty() ? "no labels" : labels.toString().replaceAll("[{}]", "");
  }

  private static List<Difference> labels(
      Map<String, String> a, Map<String, String> b, Both both, String... path) {
    List<Difference> out = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    for (String key : keys) {
      String one = a.getOrDefault(key, "absent");
      String other = b.getOrDefault(key, "absent");
      if (!one.equals(other)) {
        out.add(
            new Difference(
                "label " + key + ": " + one + " -> " + other,
                both.a().stream().findFirst().map(d -> d.at(path).get(key).origin()),
                both.b().stream().findFirst().map(d -> d.at(path).get(key).origin())));
      }
    }
    return out;
  }
}
