package io.github.polverdict.lab.recreate;

import io.github.polverdict.lab.Table;
import java.util.Set;
import java.util.stream.Collectors;

/** The lines of a list among the resources, without comments. */
final class Words {
  private Words() {}

  static Set<String> of(String resource) {
    return Table.text(Words.class, resource)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
