package io.github.polverdict.dialects.kuberouter;

import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static io.github.polverdict.dialects.Seen.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.Sighting;
import org.junit.jupiter.api.Test;

/** Which kube-router a k3s is. */
class KubeRouterRecognitionTest {
  private static Sighting k3s(String version) {
    return engines(files(node("n1") + "\nstatus: {nodeInfo: {kubeletVersion: " + version + "}}"))
        .getFirst();
  }

  @Test
  void k3s_has_the_kube_router_of_its_own_go_mod() {
    assertThat(k3s("v1.34.1+k3s1").version()).isEqualTo("2.2.1");
    assertThat(k3s("v1.34.3+k3s1").version()).isEqualTo("2.6.3");
    assertThat(k3s("v1.32.10+k3s1").version()).isEqualTo("2.2.1");
    assertThat(k3s("v1.36.1+k3s1").version()).isEqualTo("2.6.3");
    assertThat(k3s("v1.37.2+k3s1").version()).isEqualTo("2.11.1");
    assertThat(k3s("v1.25.4+k3s1").version()).isEmpty();
  }

  @Test
  void k3s_denies_what_has_no_rules_yet_since_it_has_2_11() {
    assertThat(k3s("v1.37.2+k3s1").settings()).containsEntry("netpol-default-deny", "true");
    assertThat(k3s("v1.37.1+k3s1").settings()).doesNotContainKey("netpol-default-deny");
  }

  @Test
  void nodes_of_an_upgrade_that_is_on_its_way_have_each_their_own() {
    String nodes =
        node("n1")
            + "\nstatus: {nodeInfo: {kubeletVersion: v1.34.3+k3s1}}\n---\n"
            + node("n2")
            + "\nstatus: {nodeInfo: {kubeletVersion: v1.34.2+k3s1}}";
    assertThat(engines(files(nodes)))
        .extracting(s -> s.version() + " " + s.nodes().orElseThrow())
        .containsExactly("2.2.1 [n2]", "2.6.3 [n1]");
  }
}
