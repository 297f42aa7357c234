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
        .containsPattern("closed +shop/checkout\\S+ -> data/orders-db\\S+ +TCP 5432")
        .containsPattern("closed +monitoring/prometheus\\S+ -> shop/cart\\S+ +TCP 9102")
        .contains("57 opened: ICMP type 3 code 4; -o json has each")
        .doesNotContainPattern("opened .*ICMP type 3 code 4\n");
    assertThat(run("diff", staging, production, "-o", "json").out())
        .contains("cilium.icmp-frag-needed");
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

  @Test
  void what_is_accepted_is_left_out_until_its_day_and_told() throws IOException {
    Path file =
        write(
            "accepted.yaml",
            """
            apiVersion: polverdict.io/v1
            kind: AcceptedDifferences
            accepted:
              - {from: "*", owner: net-team, reason: the migration, expires: 2999-12-31}
              - {cause: nothing, owner: net-team, reason: old, expires: 2020-01-01}
            """);
    Ran ran =
        run(
            "diff",
            staging,
            production,
            "--accepted",
            file.toString(),
            "--fail-on",
            "looser,stricter");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("accepted", "until 2999-12-31 by net-team", "EXPIRED");

    Ran later =
        run("diff", staging, production, "--accepted", file.toString(), "--as-of", "3000-01-01");
    assertThat(later.code()).isEqualTo(1);
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
}
