package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Reading.Draft;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a document's tree for what Kubernetes would take it for: an object, a list of objects, or
 * neither. Knows what every object has (kind, apiVersion, metadata); knows no kind's own fields.
 */
final class ObjectReader {
  private static final String KUSTOMIZE = "kustomize.config.k8s.io/";
  private static final Pattern KIND =
      Pattern.compile("[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?"); // as for CRDs
  private static final Pattern VERSION = Pattern.compile("([A-Za-z0-9.-]+/)?[A-Za-z0-9.-]+");
  private static final Set<String> FILES_OF_TOOLS =
      Set.of("kustomization.yaml", "kustomization.yml", "Chart.yaml");
  private static final Sequence NO_ITEMS = new Sequence(List.of(), Mark.NONE);
  private static final Mapping NOTHING = new Mapping(Map.of(), Mark.NONE);

  private final Reading out;

  ObjectReader(Reading out) {
    this.out = out;
  }

  /** Reads a document's root. */
  void read(Value root) {
    switch (root) {
      case Mapping mapping -> object(mapping, "", "");
      case Sequence s -> notAnObject("a sequence", s.mark());
      case Scalar s when s.type() == Type.NULL -> {} // kubectl skips it too
      case Scalar s -> notAnObject("a single " + FieldType.of(s), s.mark());
    }
  }

  private void notAnObject(String found, Mark mark) {
    String what =
        "is " + found + " where a mapping with kind, apiVersion and metadata was expected";
    out.refuse(
        new BadText("PV007", what, "put each object into a document of its own", mark), Set.of());
  }

  /** Reads an object; what it does not say it has from the list around it. */
  private void object(Mapping root, String listVersion, String itemKind) {
    String kind = text(root, "kind", itemKind);
    String apiVersion = text(root, "apiVersion", listVersion);
    if (isTemplate(kind) || isTemplate(apiVersion)) {
      out.refuse(Template.unrendered(root.mark()), Set.of());
    } else if (apiVersion.startsWith(KUSTOMIZE) || isFileOfTool(root, kind)) {
      String message =
          "This belongs to a kustomization or a chart, which is not applied; files are read as"
              + " written";
      String help = "run kubectl kustomize or helm template and read the output";
      out.finding("PV028", Severity.WARNING, message, help, at(root.mark()));
    } else if (isUntyped(root) && itemKind.isEmpty()) {
      String message =
          "This document has neither kind nor apiVersion, so it is no Kubernetes object; it is"
              + " skipped";
      out.finding(
          "PV008",
          Severity.WARNING,
          message,
          "a Helm values file belongs to helm template",
          at(root.mark()));
    } else if (!KIND.matcher(kind).matches() || !VERSION.matcher(apiVersion).matches()) {
      refuseWithoutType(root, kind, apiVersion);
    } else if (kind.equals("Status") && text(root, "status", "").equals("Failure")) {
      failure(root);
    } else if (isList(root, kind)) {
      list(root, root.entries().getOrDefault("items", NO_ITEMS), kind, apiVersion);
    } else {
      metadata(root, kind, apiVersion);
    }
  }

  private static boolean isUntyped(Mapping root) {
    return !root.entries().containsKey("kind") && !root.entries().containsKey("apiVersion");
  }

  private boolean isFileOfTool(Mapping root, String kind) {
    String file = out.source().substring(out.source().lastIndexOf('/') + 1);
    return kind.isEmpty()
        && FILES_OF_TOOLS.contains(file)
        && !root.entries().containsKey("metadata");
  }

  /** An answer of the API server that says why it gave no objects. */
  private void failure(Mapping root) {
    String what =
        "is the API server's refusal, not its objects: " + text(root, "message", "it says no more");
    out.refuse(
        new BadText("PV032", what, "fetch the objects with an account that may", root.mark()),
        Set.of());
  }

  private void refuseWithoutType(Mapping root, String kind, String apiVersion) {
    boolean noKind = !KIND.matcher(kind).matches();
    String wrong = noKind ? "kind" : "apiVersion";
    Value found = root.entries().get(wrong);
    String what =
        switch (found) {
          case null -> "has no " + wrong + ", which every Kubernetes object must name";
          case Scalar s when s.type() == Type.NULL ->
              "has no " + wrong + ", which every Kubernetes object must name";
          case Scalar s when s.type() == Type.STRING ->
              "has " + FieldType.describe(found) + " as its " + wrong + ", which none is called";
          case Value _ ->
              "has " + FieldType.describe(found) + " as its " + wrong + ", which must be a string";
        };
    boolean cutOff = kind.isEmpty() && root.entries().containsKey("items") && !apiVersion.isEmpty();
    String help = cutOff ? "this looks like a list whose end is missing; fetch it again" : "";
    Mark mark = found == null ? root.mark() : found.mark();
    out.refuse(
        new BadText("PV009", what, help, mark),
        noKind ? Set.of() : Set.of(kind + Gap.OF_ANY_GROUP));
  }

