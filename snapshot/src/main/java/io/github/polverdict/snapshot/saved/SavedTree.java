package io.github.polverdict.snapshot.saved;

import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * A tree as plain JSON with two texts beside it, both over the nodes in the order of the text: the
 * places, {@code LINES-ON:COLUMN} for each node and empty when there are none, and the scalars that
 * JSON writes otherwise than their author, {@code NODE:TYPE} for each.
 */
final class SavedTree {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
  private static final Pattern BROKEN =
      Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,9})?");

  private SavedTree() {}

  /** Writes a tree, and collects what JSON does not say of it. */
  static final class Writing {
    private final JsonGenerator out;
    private final StringBuilder marks = new StringBuilder();
    private final StringBuilder types = new StringBuilder();
    private int line;
    private int node;
    private boolean marked;

    Writing(JsonGenerator out) {
      this.out = out;
    }

    String marks() {
      return marked ? marks.toString().strip() : "";
    }

    String types() {
      return types.toString().strip();
    }

    void value(Value value) {
      mark(value.mark());
      switch (value) {
        case Mapping m -> {
          out.writeStartObject();
          m.entries()
              .forEach((key, member) -> {
                out.writeName(wellFormed(key));
                value(member);
              });
          out.writeEndObject();
        }
        case Sequence s -> {
          out.writeStartArray();
          s.items().forEach(this::value);
          out.writeEndArray();
        }
        case Scalar s -> scalar(s);
      }
    }

    private void mark(Mark mark) {
      marked |= !mark.equals(Mark.NONE);
      marks.append(mark.line() - line).append(':').append(mark.column()).append(' ');
      line = mark.line();
      node++;
    }

    private void scalar(Scalar scalar) {
      String text = scalar.text();
      boolean asJson =
          switch (scalar.type()) {
            case STRING -> false;
            case INTEGER -> WHOLE.matcher(text).matches();
            case FLOAT -> BROKEN.matcher(text).matches() && !WHOLE.matcher(text).matches();
            case BOOLEAN -> text.equals("true") || text.equals("false");
            case NULL -> text.equals("null");
          };
      if (asJson) {
        out.writeRawValue(text);
        return;
      }
      out.writeString(wellFormed(text));
      if (scalar.type() != Type.STRING) {
        types.append(node - 1).append(':').append(scalar.type()).append(' ');
      }
    }
  }

  /** Half a surrogate pair, which JSON can escape, has no UTF-8: it becomes a question mark. */
  private static String wellFormed(String text) {
    boolean pairs = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    return pairs
        ? text
        : new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Puts places and types back into a tree that was read of plain JSON. */
  static final class Reading {
    private final List<Mark> marks = new ArrayList<>();
    private final Map<Integer, Type> types = new LinkedHashMap<>();
    private int node;

    /**
     * Takes what stands beside the tree.
     *
     * @throws IllegalArgumentException when that is nothing that {@link Writing} writes
     */
    Reading(String marks, String types) {
      int line = 0;
      for (String mark : words(marks)) {
        int colon = mark.indexOf(':');
        line += Integer.parseInt(mark.substring(0, Math.max(0, colon)));
        this.marks.add(new Mark(line, Integer.parseInt(mark.substring(colon + 1))));
      }
      for (String type : words(types)) {
        int colon = type.indexOf(':');
        this.types.put(
            Integer.parseInt(type.substring(0, Math.max(0, colon))),
            Type.valueOf(type.substring(colon + 1)));
      }
    }

    private static String[] words(String text) {
      return text.isEmpty() ? new String[0] : text.split(" ");
    }

    Mapping root(Mapping plain) {
      return marks.isEmpty() && types.isEmpty() ? plain : (Mapping) value(plain);
    }

    private Value value(Value plain) {
      Mark mark = node < marks.size() ? marks.get(node) : Mark.NONE;
      Type type = types.get(node++);
      return switch (plain) {
        case Mapping m -> {
          Map<String, Value> entries = new LinkedHashMap<>();
          m.entries().forEach((key, member) -> entries.put(key, value(member)));
          yield new Mapping(entries, mark);
        }
        case Sequence s -> new Sequence(s.items().stream().map(this::value).toList(), mark);
        case Scalar s -> new Scalar(s.text(), type == null ? s.type() : type, mark);
      };
    }
  }
}
