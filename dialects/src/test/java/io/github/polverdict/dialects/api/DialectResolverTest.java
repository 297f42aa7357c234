package io.github.polverdict.dialects.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which engine judges manifests that show none. */
final class DialectResolverTest {
  private static final String POLICY =
      "apiVersion: %s\nkind: %s\nmetadata: {name: x, namespace: a}\nspec: {}\n---\n";
  private static final String CILIUM = POLICY.formatted("cilium.io/v2", "CiliumNetworkPolicy");
  private static final String CALICO = POLICY.formatted("projectcalico.org/v3", "NetworkPolicy");
  private static final String COMMON =
      POLICY.formatted("networking.k8s.io/v1", "NetworkPolicy")
          + POLICY.formatted("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy");

  @Test
  void manifests_with_the_own_kinds_of_one_engine_are_judged_by_it() {
    assertThat(judges(COMMON + CILIUM)).containsExactly("cilium");
    assertThat(judges(CALICO)).containsExactly("calico");
  }

  @Test
  void manifests_with_the_own_kinds_of_several_engines_or_of_none_are_not() {
    assertThat(judges(CILIUM + CALICO)).containsExactly("kubernetes");
    assertThat(judges(COMMON)).containsExactly("kubernetes");
  }

  @Test
  void nodes_say_that_it_is_a_cluster_whose_engine_may_be_any() {
    String node = "apiVersion: v1\nkind: Node\nmetadata: {name: one}\n---\n";
    assertThat(judges(node + CILIUM)).contains("cilium", "calico", "unenforced");
  }

  private static List<String> judges(String manifests) {
    return Seen.engines(Seen.files(manifests)).stream().map(Sighting::dialect).toList();
  }
}
