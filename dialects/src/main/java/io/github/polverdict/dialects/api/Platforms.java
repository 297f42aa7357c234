package io.github.polverdict.dialects.api;

import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Recognises platforms by the signs in {@code platforms.yaml}, for each node on its own. */
public final class Platforms {
  private final List<Row> rows;

  /**
   * A platform with what tells it.
   *
   * @param insteadOf platforms that it is made with, and that are not named beside it
   */
  private record Row(String id, String title, Set<String> insteadOf, List<Sign> signs) {}

  /**
   * A field of some kind of object.
   *
   * @param name a pattern for the object's namespace and name; empty for any
   * @param at the keys that lead to the field; none for the object itself
   * @param matches what the field's text must be like; empty when it is enough that it is there
   */
  private record Sign(String kind, String name, List<String> at, String matches) {
    boolean holds(Document document) {
      String id = document.id().namespace() + "/" + document.id().name();
      if (!document.id().type().equals(kind) || !name.isEmpty() && !Pattern.matches(name, id)) {
        return false;
      }
      Field field = field(document);
      return field.present()
          && (matches.isEmpty() || Pattern.compile(matches).matcher(field.text("")).find());
    }

    Field field(Document document) {
      return document.at(at.toArray(String[]::new));
    }

    Reason reason(Document document) {
      Field field = field(document);
      String says =
          at.isEmpty()
              ? document.id().text() + " is there"
              : "%s has %s%s"
                  .formatted(
                      document.id().text(),
                      at.getLast(),
                      field.text("").isEmpty() ? "" : "=" + field.text(""));
      return new Reason(says, field.origin());
    }
  }

  private Platforms(List<Row> rows) {
    this.rows = rows;
  }

  /** All platforms that polverdict knows. */
  public static Platforms known() {
    Field list = Dialects.bundled(Platforms.class, "platforms.yaml").at("platforms");
    return new Platforms(list.items().stream().map(Platforms::row).toList());
  }

  /** The kinds of object that platforms are recognised by. */
  public Set<String> kinds() {
    Set<String> out = new LinkedHashSet<>();
    rows.forEach(row -> row.signs().forEach(sign -> out.add(sign.kind())));
    return out;
  }

  private static Row row(Field field) {
    return new Row(
        field.get("id").text(""),
        field.get("title").text(""),
        new LinkedHashSet<>(texts(field.get("instead-of"))),
        field.get("signs").items().stream()
            .map(s ->
                new Sign(
                    s.get("kind").text(""),
                    s.get("name").text(""),
                    texts(s.get("at")),
                    s.get("matches").text("")))
            .toList());
  }

  private static List<String> texts(Field field) {
    return field.items().stream().map(f -> f.text("")).toList();
  }

  /** The platforms that a snapshot shows, in the order of the file; none when it shows none. */
  public List<Platform> recognise(Snapshot snapshot) {
    Map<String, Found> found = new LinkedHashMap<>();
    for (Row row : rows) {
      Found here = new Found(row, new TreeSet<>(), new ArrayList<>());
      for (Sign sign : row.signs()) {
        snapshot.ofKind(sign.kind()).stream()
            .filter(sign::holds)
            .forEach(document -> here.add(sign, document));
      }
      if (!here.evidence().isEmpty()) {
        found.put(row.id(), here);
      }
    }
    Set<String> hidden = new LinkedHashSet<>();
    found.values().forEach(f -> f.row().insteadOf().forEach(o -> hide(f, found.get(o), hidden)));
    return found.values().stream()
        .filter(f -> !hidden.contains(f.row().id()))
        .map(Found::platform)
        .toList();
  }

  /** Takes the nodes of a platform from the one that it is made with. */
  private static void hide(Found by, @org.jspecify.annotations.Nullable Found of, Set<String> out) {
    if (of != null) {
      of.nodes().removeAll(by.nodes());
      if (of.nodes().isEmpty()) {
        out.add(of.row().id());
      }
    }
  }

  /** A sign that holds for a document, of a node or of the cluster. */
  private record Evidence(Sign sign, Document document) {
    boolean ofNode() {
      return document.id().type().equals("Node");
    }
  }

  /** A platform with the nodes that show it, and all that shows it. */
  private record Found(Row row, Set<String> nodes, List<Evidence> evidence) {
    void add(Sign sign, Document document) {
      Evidence more = new Evidence(sign, document);
      evidence.add(more);
      if (more.ofNode()) {
        nodes.add(document.id().name());
      }
    }

    /** With one reason for each sign. */
    Platform platform() {
      Map<Sign, Reason> because = new LinkedHashMap<>();
      evidence.stream()
          .filter(e -> !e.ofNode() || nodes.contains(e.document().id().name()))
          .forEach(e -> because.putIfAbsent(e.sign(), e.sign().reason(e.document())));
      return new Platform(
          row.id(),
          row.title(),
          nodes.isEmpty() ? Optional.empty() : Optional.of(nodes),
          List.copyOf(because.values()));
    }
  }
}
