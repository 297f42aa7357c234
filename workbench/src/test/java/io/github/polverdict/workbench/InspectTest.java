package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.explain;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Extent;
import io.github.polverdict.questions.inspect.InspectAnswer.Policy;
import io.github.polverdict.questions.inspect.InspectAnswer.Status;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.questions.inspect.Stance.Default;
import io.github.polverdict.questions.inspect.Stance.Peer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectTest {
  private static final String OPEN = ingress("shop", "open", "{}", "[{}]");

  private static InspectAnswer inspect(Session session) {
    return new InspectQuestion().ask(session);
  }

  private static Policy only(Session session) {
    return inspect(session).policies().getFirst();
  }

  @Test
  void a_policy_that_selects_pods_is_enforced_and_counts_them() {
    Policy policy =
        only(session(namespace("shop"), deployment("shop", "a"), deployment("shop", "b"), OPEN));

    assertThat(policy.name()).isEqualTo("NetworkPolicy shop/open");
    assertThat(policy.status()).isEqualTo(Status.ENFORCED);
    assertThat(policy.selects()).isEqualTo(2);
    assertThat(policy.why()).isEmpty();
  }

  @Test
  void a_policy_that_selects_nobody_is_inert() {
    Policy policy =
        only(
            session(
                namespace("shop"),
                deployment("shop", "a"),
                ingress("shop", "p", "{matchLabels: {app: x}}", "[]")));

    assertThat(policy.status()).isEqualTo(Status.INERT);
    assertThat(policy.why()).containsExactly("it selects no pod");
  }

  @Test
  void a_policy_that_the_agent_rejects_says_why_once() {
    String policy =
        """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: p}
        spec: {endpointSelector: {}, ingress: [{fromNodes: [{}]}]}
        """;
    Policy rejected = only(session(deployment("default", "a"), policy));

    assertThat(rejected.name()).isEqualTo("CiliumNetworkPolicy default/p");
    assertThat(rejected.status()).isEqualTo(Status.INERT);
    assertThat(rejected.why())
        .singleElement()
        .asString()
        .endsWith("the agent rejects it, fromNodes needs the setting enable-node-selector-labels");
  }

  @Test
  void a_policy_for_endpoints_of_the_engines_own_is_no_inert_one() {
    String policy =
        """
        apiVersion: cilium.io/v2
        kind: CiliumClusterwideNetworkPolicy
        metadata: {name: health}
        spec:
          endpointSelector: {matchLabels: {"reserved:health": ""}}
          ingress: [{fromEntities: [remote-node]}]
        """;
    Policy health = only(session(deployment("default", "a"), policy));

    assertThat(health.status()).isEqualTo(Status.ENFORCED);
    assertThat(health.why()).singleElement().asString().contains("endpoints of Cilium's own");
    assertThat(only(session(deployment("default", "a"), policy.replace("health", "host"))).status())
        .isEqualTo(Status.INERT);
  }

  @Test
  void without_an_enforcing_engine_every_policy_is_inert() {
    assertThat(only(under("unenforced", namespace("shop"), deployment("shop", "a"), OPEN)).status())
        .isEqualTo(Status.INERT);
  }

  @Test
  void a_policy_that_the_api_server_would_refuse_is_uncertain_and_says_why() {
    String bad = OPEN.replace("ingress: [{}]", "ingress: [{ports: [{port: 80, endPort: 70}]}]");
    Policy policy = only(session(namespace("shop"), deployment("shop", "a"), bad));

    assertThat(policy.status()).isEqualTo(Status.UNCERTAIN);
    assertThat(String.join(" ", policy.why())).contains("endPort");
  }

  @Test
  void the_engine_is_assumed_unless_it_is_seen_or_said() {
    assertThat(inspect(session(OPEN)).engines().getFirst().assumed()).isTrue();
    assertThat(inspect(under("kubernetes", OPEN)).engines().getFirst().assumed()).isFalse();
  }

  @Test
  void documents_are_counted_by_kind_and_those_that_nobody_reads_are_named() {
    String secretless =
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w, namespace: shop}";
    InspectAnswer answer = inspect(session(namespace("shop"), deployment("shop", "a"), secretless));

    assertThat(answer.kinds())
        .isEqualTo(Map.of("Namespace", 1, "Deployment", 1, "Widget.example.com", 1));
    assertThat(answer.unread()).isEqualTo(Map.of("Widget.example.com", 1));
    assertThat(answer.endpoints()).isEqualTo(Map.of("POD", 1));
  }

  private static InspectAnswer.Namespace shop(Session session) {
    return inspect(session).namespaces().stream()
        .filter(n -> n.name().equals("shop"))
        .findFirst()
        .orElseThrow();
  }

  private static String egress(String name, String rules) {
    return ingress("shop", name, "{}", "[]")
        .replace("policyTypes: [Ingress]", "policyTypes: [Egress]")
        .replace("ingress: []", "egress: " + rules);
  }

  @Test
  void a_default_is_told_by_effect_and_not_by_the_number_of_policies() {
    String deny = ingress("shop", "deny", "{}", "[]");
    InspectAnswer.Namespace denied =
        shop(session(namespace("shop"), deployment("shop", "a"), deny));
    assertThat(denied.ingress().word()).isEqualTo(Default.DENY);
    assertThat(denied.ingress().shares())
        .allSatisfy(s -> assertThat(s.policy()).isEqualTo("NetworkPolicy shop/deny"));
    assertThat(denied.egress().word()).isEqualTo(Default.ALLOW);
    assertThat(denied.open()).isFalse();

    InspectAnswer.Namespace opened =
        shop(session(namespace("shop"), deployment("shop", "a"), deny, OPEN));
    assertThat(opened.ingress().word()).isEqualTo(Default.ALLOW);
    assertThat(opened.open()).isTrue();
  }

  @Test
  void a_rule_for_named_peers_and_ports_does_not_change_the_default() {
    String some =
        ingress(
            "shop",
            "some",
            "{}",
            "[{from: [{podSelector: {}}]}, {ports: [{port: 80}]},"
                + " {from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]");
    InspectAnswer.Namespace shop =
        shop(under("cilium@1.19", namespace("shop"), deployment("shop", "a"), some));
    assertThat(shop.ingress().word()).isEqualTo(Default.DENY);
    assertThat(shop.ingress().shares())
        .filteredOn(s -> s.peer() == Peer.SAME_NAMESPACE)
        .allSatisfy(s -> assertThat(s.outcome()).isEqualTo(Outcome.ALLOWED));
  }

  @Test
  void a_default_is_mixed_when_the_outside_and_pods_or_some_pods_differ() {
    String world = egress("world", "[{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]");
    String[] shop = {namespace("shop"), deployment("shop", "a"), world};
    assertThat(shop(under("cilium@1.19", shop)).egress().word()).isEqualTo(Default.MIXED);
    assertThat(shop(under("calico@3.31", shop)).egress().word()).isEqualTo(Default.ALLOW);

    String one = ingress("shop", "one", "{matchLabels: {app: a}}", "[]");
    InspectAnswer.Namespace two =
        shop(session(namespace("shop"), deployment("shop", "a"), deployment("shop", "b"), one));
    assertThat(two.ingress().word()).isEqualTo(Default.MIXED);
    assertThat(two.newIngress()).isEqualTo(Default.ALLOW);
  }

  @Test
  void a_setting_can_make_the_default_and_a_namespace_without_pods_has_one_too() {
    InspectAnswer.Namespace empty =
        shop(under("cilium@1.19,enable-policy=always", namespace("shop")));
    assertThat(empty.ingress().supposed()).isTrue();
    assertThat(empty.ingress().word()).isEqualTo(Default.DENY);
    assertThat(empty.ingress().shares())
        .allSatisfy(s -> assertThat(s.policy()).isEqualTo("enable-policy=always"));
    assertThat(shop(under("unenforced", namespace("shop"), OPEN)).open()).isTrue();
  }

  @Test
  void what_could_not_be_read_makes_a_default_unknown() {
    String bad = OPEN.replace("ingress: [{}]", "ingress: [{ports: [{port: 80, endPort: 70}]}]");
    assertThat(shop(session(namespace("shop"), deployment("shop", "a"), bad)).ingress().word())
        .isEqualTo(Default.UNKNOWN);
  }

  private static String node(String name, String os) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: %s, labels: {kubernetes.io/os: %s}}
    spec: {providerID: kind://docker/kind/%s}
    """
        .formatted(name, os, name);
  }

  private static String agent(String started) {
    return """
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: cilium, namespace: kube-system}
    spec:
      template:
        spec:
          nodeSelector: {kubernetes.io/os: linux}
          containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.19.4"}]
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: cilium-x
      namespace: kube-system
      ownerReferences: [{kind: DaemonSet, name: cilium, controller: true}]
    spec:
      hostNetwork: true
      nodeName: n1
      containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.19.4"}]
    status: {phase: Running, startTime: "%s"}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: cilium-config, namespace: kube-system, creationTimestamp: "2026-03-01T10:00:00Z"}
    data: {enable-policy: default}
    """
        .formatted(started);
  }

  @Test
  void a_node_without_an_agent_is_exempt_and_enforcement_is_partial() {
    InspectAnswer answer =
        inspect(
            session(
                node("n1", "linux"),
                node("w1", "windows"),
                agent("2026-03-01T11:00:00Z"),
                namespace("shop"),
                pod("shop", "p", "10.0.0.1").replace("nodeName: n1", "nodeName: w1"),
                OPEN));
    assertThat(answer.nodes()).extracting(InspectAnswer.Node::exempt).containsExactly(false, true);
    assertThat(answer.enforcement().extent()).isEqualTo(Extent.PARTLY);
    assertThat(answer.platforms()).extracting(p -> p.id()).containsExactly("kind");
    assertThat(answer.policies().getFirst().status()).isEqualTo(Status.PARTLY);
  }

  @Test
  void agents_older_than_their_settings_are_named() {
    assertThat(inspect(session(node("n1", "linux"), agent("2026-03-01T09:00:00Z"))).engines())
        .singleElement()
        .satisfies(e ->
            assertThat(String.join(" ", e.pin().assumed()))
                .contains("ConfigMap kube-system/cilium-config changed", "1 of 1 agents"));
    assertThat(inspect(session(node("n1", "linux"), agent("2026-03-01T11:00:00Z"))).engines())
        .singleElement()
        .satisfies(e -> assertThat(e.pin().assumed()).isEmpty());
  }

  @Test
  void in_a_cluster_whose_engine_nobody_knows_only_what_all_engines_do_is_certain() {
    String closed = ingress("shop", "closed", "{matchLabels: {app: a}}", "[]");
    Session session =
        session(
            node("n1", "linux"),
            namespace("shop"),
            pod("shop", "a", "10.0.0.1", "app=a"),
            pod("shop", "b", "10.0.0.2", "app=b"),
            closed);

    assertThat(explain(session, "shop/a", "shop/b:80").verdict()).isEqualTo(Outcome.ALLOWED);
    ExplainAnswer unknown = explain(session, "shop/b", "shop/a:80");
    assertThat(unknown.verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.doubts())
        .singleElement()
        .satisfies(d ->
            assertThat(d.text())
                .isEqualTo("which engine enforces here: only unenforced surely let it pass"));
    InspectAnswer answer = inspect(session);
    assertThat(answer.enforcement().extent()).isEqualTo(Extent.NOT_KNOWN);
    assertThat(answer.engines()).hasSizeGreaterThan(5).allMatch(e -> e.assumed());
    assertThat(answer.policies().getFirst().status()).isEqualTo(Status.UNCERTAIN);
    assertThat(shop(session).ingress().word()).isEqualTo(Default.UNKNOWN);
  }

  @Test
  void manifests_of_no_cluster_are_judged_by_the_specification() {
    Session session =
        session(
            namespace("shop"),
            deployment("shop", "a"),
            deployment("shop", "b"),
            ingress("shop", "closed", "{matchLabels: {app: a}}", "[]"));
    assertThat(explain(session, "shop/b", "shop/a:80").verdict()).isEqualTo(Outcome.DENIED);
  }
}
