package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.schema.Schema;
import io.github.polverdict.snapshot.schema.SchemaValidator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which schemas an object may have to fit, and why the API server would refuse it. A schema is read
 * when the first object of its kind asks for it.
 */
final class Definitions {
  static final String CODE = "PV080";
  private static final String DEFINITION = "CustomResourceDefinition";

  /** A dialect's bundle. */
  record Owned(Dialect dialect, Bundle bundle) {}

  private final Map<String, Owned> byGroup;
  private final Map<String, Map<String, Schema>> read = new ConcurrentHashMap<>();

  /** The bundles by group. */
  Definitions(Map<String, Owned> byGroup) {
    this.byGroup = Map.copyOf(byGroup);
  }

  /**
   * Why an object is refused, as errors, and which of its fields are dropped, as warnings: by the
   * definition that is in the snapshot; else by every bundled one that may be in force beside the
   * engine. What a server took before is refused only if no bundled release takes it, and then the
   * definition of the cluster is another one.
   */
  List<Finding> refusals(Document document, Snapshot snapshot, Engine engine) {
    boolean stored = document.live() || document.at("metadata", "uid").present();
    Optional<Schema> own = own(document.id(), snapshot);
    Owned owned = byGroup.get(document.id().group());
    if (own.isPresent()) {
      return SchemaValidator.refusals(document, own.get(), CODE, stored);
    }
    if (owned == null) {
      return List.of();
    }
    List<String> having =
        owned.bundle().releases().stream()
            .filter(r -> schemas(owned, r).containsKey(name(document.id())))
            .toList();
    if (having.isEmpty()) {
      return unserved(document, owned);
    }
    boolean brought = owned.dialect().id().equals(engine.dialect());
    List<String> possible =
        stored ? having.reversed() : brought ? engine.near(having) : List.of(having.getLast());
    List<Finding> first = List.of();
    for (String release : possible) {
      List<Finding> refusals = refusals(document, schema(owned, release, document.id()), stored);
      if (refusals.isEmpty()) {
        return List.of();
      }
      first = first.isEmpty() ? refusals : first;
    }
    if (stored) {
      return first.stream().map(Definitions::ofOther).toList();
    }
    Set<String> known =
        having.stream()
            .flatMap(r -> unknown(refusals(document, schema(owned, r, document.id()), false)))
            .collect(Collectors.groupingBy(Finding::message, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(e -> e.getValue() < having.size())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return first.stream().map(f -> known.contains(f.message()) ? dropped(f) : f).toList();
  }

  private static List<Finding> refusals(Document document, Schema schema, boolean stored) {
    return SchemaValidator.refusals(document, schema, CODE, stored);
  }

  private static Stream<Finding> unknown(List<Finding> refusals) {
    return refusals.stream().filter(f -> f.message().startsWith("unknown field "));
  }

  /** A field of another release: the server drops it unless it is asked to be strict. */
  private static Finding dropped(Finding finding) {
    return new Finding(
        finding.code(),
        Severity.WARNING,
        finding.message() + " in this release, which drops it",
        "kubectl refuses the object unless it is told --validate=warn; leave the field out",
        finding.origin());
  }

  private static String name(ResourceId id) {
    return id.apiVersion() + "/" + id.kind();
  }

  private static Optional<Schema> own(ResourceId id, Snapshot snapshot) {
    if (id.group().isEmpty()) {
      return Optional.empty();
    }
    return snapshot.ofKind(DEFINITION).stream()
        .filter(d -> d.at("spec", "group").text("").equals(id.group()))
        .filter(d -> d.at("spec", "names", "kind").text("").equals(id.kind()))
        .flatMap(d -> Schema.defined(d, version(id)).stream())
        .findFirst();
  }

  private static String version(ResourceId id) {
    return id.apiVersion().substring(id.group().length() + 1);
  }

  /** A kind that is known, in a version that no release serves. */
  private List<Finding> unserved(Document document, Owned owned) {
    List<String> served =
        owned.bundle().releases().stream()
            .flatMap(r -> schemas(owned, r).keySet().stream())
            .filter(n -> n.endsWith("/" + document.id().kind()))
            .map(n -> n.substring(0, n.lastIndexOf('/')))
            .distinct()
            .toList();
    if (served.isEmpty()) {
      return List.of();
    }
    Field version = document.at("apiVersion");
    String says =
        "no matches for kind \"%s\" in version \"%s\""
            .formatted(document.id().kind(), document.id().apiVersion());
    String help = "served are " + String.join(", ", served);
    return List.of(new Finding(CODE, Severity.ERROR, says, help, version.origin()));
  }

  private static Finding ofOther(Finding finding) {
    String help =
        "the cluster holds the object, so that its definition is not one of those known here;"
            + " save the definition with the objects, and it is asked";
    return new Finding(
        finding.code(), finding.severity(), finding.message(), help, finding.origin());
  }

  private Schema schema(Owned owned, String release, ResourceId id) {
    return Optional.ofNullable(schemas(owned, release).get(name(id))).orElseThrow();
  }

  private Map<String, Schema> schemas(Owned owned, String release) {
    String file = owned.bundle().group() + "-" + release + ".json";
    return read.computeIfAbsent(
        file, f -> Schema.bundle(Dialects.bytes(owned.dialect().getClass(), f), f));
  }
}
