package io.github.polverdict.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, judged over this checkout. */
class RulesTest {
  private static House house;
  private static Exceptions exceptions;
  private static Map<Rule, List<Violation>> broken;

  @BeforeAll
  static void enter() throws IOException {
    house = House.here();
    exceptions = Exceptions.read(house.root().resolve("checks/exceptions.txt"));
    broken = new LinkedHashMap<>();
    Rules.ALL.forEach(rule -> broken.put(rule, rule.search().apply(house).toList()));
  }

  static Stream<Rule> rules() {
    return Rules.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_house_keeps(Rule rule) {
    String places =
        broken.getOrDefault(rule, List.of()).stream()
            .filter(violation -> !exceptions.allow(rule, violation))
            .map(violation -> "\n  " + violation)
            .collect(Collectors.joining());
    if (!places.isEmpty()) {
      fail("%s [%s]:%s", rule.sentence(), rule.id(), places);
    }
  }

  @Test
  void every_exception_is_still_needed() {
    assertThat(exceptions.unneeded(broken)).isEmpty();
  }

  @Test
  void each_rule_has_its_own_id() {
    assertThat(Rules.ALL).extracting(Rule::id).doesNotHaveDuplicates();
  }

  @Test
  void the_house_is_not_empty() {
    assertThat(house.classes()).hasSizeGreaterThan(300);
    assertThat(house.sources()).hasSizeGreaterThan(250);
  }
}
