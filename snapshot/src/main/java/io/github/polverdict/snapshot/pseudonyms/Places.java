package io.github.polverdict.snapshot.pseudonyms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where words stand in objects; the table is {@code places.txt}. */
final class Places {
  private static final Map<String, Set<String>> TABLE = table();

  static final Set<String> KINDS = words("kinds");
  static final Set<String> MAPS = words("maps");
  static final Set<String> WORDS = words("words");
  static final Set<String> OBJECTS = words("objects");
  static final Set<String> REFERENCES = words("references");
  static final Set<String> NAMELESS = words("nameless");
  static final Set<String> STAY = words("stay");
  static final Set<String> SWITCHES = words("switches");
  static final Set<String> SETTINGS = words("settings");
  static final Set<String> SYSTEM = words("system");

  private Places() {}

  private static Set<String> words(String name) {
    return Objects.requireNonNull(TABLE.get(name), name);
  }

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> out = new HashMap<>();
    InputStream in = Objects.requireNonNull(Places.class.getResourceAsStream("places.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split(": ", 2);
          out.put(cells[0], Set.of(cells[1].strip().split(" +")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out;
  }
}
