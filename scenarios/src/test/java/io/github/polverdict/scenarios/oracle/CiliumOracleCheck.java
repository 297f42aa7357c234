package io.github.polverdict.scenarios.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.polverdict.scenarios.oracle.Differences.Compared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * polverdict held against Cilium's own policy engine on generated worlds. Run by {@code
 * .ci/oracle}, which builds the program; {@code -Dseed} and {@code -Dworlds} choose the worlds.
 */
class CiliumOracleCheck {
  private static final long SEED = Long.getLong("seed", 20261124L);
  private static final int WORLDS = Integer.getInteger("worlds", 250);
  private static final int FLOWS = 60;
  private static Oracle oracle;

  @BeforeAll
  static void start() throws IOException {
    Path program = Path.of(System.getProperty("cilium.oracle", ""));
    boolean there = Files.isExecutable(program) && Files.isRegularFile(program);
    if (!there) {
      System.out.println(
          "Cilium's engine is not asked: say -Dcilium.oracle=PROGRAM (.ci/oracle builds it)");
    }
    assumeTrue(there, "there is no program of Cilium's engine");
    oracle = new Oracle(program);
  }

  @AfterAll
  static void end() throws IOException {
    if (oracle != null) {
      oracle.close();
    }
  }

  @Test
  void networkPoliciesMeanWhatCiliumMakesOfThem() {
    compare(
        "NetworkPolicy",
        choices -> numbered(choices, 1, 4, (i, c) -> new NetworkPolicyMaker(c).make("np" + i)));
  }

  @Test
  void ciliumNetworkPoliciesDo() {
    compare(
        "CiliumNetworkPolicy",
        choices ->
            numbered(choices, 1, 4, (i, c) -> new CiliumPolicyMaker(c).make("cnp" + i, false)));
  }

  @Test
  void clusterwidePoliciesDo() {
    compare(
        "CiliumClusterwideNetworkPolicy",
        choices ->
            numbered(choices, 1, 3, (i, c) -> new CiliumPolicyMaker(c).make("ccnp" + i, true)));
  }

  @Test
  void clusterNetworkPoliciesDo() {
    compare(
        "ClusterNetworkPolicy",
        choices ->
            numbered(choices, 1, 4, (i, c) -> new ClusterPolicyMaker(c, i).make("kcnp" + i)));
  }

  @Test
  void allOfThemTogetherDo() {
    compare("all kinds", choices -> numbered(choices, 2, 7, CiliumOracleCheck::any));
  }

  private static Map<String, Object> any(int number, Choices choices) {
    return switch (choices.below(4)) {
      case 0 -> new NetworkPolicyMaker(choices).make("np" + number);
      case 1 -> new CiliumPolicyMaker(choices).make("cnp" + number, false);
      case 2 -> new CiliumPolicyMaker(choices).make("ccnp" + number, true);
      default -> new ClusterPolicyMaker(choices, number).make("kcnp" + number);
    };
  }

  private interface Making {
    Map<String, Object> make(int number, Choices choices);
  }

  private interface Policies {
    List<Map<String, Object>> of(Choices choices);
  }

  private static List<Map<String, Object>> numbered(
      Choices choices, int least, int most, Making making) {
    List<Map<String, Object>> out = new ArrayList<>();
    int count = least + choices.below(most - least + 1);
    for (int i = 0; i < count; i++) {
      out.add(making.make(i, choices));
    }
    return out;
  }

  private static void compare(String kinds, Policies policies) {
    Differences differences = new Differences(oracle);
    int gates = 0;
    int unknown = 0;
    List<String> found = new ArrayList<>();
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (int i = 0; i < WORLDS; i++) {
      Choices choices = new Choices(SEED + i);
      World world = Clusters.with(choices, FLOWS, policies.of(choices));
      List<Compared> all = differences.of(world);
      gates += all.size();
      unknown += (int) all.stream().filter(Compared::isUnknown).count();
      all.stream()
          .filter(Compared::isUnknown)
          .forEach(c -> reasons.merge(c.because().replaceAll("[0-9]+", "N"), 1, Integer::sum));
      all.stream()
          .filter(Compared::differs)
          .findFirst()
          .ifPresent(first -> found.add(described(differences, world, first)));
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
  }

  /** The smallest world that shows the difference, with what both say. */
  private static String described(Differences differences, World world, Compared first) {
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
    return "%s%nsettings %s%n%s%n".formatted(said, small.settings(), small.manifests());
  }
}
