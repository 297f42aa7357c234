package io.github.polverdict.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes a tree as JSON or as YAML. */
final class Serial {
  private Serial() {}

  static void json(Tree tree, Writer out) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    ObjectWriteContext context =
        new ObjectWriteContext.Base() {
          @Override
          public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            return printer.createInstance();
          }
        };
    json(tree, context, out);
  }

  /** One JSON object on one line. */
  static void jsonLine(Tree tree, Writer out) {
    json(tree, ObjectWriteContext.empty(), out);
  }

  /** Ends with the writer's own failure, a full disk for example. */
  private static void json(Tree tree, ObjectWriteContext context, Writer out) {
    try {
      JsonGenerator generator = new JsonFactory().createGenerator(context, out);
      json(tree.entries(), generator);
      generator.flush();
    } catch (JacksonIOException e) {
      throw new UncheckedIOException(e.getCause());
    }
    write(out, "\n");
  }

  private static void json(Object value, JsonGenerator out) {
    switch (value) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        map.forEach((key, member) -> {
          out.writeName(key.toString());
          json(member, out);
        });
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(item -> json(item, out));
        out.writeEndArray();
      }
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      default -> out.writeString(value.toString());
    }
  }

  static void yaml(Tree tree, Writer out) {
    yaml(tree.entries(), "", out);
  }

  private static void yaml(Map<?, ?> map, String indent, Writer out) {
    map.forEach((key, value) -> {
      write(out, indent + key + ":");
      yamlValue(value, indent, out);
    });
  }

  private static void yamlValue(Object value, String indent, Writer out) {
    switch (value) {
      case Map<?, ?> map when map.isEmpty() -> write(out, " {}\n");
      case Map<?, ?> map -> {
        write(out, "\n");
        yaml(map, indent + "  ", out);
      }
      case List<?> list when list.isEmpty() -> write(out, " []\n");
      case List<?> list -> {
        write(out, "\n");
        list.forEach(item -> yamlItem(item, indent, out));
      }
      default -> write(out, " " + yamlScalar(value) + "\n");
    }
  }

  private static void yamlItem(Object item, String indent, Writer out) {
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      boolean[] first = {true};
      map.forEach((key, value) -> {
        write(out, indent + (first[0] ? "- " : "  ") + key + ":");
        yamlValue(value, indent + "  ", out);
        first[0] = false;
      });
    } else {
      write(out, indent + "-");
      yamlValue(item, indent + "  ", out);
    }
  }

  /**
   * Strings are written as JSON strings, which are YAML too, so that none is taken for something
   * else.
   */
  private static String yamlScalar(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    String text = value.toString();
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
              if (c < 0x20 || c == 0x7f) {
                out.append("\\u%04x".formatted(c));
              } else {
                out.append((char) c);
              }
            }
          }
        });
    return out.append('"').toString();
  }

  /** One line of CSV (RFC 4180, with a line feed at its end). */
  static void csv(Writer out, String... cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(i == 0 ? "" : ",").append(cell(cells[i]));
    }
    write(out, line.append('\n').toString());
  }

  private static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  static void write(Writer out, String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
