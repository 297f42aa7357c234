package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document, present or not. Reads leniently: a wrong type reads as absent, so that
 * whoever validates can say it once and everybody else can go on.
 *
 * @param pointer JSON pointer from the document's root
 * @param value null when the field is absent; an explicit {@code null} also counts as absent
 */
public record Field(Document document, String pointer, @Nullable Value value) {

  public Field {
    if (value instanceof Scalar s && s.type() == Value.Type.NULL) {
      value = null;
    }
  }

  public boolean present() {
    return value != null;
  }

  /** The member called {@code key}; absent when this is no mapping or has none. */
  public Field get(String key) {
    Value member = value instanceof Mapping m ? m.entries().get(key) : null;
    return new Field(document, pointer + "/" + key.replace("~", "~0").replace("/", "~1"), member);
  }

  /** The items of a sequence; none when this is no sequence. */
  public List<Field> items() {
    if (!(value instanceof Sequence s)) {
      return List.of();
    }
    List<Field> out = new ArrayList<>();
    for (int i = 0; i < s.items().size(); i++) {
      out.add(new Field(document, pointer + "/" + i, s.items().get(i)));
    }
    return out;
  }

  /** The members of a mapping, in the order of the text; none when this is no mapping. */
  public Map<String, Field> members() {
    if (!(value instanceof Mapping m)) {
      return Map.of();
    }
    Map<String, Field> out = new LinkedHashMap<>();
    m.entries().keySet().forEach(key -> out.put(key, get(key)));
    return Collections.unmodifiableMap(out);
  }

  /** The text of a scalar of any type. */
  public Optional<String> text() {
    return value instanceof Scalar s ? Optional.of(s.text()) : Optional.empty();
  }

  /** The text of a scalar of any type, or the other. */
  public String text(String otherwise) {
    return text().orElse(otherwise);
  }

  /** The value of a string scalar. */
  public Optional<String> string() {
    return value instanceof Scalar s && s.type() == Value.Type.STRING
        ? Optional.of(s.text())
        : Optional.empty();
  }

  /** The value of an integer scalar that fits an int. */
  public Optional<Integer> integer() {
    if (!(value instanceof Scalar s) || s.type() != Value.Type.INTEGER) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.toIntExact(Scalars.integer(s.text())));
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** The value of a number, whole or broken, of any size. */
  public Optional<BigDecimal> number() {
    if (!(value instanceof Scalar s)) {
      return Optional.empty();
    }
    try {
      return switch (s.type()) {
        case INTEGER -> Optional.of(BigDecimal.valueOf(Scalars.integer(s.text())));
        case FLOAT -> Optional.of(BigDecimal.valueOf(Double.parseDouble(s.text())));
        case STRING, BOOLEAN, NULL -> Optional.empty();
      };
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  public Optional<Boolean> bool() {
    return value instanceof Scalar s && s.type() == Value.Type.BOOLEAN
        ? Optional.of(Scalars.bool(s.text()))
        : Optional.empty();
  }

  /**
   * A mapping of scalars as strings; empty when this is no mapping. A {@code null} is the empty
   * string, as it is for the API server.
   */
  public Map<String, String> strings() {
    Map<String, String> out = new LinkedHashMap<>();
    if (value instanceof Mapping m) {
      m.entries()
          .forEach((key, member) -> {
            if (member instanceof Scalar s) {
              out.put(key, s.type() == Value.Type.NULL ? "" : s.text());
            }
          });
    }
    return out;
  }

  /** The pointer as the API server writes it: {@code spec.ingress[0].from}; empty for the root. */
  public String path() {
    StringBuilder out = new StringBuilder();
    Value at = document.root();
    for (String key : keys()) {
      Value next = member(at, key);
      if (at instanceof Sequence) {
        out.append('[').append(key).append(']');
      } else if (key.matches("[A-Za-z0-9_-]+")) {
        out.append(out.isEmpty() ? "" : ".").append(key);
      } else {
        out.append('[').append(key).append(']');
      }
      at = next;
    }
    return out.toString();
  }

  private List<String> keys() {
    List<String> out = new ArrayList<>();
    for (String key : pointer.split("/", -1)) {
      out.add(key.replace("~1", "/").replace("~0", "~"));
    }
    return out.subList(1, out.size());
  }

  private static @Nullable Value member(@Nullable Value in, String key) {
    return switch (in) {
      case null -> null;
      case Scalar _ -> null;
      case Mapping m -> m.entries().get(key);
      case Sequence s -> {
        int index = key.matches("[0-9]{1,9}") ? Integer.parseInt(key) : -1;
        yield index >= 0 && index < s.items().size() ? s.items().get(index) : null;
      }
    };
  }

  /** The mark of the innermost node on the way here that has one. */
  private Value.Mark mark() {
    Value.Mark mark = document.root().mark();
    Value at = document.root();
    for (String key : keys()) {
      at = member(at, key);
      if (at == null) {
        return mark;
      }
      mark = at.mark();
    }
    return mark;
  }

  /** This place; when the field is absent, that of what it should stand in. */
  public Origin origin() {
    ResourceId id = document.id();
    if (document.live()) {
      return new Origin.InCluster(document.source(), id.text(), resourceVersion(), pointer);
    }
    Value.Mark mark = value == null ? mark() : value.mark();
    return new Origin.InFile(
        id.kind().isEmpty() ? "" : id.text(),
        document.source(),
        pointer,
        mark.line(),
        mark.column());
  }

  private String resourceVersion() {
    return document.root().entries().get("metadata") instanceof Mapping m
            && m.entries().get("resourceVersion") instanceof Scalar s
        ? s.text()
        : "";
  }
}
