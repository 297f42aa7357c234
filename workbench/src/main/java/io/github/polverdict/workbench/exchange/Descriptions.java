package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Exchange.Described;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Says in a few words what an input is on each side, what differs, and what mends it. */
final class Descriptions {
  private final Session a;
  private final Session b;
  private final Parts partsA;
  private final Parts partsB;
  private final UnaryOperator<Document> inSecond;

  /**
   * Descriptions of the inputs of two sessions that speak the first's names.
   *
   * @param inSecond an object in the second's own names
   */
  Descriptions(Session a, Session b, Parts partsA, Parts partsB, UnaryOperator<Document> inSecond) {
    this.a = a;
    this.b = b;
    this.partsA = partsA;
    this.partsB = partsB;
    this.inSecond = inSecond;
  }

  /**
   * An input.
   *
   * @param fields those of its fields that matter, or all
   */
  Described of(Ingredient input, Fields fields, BitSet chosen) {
    Both both = new Both(partsA.of(input), partsB.of(input));
    return switch (input.kind()) {
      case WORKLOAD -> workload(input, both, fields, chosen);
      case NAMESPACE ->
          described(
              labels(both.a()),
              labels(both.b()),
              both,
              fields.differences(chosen),
              label(both, fields, chosen));
      case SERVICE -> named(new Both(service(both.a()), service(both.b())), fields, chosen);
      case NODES ->
          described(nodes(a), nodes(b), both, fields.differences(chosen), mend(fields, chosen));
      case CONFIGURATION ->
          described(
              both.a().size() + " objects",
              both.b().size() + " objects",
              both,
              fields.differences(chosen),
              mend(fields, chosen));
      case POLICY, ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE -> named(both, fields, chosen);
    };
  }

  private Optional<String> mend(Fields fields, BitSet chosen) {
    return fields.remedy(chosen, inSecond);
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

  /** A namespace that one side does not declare has no labels there. */
  private Optional<String> label(Both both, Fields fields, BitSet chosen) {
    if (both.everywhere()) {
      return mend(fields, chosen);
    }
    Document only = (both.b().isEmpty() ? both.a() : both.b()).getFirst();
    return Optional.of(
        Remedies.label(
            inSecond.apply(only).id(),
            Likeness.namespaceLabels(both.a()),
            Likeness.namespaceLabels(both.b())));
  }

  private Described named(Both both, Fields fields, BitSet chosen) {
    return described(
        both.a().isEmpty() ? "" : both.a().getFirst().id().text(),
        both.b().isEmpty() ? "" : both.b().getFirst().id().text(),
        both,
        fields.differences(chosen),
        both.everywhere() ? mend(fields, chosen) : missing(both));
  }

  private Optional<String> missing(Both both) {
    return both.b().isEmpty()
        ? both.a().stream().findFirst().map(d -> Remedies.apply(inSecond.apply(d)))
        : both.b().stream().findFirst().map(d -> Remedies.delete(inSecond.apply(d).id()));
  }

  private static List<Document> service(List<Document> documents) {
    return documents.stream().filter(d -> d.id().kind().equals("Service")).toList();
  }

  private Described workload(Ingredient input, Both all, Fields fields, BitSet chosen) {
    List<Endpoint> ofA = endpoints(a, input.name());
    List<Endpoint> ofB = endpoints(b, input.name());
    Both both = new Both(Templates.maker(all.a()), Templates.maker(all.b()));
    List<Difference> differs = new ArrayList<>(fields.differences(chosen));
    if (differs.isEmpty() && !ofA.isEmpty() && !ofB.isEmpty()) {
      differs.addAll(ofPods(ofA.getFirst(), ofB.getFirst(), both));
    }
    return described(pods(ofA), pods(ofB), both, differs, mend(fields, chosen));
  }

  /** What differs between pods whose templates say the same. */
  private static List<Difference> ofPods(Endpoint one, Endpoint other, Both both) {
    List<Difference> out = new ArrayList<>();
    changed("labels", words(Likeness.labels(one)), words(Likeness.labels(other)), both, out);
    changed("host network", one.kind() == Kind.HOST_POD, other.kind() == Kind.HOST_POD, both, out);
    changed(
        "service account", one.facts().serviceAccount(), other.facts().serviceAccount(), both, out);
    changed("named ports", ports(one), ports(other), both, out);
    return out;
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

  /** Where the pods of a workload are and how many, or the addresses of a Service. */
  Difference placed(Ingredient part) {
    Both all = new Both(partsA.of(part), partsB.of(part));
    long one = Placement.pods(all.a());
    long other = Placement.pods(all.b());
    Both both =
        part.kind() == Ingredient.Kind.WORKLOAD
            ? new Both(Templates.maker(all.a()), Templates.maker(all.b()))
            : all;
    String says =
        one == other
            ? "addresses and places of " + part.name()
            : "pods of %s, their places and addresses: %d -> %d".formatted(part.name(), one, other);
    return new Difference(says, both.originA(), both.originB());
  }

  private static String pods(List<Endpoint> endpoints) {
    return endpoints.isEmpty() ? "" : "labels " + words(Likeness.labels(endpoints.getFirst()));
  }

  private static String nodes(Session session) {
    long nodes = session.universe().endpoints().stream().filter(e -> e.kind() == Kind.NODE).count();
    long pods =
        session.universe().endpoints().stream().filter(e -> !e.namespace().isEmpty()).count();
    return nodes + " nodes, " + pods + " pods";
  }

  private static String labels(List<Document> namespace) {
    return words(Likeness.namespaceLabels(namespace));
  }

  private static String words(Map<String, String> labels) {
    return labels.isEmpty() ? "no labels" : labels.toString().replaceAll("[{}]", "");
  }
}
