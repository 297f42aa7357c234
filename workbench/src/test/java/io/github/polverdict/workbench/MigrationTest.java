package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityAnswer.Row;
import io.github.polverdict.questions.parity.ParityQuestion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What Microsoft says that changes from Azure NPM to Cilium (azure-aks-docs,
 * migrate-from-npm-to-cilium-network-policy.md at 2c90747): ranges of ports, ipBlocks that cover
 * pods and nodes, port names with several numbers, the own node, and balancers.
 */
class MigrationTest {
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      spec: {podCIDR: 10.244.1.0/24}
      status: {addresses: [{type: InternalIP, address: 10.0.0.1}]}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n2}
      spec: {podCIDR: 10.244.2.0/24}
      status: {addresses: [{type: InternalIP, address: 10.0.0.2}]}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      """;

  private static String pod(String name, String node, String address, String port) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: %s}}
    spec: {nodeName: %s, containers: [{name: main, image: example/main:1%s}]}
    status: {phase: Running, podIP: %s, podIPs: [{ip: %s}]}
    """
        .formatted(name, name, node, port, address, address);
  }

  private static String policy(String app, String rest) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %s, namespace: shop}
    spec:
      podSelector: {matchLabels: {app: %s}}
      %s
    """
        .formatted(app, app, rest);
  }

  /** The flips of TCP, one line each, with the rows of the profiles that they rest on. */
  private static Set<String> flips(String... yaml) {
    List<String> engines = List.of("azure-npm@1.6", "cilium@1.15");
    List<Session> sessions =
        engines.stream().map(e -> under(e, OBJECTS + String.join("---\n", yaml))).toList();
    ParityAnswer answer =
        new ParityQuestion(engines, true)
            .ask(List.copyOf(sessions), sessions.stream().map(Alternatives::of).toList());
    return answer.rows().stream()
        .filter(r -> !r.traffic().and(TrafficSet.all(Protocol.TCP)).isEmpty())
        .map(MigrationTest::line)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String line(Row row) {
    TreeSet<String> quirks = new TreeSet<>();
    row.results().forEach(r -> r.quirks().forEach(q -> quirks.add(q.quirk())));
    return "%s -> %s %s: %s because of %s"
        .formatted(
            row.src().name(),
            row.dst().name(),
            row.traffic().and(TrafficSet.all(Protocol.TCP)),
            row.results().stream().map(r -> r.outcome().name()).collect(Collectors.joining(", ")),
            String.join(", ", quirks));
  }

  private static final String OWN_NODE =
      "shop/web[Pod] -> node/n1 TCP 1-65535: ALLOWED, DENIED because of azure-npm.forward-only";

  private static final String WEB = pod("web", "n1", "10.244.1.10", "");
  private static final String DB = pod("db", "n2", "10.244.2.20", "");

  @Test
  void only_the_first_of_a_range_of_ports_stays_open() {
    assertThat(
            flips(
                WEB,
                DB,
                policy(
                    "db",
                    "ingress: [{from: [{podSelector: {}}], ports: [{port: 80, endPort: 90}]}]")))
        .containsExactly(
            "shop/web[Pod] -> shop/db[Pod] TCP 81-90: ALLOWED, DENIED because of cilium.endport");
  }

  @Test
  void an_ipblock_covers_neither_pods_nor_nodes() {
    assertThat(
            flips(
                WEB,
                DB,
                policy(
                    "web",
                    "policyTypes: [Egress]\n  egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]")))
        .containsExactly(
            OWN_NODE,
            "shop/web[Pod] -> node/n2 TCP 1-65535: ALLOWED, DENIED because of"
                + " cilium.ipblock-excludes-cluster-identities",
            "shop/web[Pod] -> shop/db[Pod] TCP 1-65535: ALLOWED, DENIED because of"
                + " cilium.ipblock-excludes-cluster-identities");
  }

  @Test
  void a_literal_range_of_all_addresses_covers_neither_pods_nor_nodes() {
    assertThat(
            flips(
                WEB,
                DB,
                policy(
                    "web",
                    "policyTypes: [Egress]\n  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]")))
        .containsExactly(
            OWN_NODE,
            "shop/web[Pod] -> node/n2 TCP 1-65535: ALLOWED, DENIED because of"
                + " cilium.ipblock-excludes-cluster-identities",
            "shop/web[Pod] -> shop/db[Pod] TCP 1-65535: ALLOWED, DENIED because of"
                + " cilium.ipblock-excludes-cluster-identities");
  }

  @Test
  void a_port_name_with_several_numbers_is_nothing() {
    String ports = ", ports: [{name: http, containerPort: %d}]";
    assertThat(
            flips(
                WEB,
                pod("one", "n2", "10.244.2.21", ports.formatted(8080)),
                pod("two", "n2", "10.244.2.22", ports.formatted(9090)),
                policy(
                    "web",
                    "policyTypes: [Egress]\n  egress: [{to: [{podSelector: {}}], ports: [{port: http}]}]")))
        .containsExactly(
            OWN_NODE,
            "shop/web[Pod] -> shop/one[Pod] TCP 8080: ALLOWED, DENIED because of"
                + " cilium.named-port-egress-global",
            "shop/web[Pod] -> shop/two[Pod] TCP 9090: ALLOWED, DENIED because of"
                + " cilium.named-port-egress-global");
  }

  @Test
  void the_own_node_is_no_longer_open() {
    assertThat(flips(WEB, policy("web", "policyTypes: [Egress]"))).containsExactly(OWN_NODE);
  }

  @Test
  void what_comes_through_a_balancer_is_judged() {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          type: LoadBalancer
          clusterIP: 10.96.0.10
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
        status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}}
        """;
    assertThat(flips(WEB, service, policy("web", "policyTypes: [Ingress]")))
        .containsExactly(
            "0.0.0.0-255.255.255.255 -> svc/shop/web by load balancer TCP 80: ALLOWED, DENIED"
                + " because of azure-npm.lb-nodeport-bypass",
            "0.0.0.0-255.255.255.255 -> svc/shop/web by node port TCP 30080: ALLOWED, DENIED"
                + " because of azure-npm.lb-nodeport-bypass");
  }
}
