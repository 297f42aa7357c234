package io.github.polverdict.workbench.universe;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniverseTest {
  private static final String OWNED =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web-6d4cf56db6-abcde
        namespace: shop
        labels: {app: web, pod-template-hash: 6d4cf56db6}
        ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-6d4cf56db6, uid: u1, controller: true}]
      spec: {nodeName: n1, containers: [{name: c, image: i}]}
      status: {phase: Running, podIP: 10.1.0.5, hostIP: 172.18.0.3}
      """;

  private static List<String> inside(Session session) {
    return session.universe().endpoints().stream()
        .filter(e -> e.kind() != Kind.EXTERNAL)
        .map(Endpoint::id)
        .toList();
  }

  private static List<String> codes(Session session) {
    return session.findings().stream().map(Finding::code).toList();
  }

  private static Endpoint endpoint(Session session, String id) {
    return session.universe().endpoint(id).orElseThrow(() -> new AssertionError(inside(session)));
  }

  @Test
  void a_workload_without_pods_is_one_would_be_pod() {
    Session session = session(namespace("shop"), deployment("shop", "web", "tier=front"));

    Endpoint web = endpoint(session, "shop/web[Deployment]");
    assertThat(web.facts().labels().known())
        .containsEntry("tier", "front")
        .containsEntry("app", "web");
    assertThat(web.addresses().exact()).isFalse();
    assertThat(web.facts().serviceAccount()).isEqualTo("default");
    assertThat(web.ports()).containsExactly(new NamedPort("http", Protocol.TCP, 8080, false));
  }

  @Test
  void the_pods_of_a_workload_win_over_its_template() {
    Session session = session(namespace("shop"), deployment("shop", "web"), OWNED);

    assertThat(inside(session)).containsExactly("node/n1", "shop/web-6d4cf56db6-abcde");
    assertThat(endpoint(session, "shop/web-6d4cf56db6-abcde").shownAs())
        .isEqualTo("shop/web[Deployment]");
  }

  @Test
  void grouping_by_controller_shows_the_replica_set_that_the_pod_names() {
    Session session = session(snapshot(namespace("shop"), OWNED), Grouping.CONTROLLER);

    assertThat(endpoint(session, "shop/web-6d4cf56db6-abcde").shownAs())
        .isEqualTo("shop/web-6d4cf56db6[ReplicaSet]");
  }

  @Test
  void a_pod_that_has_ended_is_left_out_and_said() {
    Session session =
        session(namespace("shop"), pod("shop", "job", "10.1.0.9").replace("Running", "Succeeded"));

    assertThat(inside(session)).containsExactly("node/n1");
    assertThat(codes(session)).contains("PV051");
  }

  @Test
  void an_ended_job_yields_nothing_and_a_cron_job_its_next_pod() {
    String job =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: once, namespace: shop}
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
        status: {conditions: [{type: Complete, status: "True"}]}
        """;
    String cron =
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly, namespace: shop}
        spec:
          schedule: "0 1 * * *"
          jobTemplate:
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}
        """;

    assertThat(inside(session(namespace("shop"), job, cron)))
        .containsExactly("shop/nightly[CronJob]");
  }

  @Test
  void a_pod_on_the_host_network_has_the_addresses_of_its_node() {
    String node =
        """
        apiVersion: v1
        kind: Node
        metadata: {name: n1, labels: {zone: z1}}
        status:
          addresses:
          - {type: InternalIP, address: 172.18.0.3}
          - {type: ExternalIP, address: 203.0.113.7}
          - {type: Hostname, address: n1}
        """;
    String pod =
        pod("shop", "agent", "172.18.0.3")
            .replace("nodeName: n1", "nodeName: n1\n  hostNetwork: true");
    Session session = session(namespace("shop"), node, pod);

    Endpoint agent = endpoint(session, "shop/agent");
    assertThat(agent.kind()).isEqualTo(Kind.HOST_POD);
    assertThat(agent.addresses()).isEqualTo(endpoint(session, "node/n1").addresses());
    assertThat(agent.addresses().set()).hasToString("172.18.0.3,203.0.113.7");
    assertThat(endpoint(session, "node/n1").facts().labels())
        .isEqualTo(Labels.of(java.util.Map.of("zone", "z1")));
  }

  @Test
  void pods_with_other_labels_than_their_template_are_told_where_policies_ask_for_them() {
    String owned = OWNED.replace("app: web,", "app: web, tier: front, color: red,");
    String asking =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: front, namespace: shop}
        spec: {podSelector: {matchLabels: {tier: front, pod-template-hash: "1"}}}
        """;
    String like = deployment("shop", "web", "tier=front");
    String other = deployment("shop", "web", "tier=back");

    assertThat(codes(session(namespace("shop"), like, owned, asking))).doesNotContain("PV059");
    assertThat(codes(session(namespace("shop"), other, owned))).doesNotContain("PV059");
    assertThat(session(namespace("shop"), other, owned, asking).findings())
        .filteredOn(f -> f.code().equals("PV059"))
        .extracting(Finding::message)
        .containsExactly(
            "1 of 1 pods of Deployment shop/web run with tier=front; new ones will have tier=back,"
                + " and policies ask for it");
    String without = deployment("shop", "web");
    assertThat(session(namespace("shop"), without, owned, asking).findings())
        .filteredOn(f -> f.code().equals("PV059"))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("new ones will have no label tier"));
  }

  @Test
  void a_node_that_only_a_pod_names_has_that_pods_host_address_and_unknown_labels() {
    Session session = session(namespace("shop"), OWNED);

    Endpoint node = endpoint(session, "node/n1");
    assertThat(node.addresses().set()).hasToString("172.18.0.3");
    assertThat(node.facts().labels().incomplete()).isPresent();
    assertThat(codes(session)).contains("PV057");
  }

  @Test
  void only_sidecars_among_init_containers_declare_ports() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec:
          initContainers:
          - {name: mesh, image: i, restartPolicy: Always, ports: [{name: admin, containerPort: 15000}]}
          - {name: setup, image: i, ports: [{name: never, containerPort: 1}]}
          containers:
          - {name: c, image: i, ports: [{name: dns, containerPort: 53, protocol: UDP}]}
        """;

    assertThat(endpoint(session(namespace("shop"), pod), "shop/web").ports())
        .containsExactly(
            new NamedPort("dns", Protocol.UDP, 53, false),
            new NamedPort("admin", Protocol.TCP, 15000, true));
  }

  @Test
  void a_namespace_that_is_only_referenced_has_its_name_label_and_a_finding() {
    Session session = session(deployment("shop", "web"));

    assertThat(endpoint(session, "shop/web[Deployment]").facts().namespaceLabels())
        .isEqualTo(Labels.of(java.util.Map.of("kubernetes.io/metadata.name", "shop")));
    assertThat(codes(session)).contains("PV050");
  }

  @Test
  void when_namespaces_could_not_be_listed_only_the_name_label_is_sure() {
    Gap gap =
        new Gap(Set.of("Namespace"), "", "namespaces", "forbidden", new Origin.Said("cluster"));
    Session session = session(Given.with(snapshot(deployment("shop", "web")), gap));

    Labels labels = endpoint(session, "shop/web[Deployment]").facts().namespaceLabels();
    assertThat(labels.known()).containsOnlyKeys("kubernetes.io/metadata.name");
    assertThat(labels.incomplete().orElseThrow().text()).contains("shop").contains("forbidden");
  }

  @Test
  void a_template_that_its_selector_does_not_select_is_refused_as_the_api_server_does() {
    Session session =
        session(
            namespace("shop"),
            deployment("shop", "web").replace("matchLabels: {app: web}", "matchLabels: {app: x}"));

    assertThat(inside(session)).isEmpty();
    assertThat(codes(session)).contains("PV054");
  }

  @Test
  void two_running_pods_with_one_address_are_said() {
    Session session =
        session(namespace("shop"), pod("shop", "a", "10.1.0.5"), pod("shop", "b", "10.1.0.5"));

    assertThat(codes(session)).contains("PV052");
  }

  @Test
  void the_outside_is_cut_where_policies_cut_it() {
    String rules = "[{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.2.3/32]}}]}]";
    Session session = session(namespace("shop"), ingress("shop", "p", "{}", rules));

    assertThat(session.universe().endpoints())
        .extracting(Endpoint::id)
        .containsExactly(
            "0.0.0.0-9.255.255.255",
            "10.0.0.0-10.1.2.2",
            "10.1.2.3-10.1.2.3",
            "10.1.2.4-10.255.255.255",
            "11.0.0.0-255.255.255.255");
  }

  @Test
  void ipv6_counts_as_soon_as_an_address_or_a_policy_shows_it() {
    String rules = "[{from: [{ipBlock: {cidr: 'fd00::/8'}}]}]";

    assertThat(session(namespace("shop"), deployment("shop", "web")).families()).hasSize(1);
    assertThat(session(namespace("shop"), ingress("shop", "p", "{}", rules)).families()).hasSize(2);
  }

  private static Service service(Session session) {
    assertThat(session.universe().services()).hasSize(1);
    return session.universe().services().getFirst();
  }

  private static final String NAMED_TARGET =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, clusterIP: 10.96.0.9, ports: [{port: 80, targetPort: http}]}
      """;

  @Test
  void a_named_target_port_is_looked_up_on_every_pod() {
    String other = pod("shop", "b", "10.1.0.6", "app=web").replace("8080", "9090");
    Service service =
        service(
            session(
                namespace("shop"), pod("shop", "a", "10.1.0.5", "app=web"), other, NAMED_TARGET));

    assertThat(service.ports().getFirst().backends())
        .containsExactly(new Service.Backend("shop/a", 8080), new Service.Backend("shop/b", 9090));
    assertThat(service.addresses()).hasToString("10.96.0.9");
  }

  @Test
  void endpoint_slices_win_over_the_selector_and_unknown_addresses_become_outside() {
    String slice =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        ports: [{port: 8081, protocol: TCP}]
        endpoints:
        - {addresses: [198.51.100.7], conditions: {ready: true}}
        - {addresses: [10.1.0.5], conditions: {ready: false}, targetRef: {kind: Pod, name: a, namespace: shop}}
        """;
    Session session =
        session(namespace("shop"), pod("shop", "a", "10.1.0.5", "app=web"), NAMED_TARGET, slice);

    assertThat(service(session).ports().getFirst().backends())
        .containsExactly(new Service.Backend("198.51.100.7-198.51.100.7", 8081));
    assertThat(endpoint(session, "198.51.100.7-198.51.100.7").kind()).isEqualTo(Kind.EXTERNAL);
  }

  @Test
  void a_service_without_endpoints_is_said() {
    assertThat(codes(session(namespace("shop"), NAMED_TARGET))).contains("PV053");
  }

  @Test
  void a_headless_service_without_ports_has_endpoints_if_it_selects_pods() {
    String headless =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {clusterIP: None, selector: {app: db}}
        """;
    String db = pod("shop", "db", "10.1.0.5", "app=db");
    assertThat(codes(session(namespace("shop"), db, headless))).doesNotContain("PV053");
    assertThat(codes(session(namespace("shop"), headless))).contains("PV053");
  }

  @Test
  void a_label_that_only_the_controller_knows_is_in_doubt_when_a_policy_asks_for_it() {
    String asked = "{matchLabels: {pod-template-hash: 6d4cf56db6}}";
    Session with =
        session(namespace("shop"), deployment("shop", "web"), ingress("shop", "p", asked, "[]"));
    Session without =
        session(namespace("shop"), deployment("shop", "web"), ingress("shop", "p", "{}", "[]"));

    assertThat(endpoint(with, "shop/web[Deployment]").facts().labels().incomplete()).isPresent();
    assertThat(endpoint(without, "shop/web[Deployment]").facts().labels().incomplete()).isEmpty();
  }
}
