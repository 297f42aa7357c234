package io.github.polverdict.workbench.tighten;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.tighten.Declared;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer.Flaw;
import io.github.polverdict.questions.tighten.TightenAnswer.Manifest;
import io.github.polverdict.questions.tighten.TightenQuestion;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class TighteningTest {
  private static final String[] SHOP = {
    namespace("shop", "kubernetes.io/metadata.name=shop"),
    namespace("data", "kubernetes.io/metadata.name=data"),
    namespace("kube-system", "kubernetes.io/metadata.name=kube-system"),
    deployment("shop", "web", "tier=front"),
    deployment("shop", "api", "tier=back"),
    deployment("data", "db", "tier=back"),
    deployment("kube-system", "coredns", "k8s-app=kube-dns"),
    """
    apiVersion: v1
    kind: Service
    metadata: {name: kube-dns, namespace: kube-system}
    spec:
      clusterIP: 10.96.0.10
      selector: {k8s-app: kube-dns}
      ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53, protocol: TCP}]
    """,
    """
    apiVersion: v1
    kind: Service
    metadata: {name: db, namespace: data}
    spec:
      clusterIP: 10.96.0.7
      selector: {app: db}
      ports: [{name: sql, port: 5432, targetPort: 8080}]
    """,
    ingress("shop", "old", "{matchLabels: {app: api}}", "[{}]")
  };

  static Declared flow(String from, String to) {
    return new Declared(from, to, Optional.empty());
  }

  private static TightenAnswer asked(Session session, TightenQuestion question) {
    return switch (Tightening.of(session, question)) {
      case Reply.Answered<TightenAnswer>(TightenAnswer answer) -> answer;
      case Reply.Refused<TightenAnswer>(var refusals) -> throw new AssertionError(refusals);
    };
  }

  static TightenAnswer asked(Session session, Declared... flows) {
    return asked(session, new TightenQuestion(List.of(flows), Set.of(), true, ""));
  }

  private static String yaml(TightenAnswer answer, String object) {
    return answer.manifests().stream()
        .filter(m -> m.object().equals(object))
        .map(Manifest::yaml)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes",
        "calico@3.31",
        "cilium@1.19",
        "antrea",
        "ovn-kubernetes",
        "aws-vpc-cni"
      })
  void declared_flows_pass_and_nothing_else_does(String cni) {
    TightenAnswer answer =
        asked(
            Given.under(cni, SHOP),
            flow("shop/web", "shop/api:8080"),
            flow("shop/api", "svc/data/db:5432"),
            flow("shop/api", "203.0.113.0/24:443"));
    assertThat(answer.lacking()).isEmpty();
    assertThat(answer.open()).isEmpty();
    assertThat(answer.problems()).isEmpty();
    assertThat(answer.replaced()).containsExactly("NetworkPolicy shop/old");
    assertThat(answer.toDelete()).containsExactly("NetworkPolicy shop/old");
    assertThat(answer.closed()).isNotEmpty();
  }

  @Test
  void a_policy_has_the_shortest_selectors_and_rules() {
    TightenAnswer answer =
        asked(
            Given.session(SHOP),
            flow("shop/web", "shop/api:http"),
            flow("shop/api", "svc/data/db:5432"),
            flow("shop/api", "data/db:9090"));
    assertThat(answer.proved()).isTrue();
    assertThat(yaml(answer, "NetworkPolicy shop/api"))
        .isEqualTo(
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: api
              namespace: shop
            spec:
              podSelector:
                matchLabels:
                  app: api
              policyTypes:
                - Ingress
                - Egress
              ingress:
                - from:
                    - podSelector:
                        matchLabels:
                          app: web
                  ports:
                    - port: http
                      protocol: TCP
              egress:
                - to:
                    - namespaceSelector:
                        matchLabels:
                          kubernetes.io/metadata.name: data
                      podSelector:
                        matchLabels:
                          app: db
                  ports:
                    - port: 8080
                      protocol: TCP
                    - port: 9090
                      protocol: TCP
            """);
    assertThat(yaml(answer, "NetworkPolicy shop/allow-dns"))
        .contains("podSelector: {}", "policyTypes:\n    - Egress\n", "app: coredns")
        .contains("- port: 53\n          protocol: TCP", "- port: 53\n          protocol: UDP");
  }

  @Test
  void the_api_server_takes_every_policy() {
    TightenAnswer answer =
        asked(
            Given.session(SHOP),
            flow("shop/web", "shop/api:http"),
            flow("0.0.0.0/0", "shop/web:8080"),
            new Declared(
                "shop/web", "data/db", Optional.of(TrafficSet.of(Protocol.UDP, 1000, 2000))));
    String[] all = answer.manifests().stream().map(Manifest::yaml).toArray(String[]::new);
    assertThat(Given.snapshot(all).documents()).hasSameSizeAs(answer.manifests());
    assertThat(Given.snapshot(all).findings()).isEmpty();
  }

  @Test
  void names_of_ports_become_numbers_where_the_engine_does_not_read_them_so() {
    List<String> objects =
        new ArrayList<>(
            List.of(
                namespace("shop", "kubernetes.io/metadata.name=shop"),
                namespace("ops", "kubernetes.io/metadata.name=ops"),
                pod("ops", "prometheus", "10.0.0.1", "app=prometheus"),
                pod("shop", "web", "10.0.0.2", "app=web"),
                pod("shop", "api", "10.0.0.3", "app=api").replace("8080", "9090")));
    String[] all = objects.toArray(String[]::new);
    Declared scrape = flow("ops/prometheus", "shop/*:http");
    TightenAnswer old = asked(Given.under("cilium@1.19", all), scrape);
    assertThat(old.lacking()).isEmpty();
    assertThat(old.notes()).anyMatch(n -> n.contains("written as numbers"));
    assertThat(yaml(old, "NetworkPolicy ops/prometheus")).contains("8080", "9090");
    TightenAnswer now = asked(Given.under("cilium@1.20", all), scrape);
    assertThat(yaml(now, "NetworkPolicy ops/prometheus")).contains("port: http");
  }

  @Test
  void what_an_engine_lets_pass_whatever_policies_say_is_told() {
    TightenAnswer answer =
        asked(Given.under("kube-router", SHOP), flow("shop/web", "shop/api:8080"));
    assertThat(answer.proved()).isFalse();
    assertThat(answer.open().getFirst().quirks())
        .extracting(q -> q.quirk())
        .contains("kube-router.ipv6-off");
  }

  @Test
  void what_an_engine_ignores_is_not_claimed() {
    Declared range =
        new Declared("shop/web", "data/db", Optional.of(TrafficSet.of(Protocol.TCP, 1000, 2000)));
    TightenAnswer answer = asked(Given.under("cilium@1.15", SHOP), range);
    assertThat(answer.proved()).isFalse();
    Flaw flaw = answer.lacking().getFirst();
    assertThat(flaw.traffic()).hasToString("TCP 1001-2000");
  }

  @Test
  void workloads_that_labels_do_not_tell_apart_are_a_problem() {
    TightenAnswer answer =
        asked(
            Given.session(
                namespace("shop", "kubernetes.io/metadata.name=shop"),
                pod("shop", "one", "10.0.0.1", "app=same"),
                pod("shop", "two", "10.0.0.2", "app=same"),
                pod("shop", "web", "10.0.0.3", "app=web")),
            flow("shop/web", "shop/one:8080"));
    assertThat(answer.proved()).isFalse();
    assertThat(answer.problems()).anyMatch(p -> p.contains("cannot be singled out"));
  }

  @Test
  void a_policy_that_others_need_stays_and_what_it_leaves_open_is_told() {
    List<String> objects = new ArrayList<>(Stream.of(SHOP).toList());
    objects.add(deployment("shop", "other"));
    objects.add(ingress("shop", "lax", "{}", "[{from: [{podSelector: {}}]}]"));
    Session session = Given.session(objects.toArray(String[]::new));
    TightenAnswer answer = asked(session, flow("shop/web", "shop/api:8080"));
    assertThat(answer.replaced()).doesNotContain("NetworkPolicy shop/lax");
    assertThat(answer.open()).anyMatch(f -> f.reason().policy().equals("NetworkPolicy shop/lax"));
  }

  @Test
  void blocks_next_to_each_other_are_one_and_a_block_with_a_hole_is_written_as_such() {
    TrafficSet https = TrafficSet.of(Protocol.TCP, 443, 443);
    List<Declared> flows = new ArrayList<>();
    flows.addAll(Declared.between("shop/web", "0.0.0.0-169.254.169.253", https));
    flows.addAll(Declared.between("shop/web", "169.254.169.255-255.255.255.255", https));
    TightenAnswer answer =
        asked(Given.under("cilium@1.19", SHOP), new TightenQuestion(flows, Set.of(), false, ""));
    assertThat(answer.proved()).isTrue();
    assertThat(yaml(answer, "NetworkPolicy shop/web"))
        .contains("cidr: 0.0.0.0/0\n            except:\n              - 169.254.169.254/32");
  }

  @Test
  void a_whole_namespace_can_be_covered() {
    TightenQuestion question =
        new TightenQuestion(
            List.of(flow("shop/web", "shop/api:8080")), Set.of("shop", "data"), false, "");
    TightenAnswer answer = asked(Given.session(SHOP), question);
    assertThat(answer.covered())
        .containsExactly("data/db[Deployment]", "shop/api[Deployment]", "shop/web[Deployment]");
    assertThat(answer.manifests()).extracting(Manifest::name).doesNotContain("allow-dns");
    assertThat(answer.proved()).isTrue();
  }

  private static final String DENY_ALL =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny, namespace: data}
      spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
      """;

  static Session shop(String... more) {
    return Given.under(
        "kubernetes", Stream.concat(Stream.of(SHOP), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void a_default_deny_stays_for_it_isolates_pods_to_come() {
    TightenAnswer answer = asked(shop(DENY_ALL), flow("shop/api", "data/db:8080"));
    assertThat(answer.proved()).isTrue();
    assertThat(answer.replaced()).doesNotContain("NetworkPolicy data/deny");
    assertThat(answer.notes()).noneMatch(n -> n.contains("comes to data"));
    assertThat(answer.notes()).anyMatch(n -> n.contains("comes to shop later"));
  }

  @Test
  void a_policy_for_all_pods_that_goes_leaves_a_default_deny_behind() {
    String lax = ingress("data", "lax", "{}", "[{from: [{podSelector: {}}]}]");
    TightenAnswer answer = asked(shop(lax), flow("shop/api", "data/db:8080"));
    assertThat(answer.proved()).isTrue();
    assertThat(answer.toDelete()).contains("NetworkPolicy data/lax");
    assertThat(yaml(answer, "NetworkPolicy data/default-deny"))
        .contains("podSelector: {}", "- Ingress")
        .doesNotContain("- Egress");
  }

  @Test
  void a_namespace_that_is_covered_gets_a_default_deny_unless_it_has_one() {
    TightenQuestion question =
        new TightenQuestion(
            List.of(flow("shop/api", "data/db:8080")), Set.of("shop", "data"), true, "");
    TightenAnswer answer = asked(shop(DENY_ALL), question);
    assertThat(answer.proved()).isTrue();
    assertThat(answer.manifests())
        .extracting(Manifest::object)
        .contains("NetworkPolicy shop/default-deny")
        .doesNotContain("NetworkPolicy data/default-deny");
  }

  @Test
  void a_label_of_one_run_of_a_job_selects_nothing() {
    Session session =
        Given.session(
            namespace("shop", "kubernetes.io/metadata.name=shop"),
            pod("shop", "nightly", "10.0.0.1", "job-name=nightly-1", "team=b"),
            pod("shop", "web", "10.0.0.2", "app=web"));
    assertThat(
            yaml(asked(session, flow("shop/nightly", "shop/web:8080")), "NetworkPolicy shop/web"))
        .contains("team: b")
        .doesNotContain("job-name");
  }

  @Test
  void names_that_yaml_takes_for_something_else_are_quoted() {
    Session session =
        Given.session(
            namespace("'2024'", "kubernetes.io/metadata.name='2024'"),
            deployment("'2024'", "web"),
            deployment("'2024'", "api"));
    TightenAnswer answer = asked(session, flow("2024/web", "2024/api:8080"));
    assertThat(answer.proved()).isTrue();
    assertThat(yaml(answer, "NetworkPolicy 2024/api")).contains("namespace: \"2024\"");
  }

  @Test
  void a_namespace_without_pods_is_named() {
    TightenQuestion question = new TightenQuestion(List.of(), Set.of("nope"), true, "");
    assertThat(Tightening.of(Given.session(SHOP), question))
        .asString()
        .contains("the input shows no pod of nope");
  }

  @Test
  void where_nothing_enforces_nothing_is_made() {
    TightenQuestion question =
        new TightenQuestion(List.of(flow("shop/web", "shop/api:80")), Set.of(), true, "");
    assertThat(Tightening.of(Given.under("unenforced", SHOP), question))
        .isInstanceOf(Reply.Refused.class);
  }

  @Test
  void listings_of_connections_can_be_declared() {
    assertThat(
            Declared.between(
                "shop/web[Deployment]", "10.0.0.0-10.255.255.255[External]", TrafficSet.ALL))
        .extracting(Declared::words)
        .containsExactly("deployment/shop/web -> 10.0.0.0/8 all");
    assertThat(Declared.between("10.0.0.1-10.0.0.6", "a/b[Pod]", TrafficSet.ALL))
        .extracting(Declared::from)
        .containsExactly("10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6/32");
  }
}
