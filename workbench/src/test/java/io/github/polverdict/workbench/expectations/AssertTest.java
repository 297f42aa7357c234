package io.github.polverdict.workbench.expectations;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer.Result;
import io.github.polverdict.questions.expectation.AssertAnswer.Row;
import io.github.polverdict.questions.expectation.AssertQuestion;
import io.github.polverdict.questions.expectation.Expectation;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.files.BadForm;
import io.github.polverdict.workbench.files.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class AssertTest {
  private static final String HEAD = "apiVersion: polverdict.io/v1\nkind: Expectations\nexpect:\n";

  private static final String[] SHOP = {
    namespace("shop", "team=a"),
    namespace("data", "team=b"),
    deployment("shop", "web", "tier=front"),
    deployment("shop", "api", "tier=back"),
    deployment("data", "db"),
    """
    apiVersion: v1
    kind: Service
    metadata: {name: db, namespace: data}
    spec:
      clusterIP: 10.96.0.7
      selector: {app: db}
      ports: [{name: sql, port: 5432, targetPort: http}]
    """,
    ingress(
        "data",
        "db",
        "{}",
        "[{from: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {app:"
            + " api}}}], ports: [{port: 8080}]}]")
  };

  @TempDir Path folder;

  private List<Expectation> read(String... items) throws IOException, BadForm {
    Path file = folder.resolve("e.yaml");
    Files.writeString(file, HEAD + String.join("\n", items) + "\n");
    return Form.read(file, ExpectationsForm.KIND, f -> ExpectationsForm.read(f, "")).getFirst();
  }

  private AssertAnswer asked(Session session, String... items) throws IOException, BadForm {
    return new AssertQuestion(read(items)).ask(session);
  }

  private Row one(String item) throws IOException, BadForm {
    List<Row> rows = asked(Given.session(SHOP), item).rows();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void what_holds_says_how_many_flows_it_covers() throws IOException, BadForm {
    Row row = one("- {verdict: allowed, from: shop/api, to: 'data/db:8080'}");
    assertThat(row.result()).isEqualTo(Result.HOLDS);
    assertThat(row.flows()).isEqualTo(1);
    assertThat(row.example()).isEmpty();
  }

  @Test
  void a_failure_names_the_policy_its_place_and_the_first_flow() throws IOException, BadForm {
    Row row = one("- {verdict: allowed, from: shop/web, to: 'svc/data/db:5432'}");
    assertThat(row.result()).isEqualTo(Result.FAILS);
    assertThat(row.example().orElseThrow().from()).isEqualTo("shop/web[Deployment]");
    assertThat(row.example().orElseThrow().reason().policy()).isEqualTo("NetworkPolicy data/db");
    assertThat(row.example().orElseThrow().reason().origin())
        .hasValueSatisfying(o -> assertThat(o.text()).contains("<stdin>:"));
    assertThat(row.origin()).isInstanceOf(Origin.InFile.class);
  }

  @Test
  void what_should_be_denied_and_is_not_names_the_rule_that_allows_it()
      throws IOException, BadForm {
    Row row = one("- {verdict: denied, from: anything, to: data/db}");
    assertThat(row.result()).isEqualTo(Result.FAILS);
    assertThat(row.against()).isLessThan(row.flows());
    assertThat(row.example().orElseThrow().from()).isEqualTo("shop/api[Deployment]");
    assertThat(row.example().orElseThrow().traffic()).hasToString("TCP 8080");
    assertThat(row.example().orElseThrow().reason().sentence()).contains("allows it");
  }

  @Test
  void an_exception_from_what_a_service_leads_to_is_refused() throws IOException, BadForm {
    Row row = one("- {verdict: denied, from: shop/web, to: 'svc/data/db:5432', exceptTo: data/db}");
    assertThat(row.result()).isEqualTo(Result.EMPTY);
    assertThat(row.problems()).anyMatch(p -> p.contains("exceptTo says nothing of svc/data/db"));
  }

  @Test
  void what_an_engine_drops_without_any_policy_is_not_meant_by_all_ports()
      throws IOException, BadForm {
    List<Row> rows =
        asked(
                Given.under("calico@3.31", SHOP),
                "- {verdict: allowed, from: shop/web, to: shop/api}",
                "- {verdict: allowed, from: shop/web, to: 0.0.0.0/0, ports: all}",
                "- {verdict: allowed, from: shop/web, to: shop/api, ports: 4789/udp}")
            .rows();
    assertThat(rows)
        .extracting(Row::result)
        .containsExactly(Result.HOLDS, Result.HOLDS, Result.FAILS);
    assertThat(rows.getFirst().notes())
        .singleElement()
        .asString()
        .startsWith("left out: UDP 4789, by calico.encap-from-pods-dropped: ");
  }

  @Test
  void an_exception_takes_who_may_out_of_everybody() throws IOException, BadForm {
    String item = "- {verdict: denied, from: anything, to: data/db, exceptFrom: shop/api}";
    assertThat(one(item).result()).isEqualTo(Result.HOLDS);
  }

  @Test
  void selectors_mean_all_pairs() throws IOException, BadForm {
    Row row =
        one(
            """
            - verdict: denied
              from: {namespaceSelector: {matchLabels: {team: a}}}
              to: {podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}}
              ports: [8080, 9000-9010]
            """);
    assertThat(row.flows()).isEqualTo(4); // two sources, two ports
    assertThat(row.against()).isEqualTo(1);
  }

  @Test
  void each_namespace_is_looked_at_on_its_own() throws IOException, BadForm {
    AssertAnswer answer =
        asked(
            Given.session(SHOP),
            """
            - name: isolated
              verdict: denied
              forEach: {}
              from: {namespace: others}
              to: {namespace: this}
            """);
    assertThat(answer.rows())
        .extracting(Row::name)
        .containsExactly("isolated [data]", "isolated [shop]");
    assertThat(answer.rows()).extracting(Row::result).containsExactly(Result.FAILS, Result.FAILS);
  }

  @Test
  void what_means_nobody_is_never_a_pass() throws IOException, BadForm {
    Row typo = one("- {verdict: denied, from: shop/wbe, to: data/db}");
    assertThat(typo.result()).isEqualTo(Result.EMPTY);
    assertThat(typo.problems().getFirst()).contains("did you mean shop/web");
    Row half = one("- {verdict: denied, from: [shop/web, {namespace: nowhere}], to: data/db}");
    assertThat(half.result()).isEqualTo(Result.EMPTY);
    Row port = one("- {verdict: denied, from: shop/web, to: data/db, ports: htpp}");
    assertThat(port.problems().getFirst()).contains("'htpp'", "there is http");
    Row called = one("- {verdict: denied, from: shop/web, to: svc/data/db, ports: 80}");
    assertThat(called.problems().getFirst()).contains("it has 5432/tcp");
    Row none = one("- {verdict: denied, from: shop/web, to: data/db, exceptTo: data/db}");
    assertThat(none.problems().getFirst()).contains("nothing was tested");
  }

  @Test
  void what_could_not_be_read_makes_it_unknown() throws IOException, BadForm {
    Gap gap =
        new Gap(
            Set.of("NetworkPolicy"),
            "data",
            "networkpolicies in data",
            "forbidden",
            new Origin.Said("a test"));
    Session session = Given.session(Given.with(Given.snapshot(SHOP), gap));
    AssertAnswer answer = asked(session, "- {verdict: denied, from: shop/web, to: data/db}");
    Row row = answer.rows().getFirst();
    assertThat(row.result()).isEqualTo(Result.UNKNOWN);
    assertThat(row.example().orElseThrow().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(row.example().orElseThrow().doubts()).isNotEmpty();
  }

  @Test
  void part_of_a_range_can_be_excepted() throws IOException, BadForm {
    Session session =
        Given.session(
            namespace("data"),
            pod("data", "db", "10.0.0.5", "app=db"),
            ingress("data", "db", "{}", "[{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]"));
    String item = "- {verdict: denied, from: outside, to: data/db, exceptFrom: %s}";
    assertThat(asked(session, item.formatted("192.0.2.0/24")).rows().getFirst().result())
        .isEqualTo(Result.HOLDS);
    assertThat(asked(session, item.formatted("192.0.2.0/25")).rows().getFirst().result())
        .isEqualTo(Result.FAILS);
  }

  @Test
  void a_block_is_of_the_outside_only() throws IOException, BadForm {
    Session session =
        Given.session(
            namespace("data"),
            pod("data", "web", "10.0.0.4", "app=web"),
            pod("data", "db", "10.0.0.5", "app=db"),
            ingress("data", "db", "{matchLabels: {app: db}}", "[{from: [{podSelector: {}}]}]"));
    String item = "- {verdict: denied, from: %s, to: data/db}";
    assertThat(asked(session, item.formatted("10.0.0.0/8")).rows().getFirst().result())
        .isEqualTo(Result.FAILS);
    String block = "{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}";
    assertThat(asked(session, item.formatted(block)).rows().getFirst().result())
        .isEqualTo(Result.HOLDS);
  }

  @Test
  void a_file_with_errors_is_refused_with_all_of_them() {
    assertThatThrownBy(() ->
            read(
                "- {verdict: maybe, from: shop/web, to: data/db}",
                "- {verdict: denied, form: shop/web, to: data/db}",
                "- {verdict: denied, from: {namespace: this}, to: data/db, ports: 99999}"))
        .isInstanceOfSatisfying(
            BadForm.class,
            bad ->
                assertThat(bad.findings().toString())
                    .contains("must be one of allowed, denied")
                    .contains("did you mean from?")
                    .contains("is for an expectation of each namespace")
                    .contains("port 99999 is not between"));
  }

  @Test
  void every_kind_of_traffic_can_be_said() throws IOException, BadForm {
    for (String ports :
        List.of("53/udp", "udp", "1-1024/sctp", "icmp", "8.0/icmp", "47/ip", "all")) {
      Row row = one("- {verdict: denied, from: shop/web, to: data/db, ports: " + ports + "}");
      assertThat(row.result()).as(ports).isEqualTo(Result.HOLDS);
    }
  }
}
