package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.explain;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.snapshot;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainAnswer.How;
import io.github.polverdict.questions.explain.ExplainAnswer.Sees;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.snapshot.Gap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final String FROM_WEB =
      ingress(
          "shop",
          "db",
          "{matchLabels: {app: db}}",
          "[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]");

  private static final Session SHOP =
      session(
          namespace("shop"),
          namespace("ops", "team=ops"),
          deployment("shop", "web"),
          deployment("shop", "db"),
          deployment("ops", "web"),
          FROM_WEB);

  private static List<Refusal> refusals(Session session, String from, String to) {
    return switch (new ExplainQuestion(from, to, "").ask(session)) {
      case Reply.Refused<ExplainAnswer>(List<Refusal> refusals) -> refusals;
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> throw new AssertionError(answer);
    };
  }

  @Test
  void an_allowed_flow_names_the_rule_that_allows_it_and_its_place() {
    ExplainAnswer answer = explain(SHOP, "shop/web", "shop/db:5432");

    assertThat(answer.verdict()).isEqualTo(Outcome.ALLOWED);
    Gate gate = answer.gates().getLast();
    assertThat(gate.direction()).isEqualTo(Direction.INGRESS);
    assertThat(gate.decision().how()).isEqualTo(How.RULE);
    assertThat(gate.decision().policy()).isEqualTo("NetworkPolicy shop/db");
    assertThat(gate.decision().origin().orElseThrow().text()).contains("<stdin>:");
    assertThat(answer.cases().getFirst().client().sees()).isEqualTo(Sees.PASSES);
    assertThat(answer.pins()).hasSize(1);
  }

  @Test
  void a_denied_flow_names_the_policy_the_near_miss_and_what_the_client_sees() {
    ExplainAnswer answer = explain(SHOP, "ops/web", "shop/db:5432");

    assertThat(answer.verdict()).isEqualTo(Outcome.DENIED);
    assertThat(answer.gates().getLast().decision().how()).isEqualTo(How.ISOLATION);
    ExplainAnswer.Case only = answer.cases().getFirst();
    assertThat(only.nearMisses().getFirst().failed()).containsExactly("NAMESPACE");
    assertThat(only.nearMisses().getFirst().sentence())
        .isEqualTo("it asks for namespace shop, not ops");
    assertThat(only.client().sees()).isNotEqualTo(Sees.PASSES);
  }

  @Test
  void a_policy_that_passes_a_flow_on_is_named_when_nothing_after_it_decides() {
    String passing =
        """
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: passing}
        spec:
          tier: Admin
          priority: 1
          subject: {namespaces: {}}
          ingress: [{action: Pass, from: [{namespaces: {}}]}]
        """;
    Session session =
        session(namespace("shop"), deployment("shop", "web"), deployment("shop", "db"), passing);

    List<Gate> gates = explain(session, "shop/web", "shop/db:5432").gates();
    assertThat(gates.getFirst().decision().sentence()).startsWith("no policy selects shop/web");
    assertThat(gates.getLast().decision().sentence())
        .isEqualTo(
            "ClusterNetworkPolicy passing is asked about shop/db[Deployment] for ingress"
                + " and leaves it open, so kubernetes lets it pass");
    assertThat(gates.getLast().decision().origin()).isPresent();
  }

  @Test
  void a_wrong_port_is_a_near_miss_of_the_port() {
    ExplainAnswer answer = explain(SHOP, "shop/web", "shop/db:http");

    assertThat(answer.verdict()).isEqualTo(Outcome.DENIED);
    assertThat(answer.cases().getFirst().nearMisses().getFirst().failed()).containsExactly("PORT");
  }

  @Test
  void without_a_port_the_answer_has_a_case_for_the_traffic_of_each_outcome() {
    ExplainAnswer answer = explain(SHOP, "shop/web", "shop/db");

    assertThat(answer.verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer.mixed()).isTrue();
    assertThat(answer.doubts())
        .extracting(Doubt::text)
        .containsExactly("the result differs by port");
    assertThat(answer.cases())
        .extracting(c -> c.traffic().toString() + " " + c.verdict())
        .containsExactly(
            "TCP 5432 ALLOWED",
            "TCP 1-5431,5433-65535 UDP 1-65535 SCTP 1-65535 ICMP 0-65535 OTHER 0-255 DENIED");
  }

  @Test
  void pods_that_come_out_alike_are_one_case_and_others_another() {
    Session session =
        session(
            namespace("shop"),
            pod("shop", "a", "10.1.0.1", "role=db"),
            pod("shop", "b", "10.1.0.2", "role=db"),
            pod("shop", "c", "10.1.0.3", "role=web"),
            ingress("shop", "closed", "{matchLabels: {role: db}}", "[]"));

    ExplainAnswer answer = explain(session, "192.0.2.1", "shop/*:80");

    assertThat(answer.cases())
        .extracting(c -> c.to().name() + " " + c.verdict())
        .containsExactly("shop/a DENIED", "shop/c ALLOWED");
    assertThat(answer.cases().getFirst().others())
        .containsExactly(new ExplainAnswer.Pair("192.0.2.1", "shop/b"));
    assertThat(answer.verdict()).isEqualTo(Outcome.UNKNOWN);
  }

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: shop}
      spec:
        type: NodePort
        clusterIP: 10.96.0.5
        selector: {app: db}
        ports: [{name: sql, port: 3306, targetPort: 5432, nodePort: 30306}]
      status: {loadBalancer: {ingress: [{ip: 203.0.113.20}]}}
      """;

  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status: {addresses: [{type: InternalIP, address: 172.18.0.3}]}
      """;

  @Test
  void a_service_is_judged_at_its_target_port() {
    Session session =
        session(
            namespace("shop"),
            deployment("shop", "web"),
            deployment("shop", "db"),
            FROM_WEB,
            SERVICE);

    ExplainAnswer answer = explain(session, "deploy/shop/web", "svc/shop/db:sql");

    assertThat(answer.verdict()).isEqualTo(Outcome.ALLOWED);
    ExplainAnswer.Case only = answer.cases().getFirst();
    assertThat(only.to()).isEqualTo(new ExplainAnswer.Called("svc/shop/db", "CLUSTER_IP"));
    assertThat(only.traffic()).hasToString("TCP 3306");
    assertThat(only.ways().getFirst().traffic()).hasToString("TCP 5432");
    assertThat(explain(session, "shop/web", "svc/shop/db").verdict()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void an_address_of_a_service_is_that_service_by_the_way_it_is_called() {
    Session session =
        session(
            namespace("shop"), deployment("shop", "web"), deployment("shop", "db"), SERVICE, NODE);

    assertThat(explain(session, "shop/web", "10.96.0.5:3306").cases().getFirst().to().via())
        .isEqualTo("CLUSTER_IP");
    assertThat(explain(session, "192.0.2.9", "203.0.113.20:3306").cases().getFirst().to().via())
        .isEqualTo("LOAD_BALANCER");
    ExplainAnswer.Case byNode =
        explain(session, "192.0.2.9", "172.18.0.3:30306").cases().getFirst();
    assertThat(byNode.to().via()).isEqualTo("NODE_PORT");
    assertThat(byNode.ways()).hasSize(1);
    assertThat(explain(session, "192.0.2.9", "172.18.0.3:22").cases().getFirst().to().name())
        .isEqualTo("node/n1");
  }

  @Test
  void an_address_of_a_running_pod_is_that_pod() {
    Session session =
        session(
            namespace("shop"),
            pod("shop", "a", "10.1.0.1", "app=db"),
            pod("shop", "w", "10.1.0.2"),
            FROM_WEB);

    ExplainAnswer answer = explain(session, "10.1.0.2", "10.1.0.1:5432");

    assertThat(answer.cases().getFirst().from().name()).isEqualTo("shop/w");
    assertThat(answer.cases().getFirst().to().name()).isEqualTo("shop/a");
  }

  @Test
  void an_address_that_a_pod_may_get_later_is_judged_as_outside_and_said() {
    assertThat(explain(SHOP, "10.1.0.9", "shop/db:5432").notes())
        .containsExactly(
            "10.1.0.9 is judged as an outside address; a pod that does not run yet may get it");
    Session served =
        session(namespace("shop"), deployment("shop", "web"), deployment("shop", "db"), SERVICE);
    assertThat(explain(served, "shop/web", "10.96.0.5:3306").notes()).isEmpty();
  }

  @Test
  void a_headless_service_leads_to_its_pods_without_translation() {
    String headless =
        SERVICE
            .replace("clusterIP: 10.96.0.5", "clusterIP: None")
            .replace("type: NodePort", "type: ClusterIP");
    Session session =
        session(
            namespace("shop"),
            deployment("shop", "web"),
            deployment("shop", "db"),
            FROM_WEB,
            headless);

    ExplainAnswer answer = explain(session, "shop/web", "svc/shop/db:3306");

    assertThat(answer.verdict()).isEqualTo(Outcome.DENIED);
    assertThat(answer.notes()).anyMatch(n -> n.contains("headless"));
    assertThat(explain(session, "shop/web", "svc/shop/db").verdict()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void what_cannot_be_understood_is_refused_with_what_may_be_meant() {
    Refusal typo = refusals(SHOP, "shop/wep", "shop/db:1").getFirst();
    assertThat(typo.message()).isEqualTo("there is no pod and no workload shop/wep");
    assertThat(typo.suggestions()).first().isEqualTo("shop/web");
    assertThat(refusals(SHOP, "api.example.com", "shop/db").getFirst().code()).isEqualTo("PV062");
    assertThat(refusals(SHOP, "shop/web", "shop/db:99999").getFirst().code()).isEqualTo("PV063");
    assertThat(refusals(SHOP, "shop/web", "shop/db:admin").getFirst().suggestions())
        .containsExactly("http");
    assertThat(refusals(SHOP, "shop/nope", "shop/neither")).hasSize(2);
    assertThat(refusals(SHOP, "shop/web", "10.0.0.0/99:80").getFirst().message())
        .isEqualTo("'10.0.0.0/99' is no range of addresses, as 10.0.0.0/8 is");
    assertThat(refusals(SHOP, "shop/web", "shop/db:80-90").getFirst().message())
        .contains("is a range of ports");
    assertThat(refusals(SHOP, "shop/web:80", "shop/db").getFirst().code()).isEqualTo("PV063");
  }

  @Test
  void a_name_of_two_workloads_is_refused_with_both() {
    String second = deployment("shop", "web").replace("kind: Deployment", "kind: StatefulSet");
    Session session = session(namespace("shop"), deployment("shop", "web"), second);

    assertThat(refusals(session, "shop/web", "192.0.2.1").getFirst().suggestions())
        .containsExactly("deploy/shop/web", "sts/shop/web");
    assertThat(explain(session, "sts/shop/web", "192.0.2.1:80").verdict())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void nothing_enforcing_is_allowed_and_said() {
    Session session =
        under(
            "unenforced",
            namespace("shop"),
            deployment("shop", "web"),
            deployment("shop", "db"),
            FROM_WEB);

    ExplainAnswer answer = explain(session, "192.0.2.1", "shop/db:1");

    assertThat(answer.verdict()).isEqualTo(Outcome.ALLOWED);
    assertThat(answer.gates()).isEmpty();
    assertThat(answer.notes())
        .contains("no engine enforces policies here: whatever has a route passes");
  }

  @Test
  void many_flows_get_one_row_each_in_the_order_asked() {
    ExplainManyAnswer answer =
        new ExplainManyQuestion(
                List.of(
                    new ExplainManyQuestion.Pair("shop/web", "shop/db:5432"),
                    new ExplainManyQuestion.Pair("ops/web", "shop/db:5432"),
                    new ExplainManyQuestion.Pair("nobody", "shop/db:5432")),
                "")
            .ask(SHOP);

    assertThat(answer.rows())
        .extracting(ExplainManyAnswer.Row::verdict)
        .containsExactly(
            Optional.of(Outcome.ALLOWED), Optional.of(Outcome.DENIED), Optional.empty());
    ExplainManyAnswer.Row denied = answer.rows().get(1);
    assertThat(denied.egress()).contains(Outcome.ALLOWED);
    assertThat(denied.ingress()).contains(Outcome.DENIED);
    assertThat(denied.because())
        .startsWith("NetworkPolicy shop/db isolates shop/db[Deployment] for ingress")
        .contains("<stdin>:");
    assertThat(answer.rows().get(2).refusals()).hasSize(1);
  }

  @Test
  void a_service_that_may_be_there_unread_is_refused_with_what_could_not_be_read() {
    Gap gap =
        new Gap(
            Set.of("Service"),
            "ops",
            "services in namespace ops",
            "forbidden",
            new Origin.Said("c"));
    Session session =
        session(Given.with(snapshot(deployment("ops", "web"), deployment("shop", "web")), gap));

    assertThat(refusals(session, "shop/web", "svc/ops/db").getFirst().message())
        .isEqualTo(
            "there is no Service ops/db that could be read (services in namespace ops: forbidden)");
    assertThat(refusals(session, "shop/web", "svc/shop/db").getFirst().message())
        .isEqualTo("there is no Service shop/db");
  }

  @Test
  void ipv6_addresses_stand_in_brackets_before_a_port() {
    Session session =
        session(
            namespace("shop"),
            pod("shop", "db", "fd00::5", "app=db"),
            ingress(
                "shop",
                "db",
                "{}",
                "[{from: [{ipBlock: {cidr: '2001:db8::/32'}}], ports: [{port: 5432}]}]"));

    assertThat(explain(session, "2001:db8::1", "[fd00::5]:5432").verdict())
        .isEqualTo(Outcome.ALLOWED);
    assertThat(explain(session, "2001:db9::1", "[fd00::5]:5432").verdict())
        .isEqualTo(Outcome.DENIED);
    ExplainAnswer range = explain(session, "2001:db8::/31", "shop/db:5432");
    assertThat(range.cases())
        .extracting(c -> c.from().name() + " " + c.verdict())
        .containsExactly(
            "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff ALLOWED",
            "2001:db9::-2001:db9:ffff:ffff:ffff:ffff:ffff:ffff DENIED");
    assertThat(refusals(session, "192.0.2.1", "shop/db:5432").getFirst().code()).isEqualTo("PV060");
  }

  @Test
  void ping_is_an_echo_request() {
    ExplainAnswer answer = explain(SHOP, "ops/web", "shop/db:icmp");

    assertThat(answer.verdict()).isEqualTo(Outcome.DENIED);
    assertThat(answer.cases().getFirst().traffic()).hasToString("ICMP 2048");
  }

  @Test
  void names_without_namespace_are_of_the_default_one() {
    assertThat(new ExplainQuestion("web", "svc/none", "shop").ask(SHOP))
        .isInstanceOf(Reply.Refused.class);
    assertThat(new ExplainQuestion("web", "deploy/db:5432", "shop").ask(SHOP))
        .isInstanceOfSatisfying(
            Reply.Answered.class,
            a -> assertThat(((ExplainAnswer) a.answer()).verdict()).isEqualTo(Outcome.ALLOWED));
  }
}
