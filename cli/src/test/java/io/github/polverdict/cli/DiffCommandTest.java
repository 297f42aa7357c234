package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class DiffCommandTest extends DemoClusters {

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void the_text_tells_each_flow_of_tcp_and_udp_and_counts_what_is_neither() {
    String text = run("diff", staging, production).out();
    assertThat(text)
        .containsPattern("closed +shop/checkout\\S+\\s+-> data/orders-db")
        .containsPattern("closed +monitoring/prometheus\\S+\\s+-> shop/cart\\S+\\s+TCP 9102")
        .contains("57 opened: ICMP type 3 code 4; -o json has each")
        .doesNotContainPattern("opened .*ICMP type 3 code 4\n");
    assertThat(run("diff", staging, production, "-o", "json").out())
        .contains("cilium.icmp-frag-needed");
  }

  @Test
  void the_text_fits_a_terminal_but_for_what_must_stay_whole() {
    String text = run("diff", staging, production).out();
    assertThat(text.lines().filter(l -> l.length() > 80))
        .allMatch(l -> l.matches(".*\\S{65,}.*") || l.contains("kubectl "));
  }

  @Test
  void a_change_is_judged_before_it_is_made() throws IOException {
    Path deny =
        write(
            "deny.yaml",
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny-all, namespace: monitoring}
            spec: {podSelector: {}, policyTypes: [Egress]}
            """);
    Ran applied = run("diff", staging, "--apply", deny.toString());
    assertThat(applied.code()).isEqualTo(1);
    assertThat(applied.out())
        .contains("Because of NetworkPolicy monitoring/deny-all")
        .contains("kubectl delete networkpolicy deny-all -n monitoring");

    Ran label = run("diff", staging, "--label", "ns/monitoring=purpose-");
    assertThat(label.out()).contains("label purpose: monitoring -> absent");

    Ran engine = run("diff", staging, "--set-cni", "unenforced", "--fail-on", "stricter");
    assertThat(engine.code()).isZero();
    assertThat(engine.out()).contains("Because of the engine");
  }

  @Test
  void the_comment_has_the_place_of_each_field() {
    assertThat(run("diff", staging, "--label", "ns/monitoring=purpose-", "-o", "markdown").out())
        .containsPattern(
            "label purpose: monitoring -> absent at Namespace monitoring \\(.*:[0-9]+:14");
  }

  @Test
  void a_call_that_depends_on_the_pod_that_answers_says_so() throws IOException {
    String workload =
        """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: a}
        spec:
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s, in: %2$s}}
            spec: {containers: [{name: c}]}
        """;
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: both, namespace: a}
        spec: {selector: {in: "yes"}, ports: [{port: 80}]}
        """;
    String all =
        service
            + workload.formatted("one", "\"yes\"")
            + workload.formatted("two", "\"yes\"")
            + workload.formatted("caller", "\"no\"");
    String deny =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: deny, namespace: a}
        spec: {podSelector: {matchLabels: {app: two}}, policyTypes: [Ingress]}
        """;
    Ran ran =
        run(
            "diff",
            write("all.yaml", all).toString(),
            "--apply",
            write("deny.yaml", deny).toString(),
            "-o",
            "json");

    assertThat(ran.out()).contains("cannot tell: which of the 2 endpoints of Service a/both");
  }

  @Test
  void an_object_that_is_not_there_cannot_be_deleted_or_labelled() {
    Ran deleted = run("diff", staging, "--delete", "networkpolicy/shop/none");
    assertThat(deleted.code()).isEqualTo(2);
    assertThat(deleted.err()).contains("there is no networkpolicy/shop/none");

    assertThat(run("diff", staging, "--label", "ns/none=a=b").err()).contains("there is no");
    assertThat(run("diff", staging, "--label", "shop=a").err()).contains("ns/NAME=KEY=VALUE");
  }

  @Test
  void it_fails_only_on_what_it_is_told_to() {
    assertThat(run("diff", staging, production).code()).isEqualTo(1);
    assertThat(run("diff", staging, production, "--fail-on", "never").code()).isZero();
    assertThat(run("diff", staging, production, "--fail-on", "stricter").code()).isEqualTo(1);
    Ran wrong = run("diff", staging, production, "--fail-on", "loser");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("looser, stricter, unknown, any, never");
  }

  private static final String ACCEPTED =
      """
      apiVersion: polverdict.io/v1
      kind: AcceptedDifferences
      accepted:
        - {from: "*", owner: net-team, reason: the migration, expires: 2999-12-31}
        - {cause: nothing, owner: web-team, reason: old, expires: 2999-06-30}
      """;

  @Test
  void what_is_accepted_is_left_out_and_told() throws IOException {
    String file = write("accepted.yaml", ACCEPTED).toString();
    Ran ran = run("diff", staging, production, "--accepted", file, "--fail-on", "looser,stricter");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("accepted", "until 2999-12-31 by net-team");
  }

  @Test
  void an_acceptance_whose_day_is_over_stops_before_work_with_its_line_and_owner()
      throws IOException {
    String file = write("accepted.yaml", ACCEPTED).toString();
    Ran ran = run("diff", "/nowhere", production, "--accepted", file, "--as-of", "2999-07-01");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("accepted.yaml:5:", "until 2999-06-30 by web-team", "because of nothing")
        .doesNotContain("net-team", "/nowhere");
  }

  @Test
  void a_report_that_cannot_be_written_is_told_before_anything_is_read() {
    Ran ran = run("diff", "/nowhere", production, "-o", "json=/no-such-folder/diff.json");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("no folder /no-such-folder").doesNotContain("/nowhere");
  }

  @Test
  void an_acceptance_with_a_wrong_key_or_without_owner_stops_before_work() throws IOException {
    Path file =
        write(
            "accepted.yaml",
            """
            apiVersion: polverdict.io/v1
            kind: AcceptedDifferences
            accepted:
              - {fron: "*", reason: x, expires: 2999-12-31}
            """);
    Ran ran = run("diff", staging, production, "--accepted", file.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("did you mean from?", "owner", "accepted.yaml:4:");
  }

  @Test
  void two_things_under_one_name_stop_before_work() throws IOException {
    Ran twice = run("diff", staging, production, "--map", "shop=data");
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("PV070", "would both be called shop");

    Ran idle = run("diff", staging, production, "--map", "staging-*=prod-*");
    assertThat(idle.err()).contains("'staging-*=prod-*' fits no namespace");

    Path file =
        write(
            "map.yaml",
            """
            apiVersion: polverdict.io/v1
            kind: Correspondence
            objects: {Deployment shop/cart: shop/cart-v2, Deployment shop/frontend: shop/cart-v2}
            """);
    Ran both = run("diff", staging, production, "--map-file", file.toString());
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("only one can be");
  }

  @Test
  void a_workload_under_another_name_is_suggested_and_taken_when_said() throws IOException {
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: example/web:1}]}
        """;
    String other = deployment + "---\n" + deployment.replace("web", "api");
    String a = write("a.yaml", other).toString();
    String b = write("b.yaml", other.replace("name: web,", "name: web-v2,")).toString();

    Ran unsaid = run("diff", a, b);
    assertThat(unsaid.code()).isEqualTo(1);
    assertThat(unsaid.out().replaceAll("\\s+", " "))
        .contains("PV804", "--map 'Deployment shop/web=shop/web-v2'");

    Ran said = run("diff", a, b, "--map", "Deployment shop/web=shop/web-v2");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("every flow comes out the same").doesNotContain("PV804");
  }

  @Test
  void a_revision_that_is_not_there_is_told_before_anything_is_read() {
    Ran ran = run("diff", "/nowhere", "git:no-such-revision:deploy");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("no revision 'no-such-revision'").doesNotContain("/nowhere");
  }

  @Test
  void a_deployment_that_became_a_stateful_set_is_the_same_when_said() throws IOException {
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db, tier: data}}
            spec: {containers: [{name: main, image: example/db:1}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec: {podSelector: {matchLabels: {tier: data}}}
        """;
    String other = deployment.replace("Deployment", "StatefulSet");
    String a = write("a.yaml", deployment).toString();
    String b = write("b.yaml", other).toString();
    assertThat(run("diff", a, b).out().replaceAll("\\s+", " "))
        .contains("--map 'Deployment shop/db=StatefulSet shop/db'");

    Ran said = run("diff", a, b, "--map", "Deployment shop/db=StatefulSet shop/db");
    assertThat(said.code()).isZero();

    String lost = write("c.yaml", other.replace(", tier: data", "")).toString();
    assertThat(run("diff", a, lost, "--map", "Deployment shop/db=StatefulSet shop/db").out())
        .contains("label tier: data -> absent", "kubectl patch statefulset db -n shop");

    Ran never = run("diff", a, b, "--map", "Deployment shop/db=Service shop/db");
    assertThat(never.code()).isEqualTo(2);
    assertThat(never.err()).contains("a Deployment cannot be said to be a Service");
  }

  @Test
  void of_a_changed_policy_only_the_fields_that_matter_are_told_and_patched() throws IOException {
    String policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          ingress:
            - from: [{podSelector: {matchLabels: {app: web}}}]
              ports: [{port: 5432}, {port: 9187}]
        ---
        """;
    String pods = pod("web") + "---\n" + pod("db");
    String a = write("a.yaml", policy + pods).toString();
    String changed =
        policy
            .replace("{port: 5432}, {port: 9187}", "{port: 5432, protocol: TCP}, {port: 9188}")
            .replace("ingress:\n", "policyTypes: [Ingress]\n  ingress:\n");
    String b = write("b.yaml", changed + pods).toString();

    assertThat(run("diff", a, b).out())
        .contains("spec.ingress[0].ports[1].port: 9187 -> 9188", "a.yaml:8:", "b.yaml:9:")
        .contains(
            "-p '[{\"op\":\"replace\",\"path\":\"/spec/ingress/0/ports/1/port\",\"value\":9187}]'")
        .doesNotContain("protocol: absent", "policyTypes: absent");
    assertThat(run("diff", a, b, "-o", "json").out())
        .contains("POLICY NetworkPolicy shop/db spec.ingress[0].ports[1].port: 9187 -> 9188");
  }

  private static String pod(String name) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: %s}}
    spec: {containers: [{name: main, image: example/main:1}]}
    """
        .formatted(name, name);
  }

  @Test
  void a_template_that_its_pods_do_not_follow_is_told_though_no_flow_differs() throws IOException {
    String a =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: web, namespace: shop, uid: d1}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, role: front}}
            spec: {containers: [{name: c, image: x}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web-a
          namespace: shop
          labels: {app: web, role: front}
          ownerReferences:
          - {apiVersion: apps/v1, kind: DaemonSet, name: web, uid: d1, controller: true}
        spec: {nodeName: n1, containers: [{name: c, image: x}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: front, namespace: shop}
        spec: {podSelector: {matchLabels: {role: front}}}
        """;
    Path one = write("one.yaml", a);
    Path other = write("other.yaml", a.replaceFirst("role: front", "role: back"));
    assertThat(run("diff", one.toString(), other.toString()).out().replaceAll("\\s+", " "))
        .contains("every flow comes out the same", "PV059 " + other + ": 1 of 1 pods of")
        .contains("run with role=front; new ones will have role=back");
    assertThat(run("diff", one.toString(), one.toString()).out()).doesNotContain("PV059");
  }
}
