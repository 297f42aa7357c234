package io.github.polverdict.snapshot.saved;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value.Mapping;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** A snapshot as one JSON object, one line for each document; the same snapshot, the same bytes. */
final class Content {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private Content() {}

  static void write(Snapshot snapshot, OutputStream to) {
    try (JsonGenerator out =
        JSON.createGenerator(ObjectWriteContext.empty(), to, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeStringProperty("name", snapshot.name());
      out.writeArrayPropertyStart("gaps");
      snapshot.gaps().forEach(gap -> gap(gap, out));
      out.writeEndArray();
      out.writeArrayPropertyStart("findings");
      snapshot.findings().forEach(finding -> finding(finding, out));
      out.writeEndArray();
      out.writeArrayPropertyStart("documents");
      snapshot.documents().forEach(document -> document(document, out));
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static void document(Document document, JsonGenerator out) {
    ResourceId id = document.id();
    SavedTree.Writing tree = new SavedTree.Writing(out);
    out.writeRaw('\n');
    out.writeStartObject();
    out.writeStringProperty("apiVersion", id.apiVersion());
    out.writeStringProperty("kind", id.kind());
    out.writeStringProperty("namespace", id.namespace());
    out.writeStringProperty("name", id.name());
    out.writeStringProperty("source", document.source());
    out.writeBooleanProperty("live", document.live());
    out.writeName("tree");
    tree.value(document.root());
    out.writeStringProperty("marks", tree.marks());
    out.writeStringProperty("types", tree.types());
    out.writeEndObject();
  }

  private static void gap(Gap gap, JsonGenerator out) {
    out.writeStartObject();
    words("kinds", gap.kinds(), out);
    out.writeStringProperty("namespace", gap.namespace());
    words("except", gap.except(), out);
    out.writeStringProperty("what", gap.what());
    out.writeStringProperty("why", gap.why());
    origin(gap.origin(), out);
    out.writeEndObject();
  }

  private static void words(String name, Set<String> words, JsonGenerator out) {
    out.writeArrayPropertyStart(name);
    new TreeSet<>(words).forEach(out::writeString);
    out.writeEndArray();
  }

  private static void finding(Finding finding, JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("code", finding.code());
    out.writeStringProperty("severity", finding.severity().name());
    out.writeStringProperty("message", finding.message());
    out.writeStringProperty("help", finding.help());
    origin(finding.origin(), out);
    out.writeEndObject();
  }

  /** A source's findings and gaps stand at places that were read, or in words of the user. */
  private static void origin(Origin origin, JsonGenerator out) {
    out.writeObjectPropertyStart("origin");
    switch (origin.place()) {
      case Origin.InFile(String object, String path, String pointer, int line, int column) -> {
        out.writeStringProperty("object", object);
        out.writeStringProperty("path", path);
        out.writeStringProperty("pointer", pointer);
        out.writeNumberProperty("line", line);
        out.writeNumberProperty("column", column);
      }
      case Origin.InCluster(String cluster, String object, String version, String pointer) -> {
        out.writeStringProperty("cluster", cluster);
        out.writeStringProperty("object", object);
        out.writeStringProperty("version", version);
        out.writeStringProperty("pointer", pointer);
      }
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ ->
          out.writeStringProperty("said", origin.text());
    }
    out.writeEndObject();
  }

  /**
   * The snapshot that a JSON object tells of.
   *
   * @param name of the snapshot, as the user calls its file
   * @throws IllegalArgumentException when the object is nothing that {@link #write} writes
   */
  static Snapshot read(Mapping content, String name) {
    Field root = new Document(new ResourceId("", "", "", ""), content, name, false).field();
    return new Snapshot(
        name,
        root.get("documents").items().stream().map(Content::document).toList(),
        root.get("gaps").items().stream().map(Content::gap).toList(),
        root.get("findings").items().stream().map(Content::finding).toList());
  }

  private static Document document(Field saved) {
    ResourceId id =
        new ResourceId(
            text(saved, "apiVersion"),
            text(saved, "kind"),
            text(saved, "namespace"),
            text(saved, "name"));
    if (!(saved.get("tree").value() instanceof Mapping plain)) {
      throw new IllegalArgumentException(saved.pointer() + " has no tree");
    }
    Mapping tree = new SavedTree.Reading(text(saved, "marks"), text(saved, "types")).root(plain);
    boolean live = saved.get("live").bool().orElse(false);
    return new Document(id, tree, text(saved, "source"), live);
  }

  private static Gap gap(Field saved) {
    return new Gap(
        words(saved.get("kinds")),
        text(saved, "namespace"),
        words(saved.get("except")),
        text(saved, "what"),
        text(saved, "why"),
        origin(saved.get("origin")));
  }

  private static Finding finding(Field saved) {
    return new Finding(
        text(saved, "code"),
        Severity.valueOf(text(saved, "severity")),
        text(saved, "message"),
        text(saved, "help"),
        origin(saved.get("origin")));
  }

  private static Origin origin(Field saved) {
    if (saved.get("path").present()) {
      return new Origin.InFile(
          text(saved, "object"),
          text(saved, "path"),
          text(saved, "pointer"),
          saved.get("line").integer().orElse(0),
          saved.get("column").integer().orElse(0));
    }
    return saved.get("said").present()
        ? new Origin.Said(text(saved, "said"))
        : new Origin.InCluster(
            text(saved, "cluster"),
            text(saved, "object"),
            text(saved, "version"),
            text(saved, "pointer"));
  }

  private static Set<String> words(Field saved) {
    Set<String> out = new LinkedHashSet<>();
    List<Field> items = saved.items();
    items.forEach(item -> out.add(item.text("")));
    return out;
  }

  private static String text(Field saved, String key) {
    return saved
        .get(key)
        .text()
        .orElseThrow(() -> new IllegalArgumentException(saved.pointer() + " has no " + key));
  }
}
