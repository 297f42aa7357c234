package io.github.polverdict.checks;

import java.util.List;
import java.util.stream.Stream;

/** All rules of the house. */
final class Rules {
  static final List<Rule> ALL =
      Stream.of(Arrows.rules(), Purity.rules(), Shape.rules(), Caps.rules(), Words.rules())
          .flatMap(rules -> rules)
          .toList();

  private Rules() {}

  static Rule byId(String id) {
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
  }
}
