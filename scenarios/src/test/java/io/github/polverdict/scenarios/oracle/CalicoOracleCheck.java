package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Comparison.numbered;

import io.github.polverdict.scenarios.oracle.Comparison.Making;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * polverdict held against Calico's own code on generated worlds: its conversions and Felix'
 * calculation graph. Run by {@code .ci/oracle}, which builds the program.
 */
class CalicoOracleCheck {
  private static Oracle oracle;

  @BeforeAll
  static void start() throws IOException {
    oracle = Oracle.of("calico@3.31.0", "calico.oracle");
  }

  @AfterAll
  static void end() throws IOException {
    if (oracle != null) {
      oracle.close();
    }
  }

  @Test
  void networkPoliciesMeanWhatCalicoMakesOfThem() {
    compare(
        "NetworkPolicy",
        choices -> numbered(choices, 1, 4, (i, c) -> new NetworkPolicyMaker(c).make("np" + i)));
  }

  @Test
  void calicosNetworkPoliciesDo() {
    compare(
        "NetworkPolicy of Calico",
        choices ->
            numbered(choices, 1, 4, (i, c) -> new CalicoPolicyMaker(c).make("cnp" + i, false)));
  }

  @Test
  void globalNetworkPoliciesDo() {
    compare(
        "GlobalNetworkPolicy",
        choices ->
            numbered(choices, 1, 4, (i, c) -> new CalicoPolicyMaker(c).make("gnp" + i, true)));
  }

  @Test
  void policiesInTiersDo() {
    compare("tiers", choices -> tiered(choices, CalicoOracleCheck::any));
  }

  @Test
  void policiesOfHostEndpointsDo() {
    Map<String, String> settings = Map.of("encapsulation", "Never");
    new Comparison(oracle, 0.05)
        .of(
            "HostEndpoint",
            choices ->
                CalicoHosts.in(
                    world(choices, settings, c -> tiered(c, CalicoOracleCheck::any)), choices));
  }

  @Test
  void adminNetworkPoliciesDo() {
    compare(
        "AdminNetworkPolicy",
        choices ->
            numbered(
                choices, 1, 4, (i, c) -> i == 0 && c.oneIn(2) ? baseline(c) : admin(c, "anp" + i)));
  }

  @Test
  void allOfThemTogetherDo() {
    compare("all kinds", choices -> tiered(choices, CalicoOracleCheck::anyOfAll));
  }

  private static List<Map<String, Object>> tiered(Choices choices, Making making) {
    List<Map<String, Object>> out = new ArrayList<>(CalicoTiers.make(choices));
    out.addAll(numbered(choices, 2, 7, making));
    return out;
  }

  private static Map<String, Object> any(int number, Choices choices) {
    CalicoPolicyMaker own = new CalicoPolicyMaker(choices, CalicoTiers.NAMES);
    return switch (choices.below(3)) {
      case 0 -> new NetworkPolicyMaker(choices).make("p" + number);
      case 1 -> own.make("p" + number, false);
      default -> own.make("p" + number, true);
    };
  }

  /** Policies of all kinds, and the Baseline one in some worlds. */
  private static Map<String, Object> anyOfAll(int number, Choices choices) {
    if (number == 0 && choices.oneIn(2)) {
      return baseline(choices);
    }
    return choices.oneIn(4) ? admin(choices, "p" + number) : any(number, choices);
  }

  private static Map<String, Object> admin(Choices choices, String name) {
    return new AdminPolicyMaker(new ClusterPolicyMaker(choices, 0).withNodes()).make(name, false);
  }

  private static Map<String, Object> baseline(Choices choices) {
    ClusterPolicyMaker newer = new ClusterPolicyMaker(choices, 0).withNodes();
    return new AdminPolicyMaker(newer).make("default", true);
  }

  private static void compare(String kinds, Function<Choices, List<Map<String, Object>>> policies) {
    new Comparison(oracle, 0.01).of(kinds, choices -> world(choices, Map.of(), policies));
  }

  private static World world(
      Choices choices,
      Map<String, String> settings,
      Function<Choices, List<Map<String, Object>>> policies) {
    World bare =
        Clusters.with(
            choices,
            settings,
            c -> {
              List<Map<String, Object>> out = new ArrayList<>(CalicoTiers.accounts(c));
              out.add(new CalicoPolicyMaker(c).makeSet("near", c.oneIn(2)));
              out.add(new CalicoPolicyMaker(c).makeSet("far", c.oneIn(2)));
              out.addAll(policies.apply(c));
              return out;
            });
    return CalicoServices.in(bare, choices);
  }
}
