package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Comparison.numbered;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * polverdict held against the policy engine of kube-network-policies on generated worlds. Run by
 * {@code .ci/oracle}, which builds the program.
 *
 * <p>The rules of nftables before the engine are not part of it: the program has no word about what
 * a pod's own node sends to it, and no flow is of ICMPv6.
 */
class KnpOracleCheck {
  private static Oracle oracle;

  @BeforeAll
  static void start() throws IOException {
    oracle = Oracle.of("kube-network-policies@1.1.1", "knp.oracle");
  }

  @AfterAll
  static void end() throws IOException {
    if (oracle != null) {
      oracle.close();
    }
  }

  @Test
  void networkPoliciesMeanWhatKubeNetworkPoliciesMakesOfThem() {
    compare("NetworkPolicy", "plain", 4, KnpOracleCheck::standard);
  }

  @Test
  void clusterNetworkPoliciesDo() {
    compare("ClusterNetworkPolicy", "npa-v1alpha2", 4, KnpOracleCheck::cluster);
  }

  @Test
  void clusterNetworkPoliciesBesideNetworkPoliciesDo() {
    compare(
        "ClusterNetworkPolicy and NetworkPolicy",
        "npa-v1alpha2",
        7,
        (i, c) -> c.oneIn(2) ? standard(i, c) : cluster(i, c));
  }

  @Test
  void adminNetworkPoliciesDo() {
    compare("AdminNetworkPolicy", "npa-v1alpha1", 4, KnpOracleCheck::admin);
  }

  @Test
  void adminNetworkPoliciesBesideNetworkPoliciesDo() {
    compare(
        "AdminNetworkPolicy and NetworkPolicy",
        "npa-v1alpha1",
        7,
        (i, c) -> c.oneIn(2) ? standard(i, c) : admin(i, c));
  }

  private static Map<String, Object> standard(int number, Choices choices) {
    return new NetworkPolicyMaker(choices).make("np" + number);
  }

  private static Map<String, Object> cluster(int number, Choices choices) {
    String name = choices.of("a", "b", "c") + number;
    return meeting(choices, new ClusterPolicyMaker(choices, number).withNodes().make(name));
  }

  private static Map<String, Object> admin(int number, Choices choices) {
    AdminPolicyMaker maker =
        new AdminPolicyMaker(new ClusterPolicyMaker(choices, number).withNodes());
    boolean baseline = number == 0 && choices.oneIn(2);
    Map<String, Object> policy = maker.make(choices.of("a", "b", "c") + number, baseline);
    return baseline ? policy : meeting(choices, policy);
  }

  /** Of few priorities, for the engine has an order among policies of the same one. */
  private static Map<String, Object> meeting(Choices choices, Map<String, Object> policy) {
    return KnpWorlds.with(policy, "priority", choices.below(3));
  }

  private static void compare(String kinds, String flavour, int most, Comparison.Making making) {
    new Comparison(oracle, 0)
        .of(kinds, choices -> KnpWorlds.with(choices, flavour, c -> numbered(c, 1, most, making)));
  }
}
