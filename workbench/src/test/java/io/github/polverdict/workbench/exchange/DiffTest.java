package io.github.polverdict.workbench.exchange;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.snapshot;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiffTest {
  private static final String FROM_OPS =
      "[{from: [{namespaceSelector: {matchLabels: {team: ops}}}], ports: [{port: 8080}]}]";
  private static final String METRICS =
      ingress("shop", "metrics", "{matchLabels: {app: web}}", FROM_OPS);
  private static final String SHOP = namespace("shop");
  private static final String OPS = namespace("ops", "team=ops");
  private static final String WEB = deployment("shop", "web");
  private static final String PROM = deployment("ops", "prom");

  private static DiffAnswer diff(Session a, Session b) {
    return diff(a, b, Correspondence.SAME);
  }

  private static DiffAnswer diff(Session a, Session b, Correspondence map) {
    return new DiffQuestion(false).ask(Mixer.of(a, b, map));
  }

  private static List<Ingredient> causes(Group group) {
    return group.causes().stream().map(DiffAnswer.Cause::input).toList();
  }

  private static Group only(DiffAnswer answer) {
    assertThat(answer.groups()).hasSize(1);
    return answer.groups().getFirst();
  }

  private static List<String> changes(Group group) {
    return group.changes().stream().map(DiffTest::text).toList();
  }

  private static String text(Change change) {
    return change.src().name()
        + " -> "
        + change.dst().name()
        + " "
        + change.traffic()
        + " "
        + change.what();
  }

  @Test
  void equal_clusters_have_no_differences() {
    DiffAnswer answer =
        diff(session(SHOP, OPS, WEB, PROM, METRICS), session(SHOP, OPS, WEB, PROM, METRICS));

    assertThat(answer.pairs()).isEmpty();
    assertThat(answer.groups()).isEmpty();
    assertThat(answer.tried()).isZero();
  }

  @Test
  void a_namespace_label_is_the_cause() {
    DiffAnswer answer =
        diff(
            session(SHOP, OPS, WEB, PROM, METRICS),
            session(SHOP, namespace("ops", "team=sre"), WEB, PROM, METRICS));

    Group group = only(answer);
    assertThat(causes(group)).containsExactly(new Ingredient(Kind.NAMESPACE, "ops"));
    assertThat(group.causes().getFirst().differs()).containsExactly("label team: ops -> sre");
    assertThat(changes(group))
        .containsExactly("ops/prom[Deployment] -> shop/web[Deployment] TCP 8080 CLOSED");
    Change change = group.changes().getFirst();
    assertThat(change.a().outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(change.a().because()).isEqualTo("NetworkPolicy shop/metrics allows it");
    assertThat(change.b().because()).contains("NetworkPolicy shop/metrics isolates");
    assertThat(answer.pairs())
        .singleElement()
        .satisfies(
            p -> assertThat(p.a().allowed().toString() + p.b().allowed()).isEqualTo("TCP 8080"));
  }

  @Test
  void a_workload_label_is_the_cause() {
    String other =
        deployment("shop", "web").replace("      labels:", "      labels:\n        tier: front");
    String policy = ingress("shop", "front", "{matchLabels: {tier: front}}", "[]");

    Group group = only(diff(session(SHOP, WEB, policy), session(SHOP, other, policy)));

    assertThat(causes(group))
        .containsExactly(new Ingredient(Kind.WORKLOAD, "shop/web[Deployment]"));
    assertThat(group.causes().getFirst().differs()).containsExactly("label tier: absent -> front");
    assertThat(changes(group))
        .containsExactly("0.0.0.0-255.255.255.255 -> shop/web[Deployment] all CLOSED");
  }

  @Test
  void a_policy_is_the_cause_whether_it_is_new_or_other() {
    Group added = only(diff(session(SHOP, OPS, WEB, PROM), session(SHOP, OPS, WEB, PROM, METRICS)));
    assertThat(causes(added))
        .containsExactly(new Ingredient(Kind.POLICY, "NetworkPolicy shop/metrics"));
    assertThat(added.causes().getFirst().inA()).isEmpty();
    assertThat(added.causes().getFirst().inB()).isEqualTo("NetworkPolicy shop/metrics");

    Group changed =
        only(
            diff(
                session(SHOP, OPS, WEB, PROM, METRICS),
                session(SHOP, OPS, WEB, PROM, METRICS.replace("8080", "9090"))));
    assertThat(changed.causes().getFirst().differs())
        .containsExactly("spec.ingress[0].ports[0].port: 8080 -> 9090");
    assertThat(changes(changed))
        .containsExactly(
            "ops/prom[Deployment] -> shop/web[Deployment] TCP 9090 OPENED",
            "ops/prom[Deployment] -> shop/web[Deployment] TCP 8080 CLOSED");
  }

  @Test
  void a_label_that_is_called_like_a_field_of_the_api_server_is_a_cause() {
    String policy = ingress("shop", "web", "{matchLabels: {status: live}}", "[]");
    String web = deployment("shop", "web", "status=live");

    Group group =
        only(diff(session(SHOP, web, policy), session(SHOP, web, policy.replace("live", "old"))));

    assertThat(causes(group))
        .containsExactly(new Ingredient(Kind.POLICY, "NetworkPolicy shop/web"));
    assertThat(group.causes().getFirst().differs())
        .containsExactly("spec.podSelector.matchLabels.status: live -> old");
  }

  @Test
  void what_something_else_undoes_is_no_cause() {
    String deny = ingress("shop", "deny", "{}", "[]");
    String open = ingress("shop", "open", "{}", "[{}]");
    String none =
        ingress("ops", "none", "{}", "[]")
            .replace("Ingress", "Egress")
            .replace("ingress", "egress");

    DiffAnswer answer =
        diff(session(SHOP, OPS, WEB, PROM), session(SHOP, OPS, WEB, PROM, deny, open, none));

    assertThat(answer.changes())
        .isNotEmpty()
        .allSatisfy(c ->
            assertThat(c.ways())
                .containsExactly(List.of(new Ingredient(Kind.POLICY, "NetworkPolicy ops/none"))));
  }

  @Test
  void the_engine_and_its_setting_are_causes() {
    String[] yaml = {
      SHOP,
      pod("shop", "web", "10.1.0.1"),
      pod("shop", "db", "10.1.0.2", "app=db"),
      ingress("shop", "db", "{matchLabels: {app: db}}", "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]")
    };

    Group setting =
        only(diff(under("kubernetes", yaml), under("kubernetes,ipblock=external", yaml)));
    assertThat(causes(setting))
        .containsExactly(new Ingredient(Kind.ENGINE_SETTING, "kubernetes ipblock"));
    assertThat(setting.causes().getFirst().inB()).isEqualTo("external");

    Group engine = only(diff(under("kubernetes", yaml), under("unenforced", yaml)));
    assertThat(causes(engine)).containsExactly(new Ingredient(Kind.ENGINE, "engine"));
    assertThat(engine.causes().getFirst().inB()).startsWith("unenforced");
    assertThat(engine.changes()).allSatisfy(c -> assertThat(c.what()).isEqualTo(What.OPENED));
  }

  @Test
  void the_version_of_the_engine_is_the_cause() {
    String[] yaml = {
      SHOP,
      pod("shop", "web", "10.1.0.1"),
      pod("shop", "db", "10.1.0.2", "app=db"),
      ingress("shop", "db", "{matchLabels: {app: db}}", "[{ports: [{port: 80, endPort: 90}]}]")
    };

    Group group = only(diff(under("cilium@1.15.19", yaml), under("cilium@1.17.0", yaml)));

    assertThat(causes(group)).containsExactly(new Ingredient(Kind.ENGINE_VERSION, "cilium"));
    assertThat(group.causes().getFirst().differs())
        .containsExactly("in A cilium.endport: endPort is ignored, only port is allowed");
    assertThat(group.causes().getFirst().inA()).isEqualTo("1.15.19");
    assertThat(group.causes().getFirst().inB()).isEqualTo("1.17.0");
    assertThat(changes(group)).contains("shop/web[Pod] -> shop/db[Pod] TCP 81-90 OPENED");
  }

  @Test
  void the_target_port_of_a_service_is_the_cause_of_calls_that_differ() {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        """;

    DiffAnswer answer =
        diff(
            session(SHOP, OPS, WEB, PROM, METRICS, service),
            session(SHOP, OPS, WEB, PROM, METRICS, service.replace("8080", "9090")));

    Group group = only(answer);
    assertThat(causes(group)).containsExactly(new Ingredient(Kind.SERVICE, "shop/web"));
    assertThat(group.causes().getFirst().differs())
        .containsExactly("spec.ports[0].targetPort: 8080 -> 9090");
    assertThat(changes(group))
        .containsExactly("ops/prom[Deployment] -> svc/shop/web TCP 80 CLOSED");
    assertThat(answer.pairs()).isEmpty();
  }

  @Test
  void the_addresses_of_pods_are_the_cause_when_nothing_else_differs() {
    String policy =
        ingress(
            "shop", "db", "{matchLabels: {app: db}}", "[{from: [{ipBlock: {cidr: 10.1.0.0/24}}]}]");
    String db = pod("shop", "db", "10.9.0.1", "app=db");

    Group group =
        only(
            diff(
                session(SHOP, pod("shop", "web", "10.1.0.7"), db, policy),
                session(SHOP, pod("shop", "web", "10.2.0.7"), db, policy)));

    assertThat(causes(group)).containsExactly(Parts.NODES);
    assertThat(changes(group)).containsExactly("shop/web[Pod] -> shop/db[Pod] all CLOSED");
  }

  @Test
  void what_could_not_be_read_is_the_cause_of_what_became_unknown() {
    Gap gap =
        new Gap(
            Set.of("NetworkPolicy"),
            "shop",
            "networkpolicies in namespace shop",
            "forbidden",
            new Origin.Said("c"));

    Group group =
        only(
            diff(
                session(SHOP, OPS, WEB, PROM),
                session(Given.with(snapshot(SHOP, OPS, WEB, PROM), gap))));

    assertThat(causes(group)).containsExactly(new Ingredient(Kind.READABLE, "what could be read"));
    assertThat(group.changes())
        .allSatisfy(c -> {
          assertThat(c.what()).isEqualTo(What.BECAME_UNKNOWN);
          assertThat(c.b().doubts()).isNotEmpty();
        });
  }

  @Test
  void two_inputs_that_only_together_make_the_difference_are_one_cause_together() {
    String deny = ingress("shop", "deny", "{}", "[]");

    DiffAnswer answer =
        diff(
            session(SHOP, namespace("ops", "team=sre"), WEB, PROM, deny),
            session(SHOP, OPS, WEB, PROM, deny, METRICS));

    Group group = only(answer);
    assertThat(group.eachAlone()).isFalse();
    assertThat(causes(group))
        .containsExactly(
            new Ingredient(Kind.NAMESPACE, "ops"),
            new Ingredient(Kind.POLICY, "NetworkPolicy shop/metrics"));
    assertThat(changes(group))
        .containsExactly("ops/prom[Deployment] -> shop/web[Deployment] TCP 8080 OPENED");
  }

  @Test
  void inputs_of_which_each_is_enough_are_told_so() {
    String first = ingress("shop", "first", "{}", "[]");
    String second = ingress("shop", "second", "{}", "[]");

    Group group = only(diff(session(SHOP, WEB), session(SHOP, WEB, first, second)));

    assertThat(group.eachAlone()).isTrue();
    assertThat(causes(group))
        .extracting(Ingredient::name)
        .containsExactly("NetworkPolicy shop/first", "NetworkPolicy shop/second");
  }

  @Test
  void what_only_one_side_has_is_listed_and_its_flows_are_pairs() {
    DiffAnswer answer = diff(session(SHOP, WEB), session(SHOP, WEB, deployment("shop", "new")));

    assertThat(answer.onlyInA()).isEmpty();
    assertThat(answer.onlyInB()).extracting(Party::name).containsExactly("shop/new[Deployment]");
    assertThat(answer.groups()).isEmpty();
    assertThat(answer.pairs())
        .extracting(p -> p.src().name() + " " + p.dst().name())
        .contains(
            "shop/new[Deployment] shop/web[Deployment]",
            "shop/web[Deployment] shop/new[Deployment]");
    assertThat(answer.pairs())
        .allSatisfy(p ->
            assertThat(p.absent())
                .containsExactly(
                    new DiffAnswer.Absent("shop/new[Deployment]", DiffAnswer.Which.A)));
  }

  @Test
  void namespaces_correspond_by_the_map_also_in_selectors_of_the_name_label() {
    String rules =
        "[{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s-ops}}}]}]";
    Session staging =
        session(
            namespace("staging-shop"),
            namespace("staging-ops"),
            deployment("staging-shop", "web"),
            deployment("staging-ops", "prom"),
            ingress("staging-shop", "p", "{}", rules.formatted("staging")));
    Session prod =
        session(
            namespace("prod-shop"),
            namespace("prod-ops"),
            deployment("prod-shop", "web"),
            deployment("prod-ops", "prom"),
            ingress("prod-shop", "p", "{}", rules.formatted("prod")));

    assertThat(diff(staging, prod, Correspondence.parse(List.of("staging-*=prod-*"))).pairs())
        .isEmpty();
    assertThat(diff(staging, prod).onlyInA()).hasSize(2);
  }

  @Test
  void a_map_that_gives_two_namespaces_one_name_is_refused() {
    Session a = session(namespace("x"));
    Session b = session(namespace("prod"), namespace("x"));

    assertThatThrownBy(() -> diff(a, b, Correspondence.parse(List.of("x=prod"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PV070")
        .hasMessageContaining("would both be called x");
  }

  @Test
  void asked_twice_the_answer_is_the_same() {
    Session a = session(SHOP, OPS, WEB, PROM, METRICS);
    Session b = under("unenforced", SHOP, namespace("ops"), WEB, PROM);

    assertThat(diff(a, b)).isEqualTo(diff(a, b));
  }

  @Test
  void a_setting_that_is_not_set_is_told_by_its_default() {
    Group group =
        only(
            diff(
                under("aws-vpc-cni@1.2.7", SHOP, WEB),
                under("aws-vpc-cni@1.2.7,NETWORK_POLICY_ENFORCING_MODE=strict", SHOP, WEB)));
    assertThat(group.causes().getFirst().inA()).isEqualTo("standard");
    assertThat(group.causes().getFirst().remedy().orElse("")).endsWith("to: standard");
  }

  @Test
  void a_pod_that_cannot_be_changed_is_made_anew() {
    String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {%s}";
    String alone = pod.formatted("containers: [{name: c}]");
    String host = pod.formatted("hostNetwork: true, containers: [{name: c}]");

    Group group = only(diff(under("calico", SHOP, alone), under("calico", SHOP, host)));

    assertThat(group.causes().getFirst().remedy().orElse("")).startsWith("delete Pod shop/p and");
  }
}
