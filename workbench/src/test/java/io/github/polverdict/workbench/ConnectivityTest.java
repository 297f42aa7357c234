package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectivityTest {

  private static ConnectivityAnswer ask(Session session, ConnectivityQuestion question) {
    return switch (question.ask(session)) {
      case Reply.Answered<ConnectivityAnswer>(ConnectivityAnswer answer) -> answer;
      case Reply.Refused<ConnectivityAnswer>(var refusals) -> throw new AssertionError(refusals);
    };
  }

  private static List<String> rows(ConnectivityAnswer answer) {
    return answer.rows().stream()
        .map(r ->
            r.src().name()
                + " => "
                + r.dst().name()
                + " : "
                + r.reach().allowed()
                + (r.reach().unknown().isEmpty() ? "" : " ? " + r.reach().unknown())
                + r.family().map(f -> " " + f).orElse(""))
        .toList();
  }

  private static List<String> rows(Session session) {
    return rows(ask(session, ConnectivityQuestion.all()));
  }

  private static ConnectivityQuestion asking(String from, String to, String port) {
    return new ConnectivityQuestion(
        Optional.of(from).filter(s -> !s.isEmpty()),
        Optional.of(to).filter(s -> !s.isEmpty()),
        Optional.of(port).filter(s -> !s.isEmpty()),
        false,
        "");
  }

  private static final String[] SHOP = {
    namespace("shop"),
    deployment("shop", "web"),
    deployment("shop", "db"),
    ingress(
        "shop",
        "db",
        "{matchLabels: {app: db}}",
        "[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]},"
            + " {from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.7/32]}}]}]")
  };

  @Test
  void rows_are_told_by_workload_and_outside_neighbours_that_agree_are_one() {
    // Every address of a pod that does not run yet may lie in the ipBlock.
    assertThat(rows(session(SHOP)))
        .containsExactly(
            "shop/db[Deployment] => shop/web[Deployment] : all",
            "shop/db[Deployment] => 0.0.0.0-255.255.255.255 : all",
            "shop/web[Deployment] => shop/db[Deployment] : TCP 5432 ? TCP 1-5431,5433-65535 UDP"
                + " 1-65535 SCTP 1-65535 ICMP 0-65535 OTHER 0-255",
            "shop/web[Deployment] => 0.0.0.0-255.255.255.255 : all",
            "0.0.0.0-255.255.255.255 => shop/web[Deployment] : all",
            "192.0.2.0-192.0.2.6 => shop/db[Deployment] : all",
            "192.0.2.8-192.0.2.255 => shop/db[Deployment] : all");
  }

  @Test
  void the_doubts_behind_unknown_cells_are_collected() {
    ConnectivityAnswer answer = ask(session(SHOP), ConnectivityQuestion.all());

    assertThat(answer.doubts())
        .extracting(Doubt::text)
        .contains("the address of shop/web[Deployment]");
    assertThat(answer.doubtsComplete()).isTrue();
    assertThat(answer.parties()).contains(Party.shown(answer0("shop/web[Deployment]")));
  }

  private static io.github.polverdict.core.model.Endpoint answer0(String id) {
    return session(SHOP).universe().endpoint(id).orElseThrow();
  }

  @Test
  void pods_of_one_owner_are_one_row_until_somebody_treats_them_differently() {
    String[] same = {
      namespace("shop"),
      owned("web-0", "10.1.0.1", ""),
      owned("web-1", "10.1.0.2", ""),
      pod("shop", "db", "10.1.0.3", "app=db"),
      ingress(
          "shop",
          "db",
          "{matchLabels: {app: db}}",
          "[{from: [{podSelector: {matchLabels: {apps.kubernetes.io/pod-index: '0'}}}]}]")
    };
    assertThat(rows(ask(session(same), asking("shop/web", "shop/db", "")))).isEmpty();

    same[1] = owned("web-0", "10.1.0.1", ", apps.kubernetes.io/pod-index: '0'");
    assertThat(rows(ask(session(same), asking("shop/web", "shop/db", ""))))
        .containsExactly("shop/web-0 => shop/db[Pod] : all");
    assertThat(rows(ask(session(same), asking("shop/db", "shop/web", ""))))
        .containsExactly("shop/db[Pod] => shop/web[StatefulSet] : all");
  }

  private static String owned(String name, String address, String labels) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: shop
      labels: {app: web%s}
      ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, uid: u, controller: true}]
    spec: {nodeName: n1, containers: [{name: c, image: i}]}
    status: {phase: Running, podIP: %s}
    """
        .formatted(name, labels, address);
  }

  @Test
  void filters_keep_what_is_asked_for() {
    Session session = session(SHOP);

    assertThat(rows(ask(session, asking("shop/web", "shop/db", "5432"))))
        .containsExactly("shop/web[Deployment] => shop/db[Deployment] : TCP 5432");
    assertThat(rows(ask(session, asking("192.0.2.0/28", "shop/db", "443"))))
        .containsExactly(
            "192.0.2.0-192.0.2.6 => shop/db[Deployment] : TCP 443",
            "192.0.2.8-192.0.2.15 => shop/db[Deployment] : TCP 443");
    assertThat(asking("shop/nope", "", "http").ask(session))
        .isInstanceOfSatisfying(
            Reply.Refused.class, r -> assertThat(((Reply.Refused<?>) r).refusals()).hasSize(2));
  }

  @Test
  void nodes_are_told_when_asked_for() {
    Session session = session(namespace("shop"), pod("shop", "a", "10.1.0.1"));

    assertThat(rows(session)).noneMatch(r -> r.contains("node/"));
    assertThat(
            rows(
                ask(
                    session,
                    new ConnectivityQuestion(
                        Optional.empty(), Optional.empty(), Optional.empty(), true, ""))))
        .contains("node/n1 => shop/a[Pod] : all");
    assertThat(rows(ask(session, asking("node/n1", "", "80"))))
        .contains("node/n1 => shop/a[Pod] : TCP 80");
  }

  @Test
  void where_the_address_families_differ_each_has_its_row() {
    String dual = "podIP: 10.1.0.2, podIPs: [{ip: 10.1.0.2}, {ip: 'fd00::2'}]";
    Session session =
        session(
            namespace("shop"),
            pod("shop", "a", "10.1.0.1")
                .replace("podIPs: [{ip: 10.1.0.1}]", "podIPs: [{ip: 10.1.0.1}, {ip: 'fd00::1'}]"),
            pod("shop", "b", "10.1.0.2", "app=b").replaceAll("podIP: 10.1.0.2, podIPs: .*]", dual),
            ingress(
                "shop",
                "v6",
                "{matchLabels: {app: b}}",
                "[{from: [{ipBlock: {cidr: 'fd00::/8'}}]}]"));

    assertThat(rows(ask(session, asking("shop/a", "shop/b", ""))))
        .containsExactly("shop/a[Pod] => shop/b[Pod] : all IPV6");
    assertThat(rows(ask(session, asking("shop/b", "shop/a", ""))))
        .containsExactly("shop/b[Pod] => shop/a[Pod] : all");
  }

  @Test
  void a_hidden_namespace_is_a_party_whose_flows_are_unknown_where_it_matters() {
    Gap gap =
        new Gap(
            Set.of(),
            "hidden",
            "everything in namespace hidden",
            "forbidden",
            new Origin.Said("cluster c"));
    Session session =
        session(
            Given.with(
                snapshot(
                    namespace("shop"),
                    namespace("hidden"),
                    deployment("shop", "web"),
                    deployment("shop", "db"),
                    ingress("shop", "db", "{matchLabels: {app: db}}", "[]")),
                gap));

    assertThat(rows(session))
        .contains(
            "hidden/*[Hidden] => shop/web[Deployment] :  ? all",
            "shop/db[Deployment] => shop/web[Deployment] : all")
        .noneMatch(r -> r.contains("=> shop/db"));
  }

  @Test
  void the_answer_does_not_depend_on_the_order_of_the_documents() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    Snapshot snapshot = snapshot(SHOP);
    ConnectivityAnswer expected = ask(session(snapshot), ConnectivityQuestion.all());
    for (int i = 0; i < 5; i++) {
      List<Document> documents = new ArrayList<>(snapshot.documents());
      Collections.shuffle(documents, random);
      assertThat(ask(session(snapshot.withDocuments(documents)), ConnectivityQuestion.all()))
          .as("seed %d, shuffle %d", seed, i)
          .isEqualTo(expected);
    }
  }
}
