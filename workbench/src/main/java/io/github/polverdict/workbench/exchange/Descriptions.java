package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Exchange.Described;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says in a few words what an input is on each side and what differs. */
final class Descriptions {
  private final Session a;
  private final Session b;
  private final Parts partsA;
  private final Parts partsB;

  Descriptions(Session a, Session b, Parts partsA, Parts partsB) {
    this.a = a;
    this.b = b;
    this.partsA = partsA;
    this.partsB = partsB;
  }

  Described of(Ingredient input) {
    List<Document> inA = partsA.of(input);
    List<Document> inB = partsB.of(input);
    return switch (input.kind()) {
      case WORKLOAD -> workload(input, inA, inB);
      case NAMESPACE -> {
        Map<String, String> labelsA = Likeness.namespaceLabels(inA);
        Map<String, String> labelsB = Likeness.namespaceLabels(inB);
        yield described(
            text(inA, labels(labelsA)),
            text(inB, labels(labelsB)),
            inA,
            inB,
            labels(labelsA, labelsB));
      }
      case SERVICE -> bodies(service(inA), service(inB));
      case NODES -> described(nodes(a), nodes(b), inA, inB, List.of());
      case CONFIGURATION -> described(count(inA), count(inB), inA, inB, configuration(inA, inB));
      case POLICY, ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE -> bodies(inA, inB);
    };
  }

  private static Described described(
      String inA, String inB, List<Document> a, List<Document> b, List<String> differs) {
    return new Described(inA, inB, origin(a), origin(b), differs);
  }

  private static Optional<Origin> origin(List<Document> documents) {
    return documents.stream().findFirst().map(Document::origin);
  }

  private static String text(List<Document> documents, String words) {
    return documents.isEmpty() ? "" : words;
  }

  private static Described bodies(List<Document> a, List<Document> b) {
    List<String> differs =
        a.isEmpty() || b.isEmpty() ? List.of() : Trees.differences(spec(a), spec(b), "spec");
    return described(
        text(a, a.isEmpty() ? "" : a.getFirst().id().text()),
        text(b, b.isEmpty() ? "" : b.getFirst().id().text()),
        a,
        b,
        differs);
  }

  private static @Nullable Value spec(List<Document> documents) {
    return documents.getFirst().at("spec").value();
  }

  private static List<Document> service(List<Document> documents) {
    return documents.stream().filter(d -> d.id().kind().equals("Service")).toList();
  }

  private Described workload(Ingredient input, List<Document> inA, List<Document> inB) {
    List<Endpoint> ofA = endpoints(a, input.name());
    List<Endpoint> ofB = endpoints(b, input.name());
    List<String> differs = new ArrayList<>();
    if (!ofA.isEmpty() && !ofB.isEmpty()) {
      Endpoint one = ofA.getFirst();
      Endpoint other = ofB.getFirst();
      differs.addAll(labels(Likeness.labels(one), Likeness.labels(other)));
      changed("host network", one.kind() == Kind.HOST_POD, other.kind() == Kind.HOST_POD, differs);
      changed(
          "service account", one.facts().serviceAccount(), other.facts().serviceAccount(), differs);
      changed("named ports", ports(one), ports(other), differs);
    }
    return described(pods(ofA), pods(ofB), inA, inB, differs);
  }

  private static List<String> ports(Endpoint endpoint) {
    return endpoint.ports().stream()
        .map(p -> p.name() + "=" + p.protocol() + " " + p.number())
        .toList();
  }

  private static void changed(String what, Object one, Object other, List<String> out) {
    if (!one.equals(other)) {
      out.add(what + ": " + one + " -> " + other);
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

  private static String count(List<Document> documents) {
    return documents.size() + " objects";
  }

  private static List<String> configuration(List<Document> a, List<Document> b) {
    List<String> texts =
        b.stream().map(d -> d.id().text() + Trees.text(d.root(), java.util.Set.of())).toList();
    List<String> others =
        a.stream().map(d -> d.id().text() + Trees.text(d.root(), java.util.Set.of())).toList();
    TreeSet<String> out = new TreeSet<>();
    a.stream()
        .filter(d -> !texts.contains(d.id().text() + Trees.text(d.root(), java.util.Set.of())))
        .forEach(d -> out.add(d.id().text()));
    b.stream()
        .filter(d -> !others.contains(d.id().text() + Trees.text(d.root(), java.util.Set.of())))
        .forEach(d -> out.add(d.id().text()));
    return out.stream().limit(6).toList();
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty() ? "no labels" : labels.toString().replaceAll("[{}]", "");
  }

  private static List<String> labels(Map<String, String> a, Map<String, String> b) {
    List<String> out = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    for (String key : keys) {
      String one = a.getOrDefault(key, "absent");
      String other = b.getOrDefault(key, "absent");
      if (!one.equals(other)) {
        out.add("label " + key + ": " + one + " -> " + other);
      }
    }
    return out;
  }
}
