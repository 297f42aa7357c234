package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
  private static final Set<String> POLICIES = Set.of("NetworkPolicy", "ClusterNetworkPolicy");

  private final NodePorts nodePorts = new NodePorts();
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
    return Case.of(name, scenario, nodePorts);
  }

  @Test
  void scenarios_that_agree_on_the_port_names_of_policies_share_a_cluster() throws IOException {
    String policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: by-name, namespace: shop}
        spec: {podSelector: {}, ingress: [{ports: [{port: http}]}]}
        """;
    Case a = scenario("a.scn", "pod shop/web port=http:80/TCP", policy);
    Case b = scenario("b.scn", "pod shop/web port=http:80/TCP", "");
    Case other = scenario("c.scn", "pod shop/web port=http:8080/TCP", "");
    Case more = scenario("d.scn", "pod shop/web port=http:8081/TCP", "");
    assertThat(Batches.of(List.of(a, b, other, more), POLICIES))
        .containsExactly(List.of(a, b), List.of(other, more));
    assertThat(Batches.of(List.of(a, b, other), Set.of())).containsExactly(List.of(a, b, other));
  }

  @Test
  void node_ports_of_the_same_number_become_others() throws IOException {
    String service =
        "service shop/web 10.96.0.9 80:80/TCP select app=web type=NodePort nodePort=30080";
    Case a = scenario("a.scn", service, "");
    Case b = scenario("b.scn", service, "");
    assertThat(Batches.of(List.of(a, b), POLICIES)).containsExactly(List.of(a, b));
    assertThat(List.of(a.nodePorts(), b.nodePorts()))
        .containsExactly(Map.of("30080", "30000"), Map.of("30080", "30001"));
    Way flow = Way.of("shop/web", "10.0.0.1:30080").orElseThrow();
    assertThat(b.port(flow)).isEqualTo(30001);
  }

  @Test
  void a_port_of_a_node_is_taken_once() throws IOException {
    String agent = "pod shop/agent ip=10.0.0.1 node=n1 hostNetwork port=agent:9100/TCP";
    Case a = scenario("a.scn", agent, "");
    Case b = scenario("b.scn", agent, "");
    Case other = scenario("c.scn", agent.replace("agent:9100", "other:9200"), "");
    assertThat(Batches.of(List.of(a, b, other), POLICIES))
        .containsExactly(List.of(b), List.of(a, other));
  }

  @Test
  void policies_of_the_whole_cluster_take_turns() throws IOException {
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
    Case d = scenario("d.scn", "pod shop/web", policy);
    assertThat(Batches.of(List.of(a, wide, c, d), POLICIES))
        .containsExactly(List.of(a, c), List.of(wide, d));
    assertThat(Batches.turns(List.of(wide, d), POLICIES))
        .containsExactly(List.of(wide), List.of(d));
    assertThat(Batches.turns(List.of(a, c), POLICIES)).containsExactly(List.of(a, c));
    assertThat(Batches.of(List.of(a, wide, c, d), Set.of()))
        .containsExactly(List.of(a, wide, c, d));
  }

  @Test
  void a_range_that_agents_end_of_takes_turns_with_others() throws IOException {
    String policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: old, namespace: shop}
        spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.064/26}}]}]}
        """;
    Case a = scenario("a.scn", "pod shop/web", "");
    Case odd = scenario("b.scn", "pod shop/web", policy);
    Case b = scenario("c.scn", "pod shop/web", "");
    assertThat(Batches.of(List.of(a, odd, b), POLICIES))
        .containsExactly(List.of(odd), List.of(a, b));
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
