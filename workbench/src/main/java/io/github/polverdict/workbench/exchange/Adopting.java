package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.workbench.exchange.Correspondence.Named;
import io.github.polverdict.workbench.universe.Belonging;
import io.github.polverdict.workbench.universe.Grouping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A snapshot in which some workloads and Services have other names. Pods go with the workload that
 * they belong to; labels, selectors and ports stay as they are.
 */
final class Adopting {
  private final Correspondence map;
  private final Belonging belonging;
  private final Set<String> used = new HashSet<>();

  private Adopting(Snapshot snapshot, Correspondence map) {
    this.map = map;
    this.belonging = new Belonging(snapshot, Grouping.WORKLOAD);
  }

  /**
   * The snapshot, which already has the first cluster's names of namespaces, with that cluster's
   * names of objects.
   *
   * @throws IllegalArgumentException with a sentence for the user when two things would have one
   *     name, or a rule fits nothing
   */
  static Snapshot of(Snapshot snapshot, Correspondence map) {
    if (map.objects().isEmpty()) {
      return snapshot;
    }
    Adopting adopting = new Adopting(snapshot, map);
    List<Document> documents = new ArrayList<>();
    snapshot.documents().forEach(d -> documents.add(adopting.renamed(d)));
    Set<String> seen = new HashSet<>();
    for (Document document : documents) {
      if (!seen.add(document.id().type() + " " + document.id().text())) {
        throw new IllegalArgumentException(
            "PV070: two objects of the second would both be called %s; map the other one, too"
                .formatted(document.id().text()));
      }
    }
    TreeSet<String> idle = new TreeSet<>(map.objects().keySet());
    idle.removeAll(adopting.used);
    if (!idle.isEmpty()) {
      String first = idle.first();
      throw new IllegalArgumentException(
          "'%s=%s' fits nothing: the second has no such %s"
              .formatted(
                  first,
                  map.objects().get(first),
                  Named.of(String.valueOf(map.objects().get(first))).kind()));
    }
    return snapshot.withDocuments(documents);
  }

  /** An object of the first under the name that the second cluster has for it. */
  static Document inSecond(Document document, Correspondence map) {
    ResourceId id = document.id();
    String second = map.objects().get(id.kind() + " " + id.namespace() + "/" + id.name());
    return second == null ? document : named(document, Named.of(second));
  }

  /** The version of the API of a kind that may have been another. */
  private static String version(ResourceId id, String kind) {
    return kind.equals(id.kind())
        ? id.apiVersion()
        : switch (kind) {
          case "Job" -> "batch/v1";
          case "ReplicationController" -> "v1";
          case String _ -> "apps/v1";
        };
  }

  private Document renamed(Document document) {
    ResourceId id = document.id();
    String kind = id.kind();
    String name = id.namespace() + "/" + id.name();
    if (kind.equals("Service") || kind.equals("Endpoints")) {
      return called(document, "Service", name);
    }
    if (kind.equals("EndpointSlice")) {
      return slice(document);
    }
    String shown = belonging.of(document).orElse("");
    if (shown.isEmpty()) {
      return document;
    }
    String workload = shown.substring(shown.indexOf('[') + 1, shown.length() - 1);
    String second = shown.substring(0, shown.indexOf('['));
    if (workload.equals(kind) && second.equals(name)) {
      return called(document, kind, name);
    }
    return map.inFirst(workload, second).map(first -> owned(document, first)).orElse(document);
  }

  private Document called(Document document, String kind, String name) {
    return map.inFirst(kind, name)
        .map(first -> {
          used.add(first.kind() + " " + first.name());
          if (!first.name().startsWith(document.id().namespace() + "/")) {
            throw new IllegalArgumentException(
                "'%s %s=%s': the namespaces do not correspond; map them, too"
                    .formatted(first.kind(), first.name(), name));
          }
          return named(document, first);
        })
        .orElse(document);
  }

  /** The document under another name and, where it makes pods, perhaps of another kind. */
  private static Document named(Document document, Named first) {
    ResourceId id = document.id();
    String name = first.own();
    String kind = document.id().kind().equals("Endpoints") ? "Endpoints" : first.kind();
    ResourceId renamed = new ResourceId(version(id, kind), kind, id.namespace(), name);
    return new Document(
        renamed,
        metadata(document, "name", text(name, document)),
        document.source(),
        document.live());
  }

  private static Mapping metadata(Document document, String key, Value value) {
    return document.root().entries().get("metadata") instanceof Mapping metadata
        ? Trees.with(document.root(), "metadata", Trees.with(metadata, key, value))
        : document.root();
  }

  private static Scalar text(String text, Document document) {
    return new Scalar(text, Value.Type.STRING, document.root().mark());
  }

  /** A pod or an intermediate controller under its workload's other name. */
  private static Document owned(Document document, Named first) {
    Mapping owner =
        new Mapping(
            Map.of(
                "kind", text(first.kind(), document),
                "name", text(first.own(), document),
                "controller", new Scalar("true", Value.Type.BOOLEAN, document.root().mark())),
            document.root().mark());
    Value owners = new Sequence(List.of(owner), document.root().mark());
    return new Document(
        document.id(),
        metadata(document, "ownerReferences", owners),
        document.source(),
        document.live());
  }

  private Document slice(Document document) {
    String label = "kubernetes.io/service-name";
    String service = document.at("metadata", "labels", label).text("");
    return map.inFirst("Service", document.id().namespace() + "/" + service)
        .filter(_ -> document.at("metadata", "labels").value() instanceof Mapping)
        .map(first -> {
          Mapping labels =
              (Mapping) java.util.Objects.requireNonNull(document.at("metadata", "labels").value());
          Value name = text(first.own(), document);
          return new Document(
              document.id(),
              metadata(document, "labels", Trees.with(labels, label, name)),
              document.source(),
              document.live());
        })
        .orElse(document);
  }
}