  private static boolean isList(Mapping root, String kind) {
    boolean named = mapping(root, "metadata").entries().containsKey("name");
    return kind.endsWith("List") && (root.entries().containsKey("items") || !named);
  }

  private void list(Mapping root, Value items, String kind, String apiVersion) {
    String itemKind = kind.substring(0, kind.length() - "List".length());
    Set<String> kinds =
        itemKind.isEmpty() ? Set.of() : Set.of(new ResourceId(apiVersion, itemKind, "", "").type());
    if (mapping(root, "metadata").entries().get("continue") instanceof Scalar more
        && more.type() != Type.NULL
        && !more.text().isEmpty()) {
      String message = "This list is only a part: the API server had more objects than it holds";
      out.finding(
          "PV026", Severity.ERROR, message, "fetch the whole list, kubectl does", at(more.mark()));
      out.gap(kinds, "", "the list was cut off by a limit", at(more.mark()));
    }
    switch (items) {
      case Sequence sequence -> {
        for (Value item : sequence.items()) {
          if (item instanceof Mapping member && itemKind.isEmpty() && isUntyped(member)) {
            refuseWithoutType(member, "", "");
          } else if (item instanceof Mapping member) {
            object(member, itemKind.isEmpty() ? "" : apiVersion, itemKind);
          } else {
            String what =
                "has " + FieldType.describe(item) + " among its items, which must be objects";
            out.refuse(new BadText("PV007", what, "", item.mark()), kinds);
          }
        }
      }
      case Scalar s when s.type() == Type.NULL -> {}
      case Scalar _, Mapping _ -> {
        String what =
            "has " + FieldType.describe(items) + " as its items, which must be a sequence";
        out.refuse(new BadText("PV007", what, "", items.mark()), kinds);
      }
    }
  }

  private void metadata(Mapping root, String kind, String apiVersion) {
    Mapping metadata = mapping(root, "metadata");
    Scalar named = metadata.entries().get("name") instanceof Scalar s ? s : null;
    Scalar spaced = metadata.entries().get("namespace") instanceof Scalar s ? s : null;
    String name = named == null || named.type() == Type.NULL ? "" : named.text();
    String namespace =
        spaced == null || spaced.type() == Type.NULL || spaced.text().isEmpty()
            ? null
            : spaced.text();
    Draft draft =
        new Draft(apiVersion, kind, namespace, name, whole(root, kind, apiVersion), out.source());
    List<MetadataChecks.Problem> problems = new MetadataChecks(draft).problems();
    for (MetadataChecks.Problem p : problems) {
      String object = FieldType.oneLine(name.isEmpty() ? kind : draft.text());
      Origin at =
          new Origin.InFile(object, out.source(), p.pointer(), p.mark().line(), p.mark().column());
      out.finding(p.code(), Severity.ERROR, object + " is refused: " + p.sentence(), p.help(), at);
    }
    if (problems.isEmpty()) {
      out.add(draft);
    } else {
      MetadataChecks.Problem first = problems.getFirst();
      String where = namespace == null || !Syntax.dnsLabel(namespace).isEmpty() ? "" : namespace;
      out.gap(Set.of(draft.type()), where, first.sentence(), at(first.mark()));
    }
  }

  /** The object with its type, which items of a list need not say. */
  private static Mapping whole(Mapping root, String kind, String apiVersion) {
    if (root.entries().containsKey("kind") && root.entries().containsKey("apiVersion")) {
      return root;
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    entries.put("apiVersion", new Scalar(apiVersion, Type.STRING, root.mark()));
    entries.put("kind", new Scalar(kind, Type.STRING, root.mark()));
    entries.putAll(root.entries());
    return new Mapping(entries, root.mark());
  }

  private Origin at(Mark mark) {
    return new Origin.InFile("", out.source(), "", mark.line(), mark.column());
  }

  static boolean isTemplate(@Nullable String text) {
    return text != null && text.contains("{{");
  }

  private static Mapping mapping(Mapping in, String key) {
    return in.entries().get(key) instanceof Mapping m ? m : NOTHING;
  }

  /** A non-empty string member; the other text when there is no member at all. */
  private static String text(Mapping in, String key, String otherwise) {
    return switch (in.entries().get(key)) {
      case null -> otherwise;
      case Scalar s when s.type() == Type.STRING -> s.text();
      case Value _ -> "";
    };
  }
}
