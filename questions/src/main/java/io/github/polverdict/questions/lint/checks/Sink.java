package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.lint.catalogue.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where checks put what they find; the same finding at the same place counts once. */
final class Sink {
  private final Map<Same, Found> all = new LinkedHashMap<>();

  private record Same(String code, String message, Origin place) {}

  void add(String code, Origin origin, String message, Remedy remedy) {
    add(code, Catalogue.of(code).map(Entry::level).orElseThrow(), origin, message, remedy);
  }

  void add(String code, Level level, Origin origin, String message, Remedy remedy) {
    all.putIfAbsent(
        new Same(code, message, origin.place()),
        new Found(code, level, message, Found.object(origin), origin, remedy));
  }

  List<Found> all() {
    return List.copyOf(all.values());
  }
}
