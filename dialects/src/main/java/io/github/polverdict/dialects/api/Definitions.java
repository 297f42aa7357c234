package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.schema.Schema;
import io.github.polverdict.snapshot.schema.SchemaValidator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which schemas an object may have to fit, and why the API server would refuse it. A schema is read
 * when the first object of its kind asks for it.
 */
final class Definitions {
  static final String CODE = "PV080";
  private static final String UNJUDGED = "PV081";
  private static final String DEFINITION = "CustomResourceDefinition";

  /** A dialect's bundle. */
  record Owned(Dialect dialect, Bundle bundle) {}

  /** The versions that some release serves, by group, of definitions that are not bundled. */
  private static final Map<String, List<String>> SERVED = servedByGroup();

  private final Map<String, Owned> byGroup;
  private final Map<String, Map<String, Schema>> read = new ConcurrentHashMap<>();

  /** The bundles by group. */
  Definitions(Map<String, Owned> byGroup) {
    this.byGroup = Map.copyOf(byGroup);
  }

  /**
   * Why an object is refused, as errors, and which of its fields are dropped, as warnings: by the
   * definition that is in the snapshot; else by every bundled one that may be in force beside the
   * engine. What a server took before is refused only if no bundled release takes it, and not the
   * definition in the snapshot either; where none is bundled, this is a warning. Empty when no
   * definition of the kind is known.
   */
  Optional<List<Finding>> refusals(Document document, Snapshot snapshot, Engine engine) {
    ResourceId id = document.id();
    Owned owned = byGroup.get(id.group());
    List<String> having = owned == null ? List.of() : having(owned, id);
    Optional<Document> own = own(id, snapshot);
    if (own.isPresent()) {
      Optional<Schema> schema = Schema.defined(own.get(), version(id));
      return Optional.of(
          schema.isEmpty()
              ? List.of(unserved(document, served(own.get())))
              : own(document, schema.get(), having));
    }
    return having.isEmpty()
        ? Optional.ofNullable(owned)
            .map(o -> served(o, id))
            .filter(served -> !served.isEmpty())
            .map(served -> List.of(unserved(document, served)))
        : Optional.of(bundled(document, Objects.requireNonNull(owned), having, engine));
  }

  private List<Finding> own(Document document, Schema schema, List<String> having) {
    boolean stored = isStored(document);
    List<Finding> refusals = refusals(document, schema, stored);
    if (!stored || refusals.isEmpty()) {
      return refusals;
    }
    if (having.stream().anyMatch(r -> isTaken(document, r))) {
      return List.of();
    }
    Severity severity = having.isEmpty() ? Severity.WARNING : Severity.ERROR;
    return said(refusals, f -> ofYore(f, severity));
  }

  private boolean isTaken(Document document, String release) {
    Owned owned = Objects.requireNonNull(byGroup.get(document.id().group()));
    return refusals(document, schema(owned, release, document.id()), true).isEmpty();
  }

  /**
   * The same of a kind of which rules of form are known here, too: these say it where no definition
   * does, and of what a cluster holds although its definition refuses it now. What the definition
   * takes and they do not is not judged.
   */
  List<Finding> refusals(
      Document document, Snapshot snapshot, Engine engine, Supplier<List<Finding>> form) {
    Optional<List<Finding>> defined = refusals(document, snapshot, engine);
    boolean refused = defined.isPresent() && !defined.get().isEmpty();
    if (defined.isEmpty() && !isStored(document)) {
      return neverServed(document).map(List::of).orElseGet(form);
    }
    if (defined.isEmpty() || (refused && isStored(document))) {
      return form.get();
    }
    return refused ? defined.get() : said(form.get(), Definitions::unjudged);
  }

  /** A version that no release serves, of a group whose definitions are not bundled. */
  private static Optional<Finding> neverServed(Document document) {
    ResourceId id = document.id();
    List<String> versions = SERVED.getOrDefault(id.group(), List.of(version(id)));
    return versions.contains(version(id))
        ? Optional.empty()
        : Optional.of(
            unserved(document, versions.stream().map(v -> id.group() + "/" + v).toList()));
  }

  private static Map<String, List<String>> servedByGroup() {
    return Dialects.bundled(Definitions.class, "served.yaml")
        .at("served")
        .strings()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue().split(" "))));
  }

  private static boolean isStored(Document document) {
    return document.live() || document.at("metadata", "uid").present();
  }

  private static List<Finding> said(List<Finding> findings, UnaryOperator<Finding> otherwise) {
    return findings.stream().map(otherwise).toList();
  }

  /** The bundled releases that define a kind in that version. */
  private List<String> having(Owned owned, ResourceId id) {
    return owned.bundle().releases().stream()
        .filter(r -> schemas(owned, r).containsKey(name(id)))
        .toList();
  }

  private List<Finding> bundled(
      Document document, Owned owned, List<String> having, Engine engine) {
    boolean stored = isStored(document);
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
      return said(first, Definitions::ofOther);
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
    return said(first, f -> known.contains(f.message()) ? dropped(f) : f);
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

  /** The definition of a kind in the snapshot, if it says what it serves. */
  private static Optional<Document> own(ResourceId id, Snapshot snapshot) {
    if (id.group().isEmpty()) {
      return Optional.empty();
    }
    return snapshot.ofKind(DEFINITION).stream()
        .filter(d -> d.at("spec", "group").text("").equals(id.group()))
        .filter(d -> d.at("spec", "names", "kind").text("").equals(id.kind()))
        .filter(d -> !Schema.served(d).isEmpty())
        .findFirst();
  }

  private static String version(ResourceId id) {
    return id.apiVersion().substring(id.group().length() + 1);
  }

  private static List<String> served(Document definition) {
    String group = definition.at("spec", "group").text("");
    return Schema.served(definition).stream().map(v -> group + "/" + v).toList();
  }

  /** The versions in which some release serves a kind. */
  private List<String> served(Owned owned, ResourceId id) {
    return owned.bundle().releases().stream()
        .flatMap(r -> schemas(owned, r).keySet().stream())
        .filter(n -> n.endsWith("/" + id.kind()))
        .map(n -> n.substring(0, n.lastIndexOf('/')))
        .distinct()
        .toList();
  }

  /** A kind that is known, in a version that is not served. */
  private static Finding unserved(Document document, List<String> served) {
    String says =
        "no matches for kind \"%s\" in version \"%s\""
            .formatted(document.id().kind(), document.id().apiVersion());
    String help = "served are " + String.join(", ", served);
    return new Finding(CODE, Severity.ERROR, says, help, document.at("apiVersion").origin());
  }

  private static Finding ofOther(Finding finding) {
    return told(
        finding,
        finding.severity(),
        "the cluster holds the object, so that its definition is not one of those known here;"
            + " save the definition with the objects, and it is asked");
  }

  /** Of what a cluster holds although its own definition does not take it, any more. */
  private static Finding ofYore(Finding finding, Severity severity) {
    return told(
        finding,
        severity,
        "the cluster holds the object, which an earlier definition took; it refuses the next"
            + " change of it");
  }

  private static Finding told(Finding finding, Severity severity, String help) {
    return new Finding(finding.code(), severity, finding.message(), help, finding.origin());
  }

  /** Of what the rules of form here do not know, and the definition does. */
  private static Finding unjudged(Finding finding) {
    return new Finding(
        UNJUDGED,
        Severity.ERROR,
        "its definition takes this, which is not judged yet: " + finding.message(),
        "leave it out to see the verdicts without it",
        finding.origin());
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
