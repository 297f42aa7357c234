package io.github.polverdict.questions.lint.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every finding that lint itself makes, by code. */
public final class Catalogue {
  private static final Map<String, Entry> ALL = all();

  private Catalogue() {}

  private static Map<String, Entry> all() {
    List<Entry> rows = new ArrayList<>();
    rows.addAll(Enforcement.ROWS);
    rows.addAll(Selectors.ROWS);
    rows.addAll(Rules.ROWS);
    rows.addAll(Names.ROWS);
    rows.addAll(Platform.ROWS);
    rows.addAll(Addressing.ROWS);
    rows.addAll(Evidence.ROWS);
    Map<String, Entry> out = new TreeMap<>();
    for (Entry row : rows) {
      if (out.put(row.code(), row) != null) {
        throw new IllegalStateException(row.code() + " is there twice");
      }
    }
    return Collections.unmodifiableMap(out);
  }

  /** In the order of their codes. */
  public static List<Entry> entries() {
    return List.copyOf(ALL.values());
  }

  public static Optional<Entry> of(String code) {
    return Optional.ofNullable(ALL.get(code));
  }
}
