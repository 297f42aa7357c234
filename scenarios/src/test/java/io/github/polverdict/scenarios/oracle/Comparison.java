package io.github.polverdict.scenarios.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.scenarios.oracle.Differences.Compared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds polverdict against an engine's own code on generated worlds; {@code -Dseed} and {@code
 * -Dworlds} choose them. What differs is shown in the smallest world that shows it.
 */
final class Comparison {
  /** Flows of each world. */
  static final int FLOWS = 60;

  private static final long SEED = Long.getLong("seed", 20261124L);
  private static final int WORLDS = Integer.getInteger("worlds", 250);

  private final Differences differences;
  private final double mayBeUnknown;

  /**
   * @param mayBeUnknown the share of gates that may be UNKNOWN, from 0 to 1
   */
  Comparison(Oracle oracle, double mayBeUnknown) {
    this.differences = new Differences(oracle);
    this.mayBeUnknown = mayBeUnknown;
  }

  /** Makes a policy. */
  interface Making {
    Map<String, Object> make(int number, Choices choices);
  }

  static List<Map<String, Object>> numbered(Choices choices, int least, int most, Making making) {
    List<Map<String, Object>> out = new ArrayList<>();
    int count = least + choices.below(most - least + 1);
    for (int i = 0; i < count; i++) {
      out.add(making.make(i, choices));
    }
    return out;
  }

  /**
   * Fails with what differs.
   *
   * @param kinds of policies, in the words of the report
   */
  void of(String kinds, Function<Choices, World> worlds) {
    int gates = 0;
    int unknown = 0;
    List<String> found = new ArrayList<>();
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (int i = 0; i < WORLDS; i++) {
      Choices choices = new Choices(SEED + i);
      World world = worlds.apply(choices);
      List<Compared> all = differences.of(world);
      gates += all.size();
      unknown += (int) all.stream().filter(Compared::isUnknown).count();
      all.stream()
          .filter(Compared::isUnknown)
          .forEach(c -> reasons.merge(c.because().replaceAll("[0-9]+", "N"), 1, Integer::sum));
      all.stream()
          .filter(Compared::differs)
          .findFirst()
          .ifPresent(first -> found.add(described(world, first)));
      if (found.size() >= Integer.getInteger("most", 3)) {
        break;
      }
    }
    System.out.printf("%s: seed %d, %d gates, %d UNKNOWN%n", kinds, SEED, gates, unknown);
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(8)
        .forEach(e -> System.out.println("  " + e));
    assertThat(found).as("seed %d", SEED).isEmpty();
    assertThat(gates).as("gates that were compared").isGreaterThan(WORLDS * FLOWS / 2);
    assertThat((double) unknown).as("UNKNOWN").isLessThanOrEqualTo(mayBeUnknown * gates);
  }

  /** The smallest world that shows the difference, with what both say. */
  private String described(World world, Compared first) {
    World small =
        Shrinking.of(
            world.asking(first.spot().flow()),
            w -> {
              try {
                return differences.of(w).stream()
                    .anyMatch(c ->
                        c.differs()
                            && c.spot().equals(first.spot())
                            && c.oracle().equals(first.oracle()));
              } catch (RuntimeException e) {
                return false; // what was taken away was needed
              }
            });
    String said =
        differences.of(small).stream()
            .filter(Compared::differs)
            .map(Compared::toString)
            .collect(Collectors.joining("\n"));
    return "%s%nsettings %s, policies that the engine does not take %s%n%s%n"
        .formatted(said, small.settings(), differences.rejected(small), small.manifests());
  }
}
