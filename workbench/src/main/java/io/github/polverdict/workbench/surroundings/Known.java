package io.github.polverdict.workbench.surroundings;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Documents;
import io.github.polverdict.snapshot.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The names by which surroundings are recognised; the table is {@code known.yaml}. */
final class Known {
  private static final Document TABLE = table();

  private Known() {}

  private static Document table() {
    try (InputStream in = Objects.requireNonNull(Known.class.getResourceAsStream("known.yaml"))) {
      return Documents.yaml(new String(in.readAllBytes(), StandardCharsets.UTF_8), "known.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Field> rows(String table) {
    return TABLE.at(table).items();
  }

  static List<String> words(Field list) {
    return list.items().stream().map(f -> f.text("")).toList();
  }

  static List<String> words(String table) {
    return words(TABLE.at(table));
  }

  static String word(String... keys) {
    return TABLE.at(keys).text().orElseThrow();
  }
}
