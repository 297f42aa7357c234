package io.github.polverdict.lab.recreate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.lab.recreate.Recreation.Wanted;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecreationTest {
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {team: a, kubernetes.io/metadata.name: shop}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web-1, namespace: shop, labels: {app: web, pod-template-hash: 6c9d}}
      spec:
        nodeName: big
        serviceAccountName: seller
        containers: [{name: main, image: secret/web, env: [{name: KEY, value: word}],
          ports: [{name: http, containerPort: 8080}]}]
      status: {podIP: 172.16.1.5}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web-2, namespace: shop, labels: {app: web, pod-template-hash: 7f8b}}
      spec:
        serviceAccountName: seller
        containers: [{name: main, image: secret/web, ports: [{name: http, containerPort: 8080}]}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: import, namespace: shop, labels: {app: import}}
      spec: {containers: [{name: main, image: secret/import}]}
      status: {phase: Succeeded}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {clusterIP: 172.20.0.9, selector: {app: web}, ports: [{port: 80, targetPort: 8081}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop, resourceVersion: "7"}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress:
          - from:
              - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
              - namespaceSelector:
                  matchExpressions:
                    - {key: kubernetes.io/metadata.name, operator: In, values: [shop, ops]}
              - ipBlock: {cidr: 172.16.1.5/32}
      """;

  private static Recreation recreation(String prefix, boolean onePerWorkload) {
    return new Recreation(
        snapshot(),
        new Naming(prefix, Set.of("shop")),
        new Wanted(
            Set.of("NetworkPolicy"),
            Map.of("shop/web-1", Set.of(new Port(53, "UDP"))),
            Map.of("big", "n1"),
            onePerWorkload,
            false));
  }

  private static Snapshot snapshot() {
    return read(CLUSTER);
  }

  private static Snapshot read(String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    try {
      return FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read();
    } catch (UnreadableSource e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_pod_keeps_what_policies_see_and_nothing_of_what_it_ran() {
    String pods = recreation("", false).workloads().json();
    assertThat(pods)
        .contains("\"app\":\"web\"", "\"serviceAccountName\":\"seller\"", "\"nodeName\":\"n1\"")
        .contains("\"name\":\"http\"", "\"containerPort\":8080")
        .doesNotContain("secret", "KEY", "word");
  }

  @Test
  void a_pod_listens_on_declared_ports_on_targets_of_services_and_on_what_is_asked_for() {
    assertThat(recreation("", false).workloads().json())
        .contains("SERVE_PORT_8080", "SERVE_PORT_8081", "--udp-port=53");
  }

  @Test
  void pods_that_only_their_controller_tells_apart_become_one() {
    assertThat(recreation("", true).pods()).containsExactly("shop/web-1");
    assertThat(recreation("", false).pods()).containsExactly("shop/web-1", "shop/web-2");
  }

  @Test
  void a_pod_that_has_ended_is_named_as_left_out() {
    assertThat(recreation("", false).left()).containsExactly("Pod shop/import: it has ended");
  }

  @Test
  void another_name_of_a_namespace_reaches_every_place_that_names_it_and_no_other() {
    Recreation renamed = recreation("s1-", false);
    assertThat(renamed.foundation(Map.of()).json())
        .contains("\"name\":\"s1-shop\"", "\"team\":\"a\"")
        .doesNotContain("kubernetes.io/metadata.name");
    assertThat(renamed.policies(new Addresses(List.of())).json())
        .contains("\"namespace\":\"s1-shop\"")
        .contains("\"matchLabels\":{\"kubernetes.io/metadata.name\":\"s1-shop\"}")
        .contains("\"values\":[\"s1-shop\",\"ops\"]")
        .doesNotContain("resourceVersion");
  }

  @Test
  void policies_get_the_addresses_of_the_lab() {
    Addresses addresses = new Addresses(List.of());
    addresses.add("172.16.1.5", "10.244.1.9");
    assertThat(recreation("", false).policies(addresses).json()).contains("10.244.1.9/32");
  }

  @Test
  void a_service_gets_an_address_of_the_lab() {
    assertThat(recreation("", false).workloads().json())
        .contains("\"targetPort\":8081")
        .doesNotContain("172.20.0.9");
  }

  @Test
  void endpoints_that_an_author_wrote_are_made_again_with_the_labs_addresses() {
    Recreation recreation =
        new Recreation(
            read(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: ext, namespace: shop}
                spec: {ports: [{port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: ext-1, namespace: shop, labels: {kubernetes.io/service-name: ext}}
                addressType: IPv4
                endpoints:
                  - {addresses: [172.16.1.5], nodeName: big}
                  - {addresses: [203.0.113.6], conditions: {ready: false}}
                ports: [{port: 80}]
                """),
            new Naming("s1-", Set.of("shop")),
            new Wanted(Set.of(), Map.of(), Map.of(), false, false));
    Addresses addresses = new Addresses(List.of());
    addresses.add("172.16.1.5", "10.244.1.3");
    assertThat(recreation.slices(addresses).json())
        .contains("\"namespace\":\"s1-shop\"", "[\"10.244.1.3\"]", "[\"203.0.113.6\"]")
        .contains("\"ready\":false")
        .doesNotContain("big", "172.16.1.5");
    recreation.workloads();
    assertThat(recreation.left()).isEmpty();
  }

  @Test
  void a_guest_leaves_the_rest_of_the_cluster_alone() {
    Recreation recreation =
        new Recreation(
            read(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: agent, namespace: shop, labels: {app: agent}}
                spec: {hostNetwork: true, containers: [{name: main}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec:
                  type: NodePort
                  selector: {app: web}
                  ports: [{port: 80, nodePort: 30080}]
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: all}
                spec: {tier: Admin, priority: 1, subject: {namespaces: {}}}
                """),
            new Naming("s1-", Set.of("shop")),
            new Wanted(Set.of("ClusterNetworkPolicy"), Map.of(), Map.of(), false, true));
    assertThat(recreation.foundation(Map.of("owner", "lab")).json()).contains("\"owner\":\"lab\"");
    assertThat(recreation.workloads().json())
        .contains("\"name\":\"web\"")
        .doesNotContain("NodePort", "30080", "agent");
    assertThat(recreation.policies(new Addresses(List.of())).objects()).isEmpty();
    assertThat(recreation.left())
        .containsExactlyInAnyOrder(
            "Pod shop/agent: the network of the cluster's nodes is not the lab's",
            "Service shop/web: it is reached inside of the cluster only, not by NodePort",
            "ClusterNetworkPolicy all: it would hold for the whole cluster");
  }
}
