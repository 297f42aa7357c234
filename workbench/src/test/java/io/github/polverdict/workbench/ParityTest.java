package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityQuestion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParityTest {

  private static ParityAnswer parity(List<String> engines, String... yaml) {
    List<Bench> benches = engines.stream().<Bench>map(e -> under(e, yaml)).toList();
    return new ParityQuestion(engines, false).ask(benches);
  }

  @Test
  void rows_are_the_flows_on_which_engines_disagree_with_what_decides_under_each() {
    ParityAnswer answer =
        parity(
            List.of("kubernetes", "unenforced"),
            namespace("shop"),
            deployment("shop", "web"),
            deployment("shop", "db"),
            ingress(
                "shop",
                "db",
                "{matchLabels: {app: db}}",
                "[{from: [{podSelector: {}}], ports: [{port: 80}]}]"));

    assertThat(answer.rows()).hasSize(2);
    ParityAnswer.Row inside = answer.rows().getFirst();
    assertThat(inside.src().name() + " " + inside.dst().name())
        .isEqualTo("shop/web[Deployment] shop/db[Deployment]");
    assertThat(inside.traffic().toString()).startsWith("TCP 1-79,81-65535 UDP");
    assertThat(inside.results())
        .extracting(ParityAnswer.Result::outcome)
        .containsExactly(Outcome.DENIED, Outcome.ALLOWED);
    assertThat(inside.results().getFirst().because()).contains("NetworkPolicy shop/db");
    assertThat(answer.rows().getLast().src().name()).isEqualTo("0.0.0.0-255.255.255.255");
    assertThat(answer.agreed()).isPositive();
    assertThat(answer.groups())
        .singleElement()
        .satisfies(g -> assertThat(g.rows()).containsExactly(0, 1));
  }

  @Test
  void a_disagreement_names_the_quirks_that_it_rests_on() {
    ParityAnswer answer =
        parity(
            List.of("kubernetes", "kubernetes,ipblock=external"),
            namespace("shop"),
            pod("shop", "web", "10.1.0.1"),
            pod("shop", "db", "10.1.0.2", "app=db"),
            ingress(
                "shop",
                "db",
                "{matchLabels: {app: db}}",
                "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]"));

    assertThat(answer.rows())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.src().name()).isEqualTo("shop/web[Pod]");
          assertThat(row.results())
              .extracting(ParityAnswer.Result::outcome)
              .containsExactly(Outcome.ALLOWED, Outcome.DENIED);
        });
    assertThat(answer.engines())
        .extracting(ParityAnswer.Engine::name)
        .containsExactly("kubernetes", "kubernetes,ipblock=external");
  }

  @Test
  void engines_that_agree_on_everything_have_no_rows() {
    ParityAnswer answer =
        parity(
            Arrays.asList("kubernetes", "kubernetes"),
            namespace("shop"),
            deployment("shop", "web"));

    assertThat(answer.rows()).isEmpty();
    assertThat(answer.agreed()).isEqualTo(2);
  }

  @Test
  void each_protocol_is_told_with_its_own_row_and_tcp_comes_before_what_few_speak() {
    List<String> engines = List.of("azure-npm", "cilium@1.20");
    String[] objects = {
      namespace("shop"),
      pod("shop", "web", "10.1.0.1"),
      pod("shop", "db", "10.1.0.2", "app=db"),
      ingress("shop", "db", "{matchLabels: {app: db}}", "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]")
    };
    List<Session> sessions = engines.stream().map(e -> under(e, objects)).toList();

    ParityAnswer answer =
        new ParityQuestion(engines, false)
            .ask(List.copyOf(sessions), sessions.stream().map(Alternatives::of).toList());

    assertThat(answer.groups().stream().map(g -> g.quirks().stream().map(q -> q.quirk()).toList()))
        .startsWith(List.of("cilium.ipblock-excludes-cluster-identities"))
        .contains(
            List.of("cilium.icmp-frag-needed"),
            List.of("cilium.sctp-disabled"),
            List.of("cilium.other-l4-protocols-dropped"))
        .hasSize(4);
    assertThat(answer.groups().getFirst().rows())
        .singleElement()
        .satisfies(i -> assertThat(answer.rows().get(i).usual()).isTrue());
  }

  @Test
  void what_an_engine_leaves_open_names_the_row_that_says_so() {
    List<String> engines = List.of("azure-npm", "kubernetes");
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {type: NodePort, clusterIP: 10.96.0.9, selector: {app: db}, ports: [{port: 80, nodePort: 30080}]}
        """;
    String v6 =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: six, namespace: shop}
        spec: {nodeName: n1, containers: [{name: main, image: example/main:1}]}
        status: {phase: Running, podIP: "fd00::6", podIPs: [{ip: "fd00::6"}]}
        """;
    String node =
        """
        apiVersion: v1
        kind: Node
        metadata: {name: n1}
        status: {addresses: [{type: InternalIP, address: 10.0.0.1}]}
        """;
    List<Session> sessions =
        engines.stream()
            .map(e ->
                under(
                    e,
                    node,
                    namespace("shop"),
                    v6,
                    pod("shop", "db", "10.1.0.2", "app=db"),
                    service,
                    ingress("shop", "all", "{}", "[]")))
            .toList();

    ParityAnswer answer =
        new ParityQuestion(engines, false)
            .ask(List.copyOf(sessions), sessions.stream().map(Alternatives::of).toList());

    assertThat(answer.rows())
        .filteredOn(r -> r.results().getFirst().outcome() == Outcome.UNKNOWN)
        .isNotEmpty()
        .allSatisfy(r ->
            assertThat(r.results().getFirst().quirks())
                .extracting(q -> q.quirk())
                .containsExactly("azure-npm.ipv6"));
  }
}
