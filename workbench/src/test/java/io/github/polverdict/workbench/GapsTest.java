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
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final String FROM_WEB =
      ingress(
          "shop",
          "db",
          "{matchLabels: {app: db}}",
          "[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]");

  @Test
  void a_namespace_that_could_not_be_read_makes_unknown_exactly_what_it_could_change() {
    Gap gap =
        new Gap(
            Set.of("Pod", "NetworkPolicy"),
            "hidden",
            "pods and networkpolicies in namespace hidden",
            "forbidden for user ro",
            new Origin.Said("cluster c"));
    String open = ingress("shop", "open", "{matchLabels: {app: web}}", "[{}]");
    Session session =
        session(
            Given.with(
                snapshot(
                    namespace("shop"),
                    namespace("hidden", "team=blue"),
                    deployment("shop", "web"),
                    deployment("shop", "db"),
                    FROM_WEB,
                    open),
                gap));

    assertThat(explain(session, "shop/web", "shop/db:5432").verdict()).isEqualTo(Outcome.ALLOWED);
    assertThat(explain(session, "hidden/api", "shop/db:5432").verdict()).isEqualTo(Outcome.DENIED);
    ExplainAnswer into = explain(session, "shop/web", "hidden/api:80");
    assertThat(into.verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(into.doubts())
        .extracting(Doubt::text)
        .contains("pods and networkpolicies in namespace hidden: forbidden for user ro");
    assertThat(into.notes())
        .containsExactly("hidden/api could not be read: hidden/* stands for it");
    assertThat(explain(session, "hidden/api", "shop/web:80").verdict()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void a_group_that_could_not_be_read_is_not_surely_everybody() {
    String partners =
        """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: partners, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: db}}
          ingress:
            - fromCIDRSet: [{cidrGroupRef: partners}]
              toPorts: [{ports: [{port: "5432", protocol: TCP}]}]
        """;
    Snapshot shop =
        snapshot(namespace("shop"), deployment("shop", "web"), deployment("shop", "db"), partners);

    assertThat(fromWeb(shop)).isEqualTo(Outcome.ALLOWED);
    Gap groups = forbidden("CiliumCIDRGroup.cilium.io", "");
    assertThat(fromWeb(Given.with(shop, groups))).isEqualTo(Outcome.UNKNOWN);
  }

  private static Outcome fromWeb(Snapshot shop) {
    return explain(under("cilium@1.15.19", shop), "shop/web", "shop/db:5432").verdict();
  }

  private static final Gap ELSEWHERE_PODS =
      new Gap(
          Set.of("Pod"),
          "",
          Set.of("shop"),
          "pods outside of shop",
          "forbidden",
          new Origin.Said("c"));

  private static final Gap ELSEWHERE_NAMESPACES =
      new Gap(
          Set.of("Namespace"),
          "",
          Set.of("shop"),
          "namespaces outside of shop",
          "forbidden",
          new Origin.Said("c"));

  private static Session onlyShop() {
    return under(
        "cilium@1.20.2", // address ranges match no pods
        Given.with(
            snapshot(
                namespace("shop"),
                deployment("shop", "web"),
                deployment("shop", "db"),
                ingress("shop", "db", "{matchLabels: {app: db}}", OUTSIDE_ONLY)),
            ELSEWHERE_PODS,
            ELSEWHERE_NAMESPACES));
  }

  private static final String OUTSIDE_ONLY = "[{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]";

  @Test
  void namespaces_that_could_be_read_have_no_stand_in_when_others_could_not() {
    assertThat(refusals(onlyShop(), "shop/gone", "shop/db:80").getFirst().message())
        .isEqualTo("there is no pod and no workload shop/gone");
    assertThat(explain(onlyShop(), "shop/web", "shop/db:80").verdict()).isEqualTo(Outcome.DENIED);
  }

  @Test
  void a_namespace_of_which_nothing_could_be_read_has_a_stand_in() {
    ExplainAnswer answer = explain(onlyShop(), "hidden/api", "shop/db:80");
    assertThat(answer.verdict()).isEqualTo(Outcome.DENIED);
    assertThat(answer.notes()).containsExactly("hidden/api could not be read: */* stands for it");
  }

  @Test
  void an_address_that_may_be_that_of_a_pod_that_could_not_be_read_may_be_that_pod() {
    ExplainAnswer either = explain(onlyShop(), "192.0.2.9", "shop/db:80");
    assertThat(either.verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(either.notes())
        .containsExactly(
            "192.0.2.9 may be that of a pod that could not be read: */* stands for it");
    assertThat(explain(onlyShop(), "198.51.100.9", "shop/db:80").verdict())
        .isEqualTo(Outcome.DENIED);
  }

  @Test
  void with_pods_hidden_but_policies_read_only_labels_are_in_doubt() {
    Gap gap =
        new Gap(
            Set.of("Pod"), "hidden", "pods in namespace hidden", "forbidden", new Origin.Said("c"));
    String rules =
        "[{from: [{namespaceSelector: {matchLabels: {team: blue}}, podSelector: {matchLabels: {app:"
            + " api}}}]}]";
    Session session =
        session(
            Given.with(
                snapshot(
                    namespace("shop"),
                    namespace("hidden", "team=blue"),
                    namespace("other", "team=zed"),
                    deployment("shop", "db"),
                    deployment("other", "api"),
                    ingress("shop", "db", "{}", rules)),
                gap));

    assertThat(explain(session, "hidden/*", "shop/db:80").verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(explain(session, "other/api", "shop/db:80").verdict()).isEqualTo(Outcome.DENIED);
    assertThat(explain(session, "shop/db", "hidden/*:80").verdict()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void a_policy_that_could_not_be_read_isolates_in_its_own_tier_only() {
    Gap gap =
        new Gap(Set.of("NetworkPolicy"), "", "networkpolicies", "forbidden", new Origin.Said("c"));
    String tiers =
        """
        apiVersion: projectcalico.org/v3
        kind: Tier
        metadata: {name: last}
        spec: {order: 2000000}
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: pass-on}
        spec:
          order: 10
          selector: app == 'db'
          ingress: [{action: Pass}]
        """;
    Session session =
        under(
            "calico@3.31",
            Given.with(
                snapshot(
                    namespace("shop"), deployment("shop", "web"), deployment("shop", "db"), tiers),
                gap));

    assertThat(explain(session, "shop/web", "shop/db:80").gates().getLast().verdict())
        .isEqualTo(Outcome.ALLOWED);
    assertThat(explain(session, "shop/db", "shop/web:80").gates().getLast().verdict())
        .isEqualTo(Outcome.UNKNOWN);
  }

  private static Session cilium(String settings, Gap gap) {
    String policy =
        """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          egress: [{toServices: [{k8sService: {serviceName: db, namespace: shop}}]}]
        """;
    return under(
        "cilium@1.20" + settings,
        Given.with(
            snapshot(
                namespace("shop"),
                namespace("ops"),
                deployment("shop", "web"),
                deployment("shop", "db"),
                policy),
            gap));
  }

  private static Gap forbidden(String kind, String namespace) {
    return new Gap(Set.of(kind), namespace, kind, "forbidden", new Origin.Said("c"));
  }

  @Test
  void services_that_could_not_be_read_may_be_those_that_a_policy_names() {
    Session hidden = cilium("", forbidden("Service", "shop"));
    assertThat(explain(hidden, "shop/web", "shop/db:80").verdict()).isEqualTo(Outcome.UNKNOWN);
    Session elsewhere = cilium("", forbidden("Service", "ops"));
    assertThat(explain(elsewhere, "shop/web", "shop/db:80").verdict()).isEqualTo(Outcome.DENIED);
  }

  @Test
  void redirects_that_could_not_be_read_matter_where_they_are_switched_on() {
    Gap gap = forbidden("CiliumLocalRedirectPolicy.cilium.io", "");
    Session on = cilium(",enable-local-redirect-policy=true", gap);
    assertThat(explain(on, "shop/db", "shop/web:80").verdict()).isEqualTo(Outcome.UNKNOWN);
    Session off = cilium("", gap);
    assertThat(explain(off, "shop/db", "shop/web:80").verdict()).isEqualTo(Outcome.ALLOWED);
  }

  private static Session live(String cni, List<Gap> gaps, String... yaml) {
    Snapshot files = snapshot(yaml);
    return under(
        cni,
        files
            .withDocuments(
                files.documents().stream()
                    .map(d -> new Document(d.id(), d.root(), "c", true))
                    .toList())
            .with(gaps, List.of()));
  }

  private static String egress(String subject, String rules) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: out, namespace: shop}
    spec: {podSelector: {matchLabels: {app: %s}}, policyTypes: [Egress], egress: %s}
    """
        .formatted(subject, rules);
  }

  private static ExplainAnswer beyondPeers(String cni, Gap... gaps) {
    String node = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nspec: {podCIDR: 10.16.0.0/24}";
    String toTeamB = "[{to: [{namespaceSelector: {matchLabels: {team: b}}}]}]";
    Session session =
        live(
            cni,
            List.of(gaps),
            node,
            namespace("shop", "team=a"),
            namespace("ops", "team=b"),
            pod("shop", "web", "10.16.0.10", "app=web"),
            egress("web", toTeamB));
    return explain(session, "shop/web", "203.0.113.7:443");
  }

  @Test
  void pods_that_could_not_be_read_may_give_a_policy_the_peers_without_which_it_drops_nothing() {
    String old = "kube-ovn@1.11";
    assertThat(beyondPeers(old).verdict()).isEqualTo(Outcome.ALLOWED);
    assertThat(beyondPeers(old, forbidden("Pod", "shop")).verdict()).isEqualTo(Outcome.ALLOWED);
    ExplainAnswer hidden = beyondPeers(old, forbidden("Pod", "ops"));
    assertThat(hidden.verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(hidden.doubts()).extracting(Doubt::text).contains("Pod: forbidden");
    assertThat(beyondPeers(old, forbidden("Pod", "")).verdict()).isEqualTo(Outcome.UNKNOWN);
    assertThat(beyondPeers("kube-ovn@1.16", forbidden("Pod", "ops")).verdict())
        .isEqualTo(Outcome.DENIED);
  }

  private static Outcome toNode(String labelled, String agent, Gap... gaps) {
    String node =
        "apiVersion: v1\nkind: Node\nmetadata: {name: n2}\n"
            + "status: {addresses: [{type: InternalIP, address: 10.0.0.2}]}";
    String toTeamB =
        "[{to: [{namespaceSelector: {matchLabels: {team: b}}, podSelector: {}}],"
            + " ports: [{port: 9100}]}]";
    Session session =
        live(
            "ovn-kubernetes@1.3",
            List.of(gaps),
            node,
            namespace("shop", "team=a"),
            labelled,
            pod("shop", "web", "10.16.0.10", "app=web"),
            agent,
            egress("web", toTeamB));
    return explain(session, "shop/web", "node/n2:9100").verdict();
  }

  @Test
  void a_namespace_that_could_not_be_read_may_have_the_pods_that_open_a_node() {
    String agent =
        pod("ops", "agent", "10.0.0.2", "app=agent")
            .replace("nodeName: n1", "nodeName: n2\n  hostNetwork: true");
    String other = namespace("other", "team=c");
    Gap namespaces = forbidden("Namespace", "");
    assertThat(toNode(namespace("ops", "team=b"), agent)).isEqualTo(Outcome.ALLOWED);
    assertThat(toNode(namespace("ops", "team=c"), agent)).isEqualTo(Outcome.DENIED);
    assertThat(toNode(other, agent, namespaces)).isEqualTo(Outcome.UNKNOWN);
    Gap pods = forbidden("Pod", "ops");
    assertThat(toNode(namespace("ops", "team=b"), other, pods)).isEqualTo(Outcome.UNKNOWN);
    assertThat(toNode(namespace("ops", "team=c"), other, pods)).isEqualTo(Outcome.DENIED);
  }

  private static List<Refusal> refusals(Session session, String from, String to) {
    return switch (new ExplainQuestion(from, to, "").ask(session)) {
      case Reply.Refused<ExplainAnswer>(List<Refusal> refusals) -> refusals;
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> throw new AssertionError(answer);
    };
  }
}
