package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Comparison.numbered;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * polverdict held against Cilium's own policy engine on generated worlds. Run by {@code
 * .ci/oracle}, which builds the program.
 */
class CiliumOracleCheck {
  private static Oracle oracle;

  @BeforeAll
  static void start() throws IOException {
    oracle = Oracle.of("cilium@1.20.2", "cilium.oracle");
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

  private static void compare(String kinds, Function<Choices, List<Map<String, Object>>> policies) {
    new Comparison(oracle, 0.1).of(kinds, choices -> CiliumWorlds.with(choices, policies));
  }
}
