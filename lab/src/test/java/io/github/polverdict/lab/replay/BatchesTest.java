package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
  private static final Set<String> POLICIES = Set.of("NetworkPolicy", "ClusterNetworkPolicy");

  @TempDir private Path folder;

  private Case scenario(String name, String cluster, String yaml) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        """
        # A title

        ```cluster
        node n1 10.0.0.1
        namespace shop
        %s
        ```

        ```yaml
        %s
        ```

        ```flows
        flow                   | kubernetes
        shop/web -> shop/web:1 | ALLOWED
        ```
        """
            .formatted(cluster, yaml));
    Scenario scenario = ScenarioReader.read(file);
    return Case.of(name, scenario);
  }

  @Test
  void scenarios_that_agree_on_port_names_share_a_cluster() throws IOException {
    Case a = scenario("a.scn", "pod shop/web port=http:80/TCP", "");
    Case b = scenario("b.scn", "pod shop/web port=http:80/TCP", "");
    Case other = scenario("c.scn", "pod shop/web port=http:8080/TCP", "");
    assertThat(Batches.of(List.of(a, b, other), POLICIES))
        .containsExactly(List.of(a, b), List.of(other));
  }

  @Test
  void a_node_port_is_claimed_once() throws IOException {
    String service =
        "service shop/web 10.96.0.9 80:80/TCP select app=web type=NodePort nodePort=30080";
    Case a = scenario("a.scn", service, "");
    Case b = scenario("b.scn", service, "");
    assertThat(Batches.of(List.of(a, b), POLICIES)).containsExactly(List.of(a), List.of(b));
  }

  @Test
  void a_policy_of_the_whole_cluster_is_alone() throws IOException {
    String policy =
        """
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: all}
        spec: {tier: Admin, priority: 1, subject: {namespaces: {}}}
        """;
    Case a = scenario("a.scn", "pod shop/web", "");
    Case wide = scenario("b.scn", "pod shop/web", policy);
    Case c = scenario("c.scn", "pod shop/web", "");
    assertThat(Batches.of(List.of(a, wide, c), POLICIES))
        .containsExactly(List.of(a, c), List.of(wide));
  }

  @Test
  void a_range_that_agents_end_of_is_alone() throws IOException {
    String policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: old, namespace: shop}
        spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.064/26}}]}]}
        """;
    Case a = scenario("a.scn", "pod shop/web", "");
    Case odd = scenario("b.scn", "pod shop/web", policy);
    assertThat(Batches.of(List.of(a, odd), POLICIES)).containsExactly(List.of(a), List.of(odd));
  }

  @Test
  void a_scenario_that_a_lab_cannot_be_says_why() throws IOException {
    assertThat(scenario("a.scn", "node a 10.0.0.3\nnode b 10.0.0.4", "").unfit(POLICIES))
        .contains("a lab has 2 nodes, not 3");
    assertThat(scenario("b.scn", "node n3 fd00::1", "").unfit(POLICIES))
        .contains("a lab is IPv4 only, and node n3 is not");
    assertThat(scenario("c.scn", "pod shop/web ip=10.244.1.9 phase=Pending", "").unfit(POLICIES))
        .contains("a lab can't hold a pod in phase Pending");
    assertThat(scenario("d.scn", "pod shop/web ip=10.244.1.9", "").unfit(POLICIES)).isEmpty();
  }
}
