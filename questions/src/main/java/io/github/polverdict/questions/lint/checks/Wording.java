package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Endpoint;
import java.util.Collection;
import java.util.List;

/** Lists and counts in sentences. */
final class Wording {
  private static final int SHOWN = 3;

  private Wording() {}

  /** {@code shop/a, shop/b, shop/c and 4 more}, by workload. */
  static String list(Collection<Endpoint> endpoints) {
    return names(endpoints.stream().map(Endpoint::shownAs).distinct().sorted().toList());
  }

  static String names(List<String> names) {
    String first = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }

  /** {@code 1 pod}, {@code 3 pods}. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
