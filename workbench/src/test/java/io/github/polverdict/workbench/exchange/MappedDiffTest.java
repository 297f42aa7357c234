package io.github.polverdict.workbench.exchange;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.workbench.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappedDiffTest {
  private static final String BY_NAME =
      "[{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}]}]";

  private static DiffAnswer diff(Session staging, Session prod) {
    Correspondence map = Correspondence.parse(List.of("staging-*=prod-*"));
    return new DiffQuestion(false).ask(Mixer.of(staging, prod, map));
  }

  private static String[] stage(String name, String... more) {
    String[] out = java.util.Arrays.copyOf(more, more.length + 4);
    out[more.length] = namespace(name + "-shop");
    out[more.length + 1] = namespace(name + "-ops");
    out[more.length + 2] = deployment(name + "-shop", "web");
    out[more.length + 3] = deployment(name + "-ops", "prom");
    return out;
  }

  private static String policy(String stage, String from) {
    return ingress(stage + "-shop", "p", "{}", BY_NAME.formatted(from));
  }

  private static Cause only(DiffAnswer answer) {
    assertThat(answer.groups()).hasSize(1);
    assertThat(answer.groups().getFirst().causes()).hasSize(1);
    return answer.groups().getFirst().causes().getFirst();
  }

  @Test
  void a_policy_that_still_names_a_namespace_of_the_first_is_the_cause() {
    Session staging = session(stage("staging", policy("staging", "staging-ops")));
    Session prod = session(stage("prod", policy("prod", "staging-ops")));

    Cause cause = only(diff(staging, prod));

    assertThat(cause.input().name()).isEqualTo("NetworkPolicy staging-shop/p");
    assertThat(cause.differs().getFirst()).endsWith("staging-ops -> staging-ops.of-B");
  }

  @Test
  void what_mends_the_second_is_in_its_own_names() {
    Session staging = session(stage("staging", policy("staging", "staging-ops")));
    Session other = session(stage("prod", policy("prod", "staging-ops")));
    Session none = session(stage("prod", ingress("prod-shop", "deny", "{}", "[]")));

    assertThat(only(diff(staging, other)).remedy().orElse(""))
        .contains("networkpolicy p -n prod-shop")
        .contains("\"value\":\"prod-ops\"")
        .doesNotContain("staging");
    assertThat(
            diff(staging, none).groups().stream()
                .flatMap(g -> g.causes().stream())
                .flatMap(c -> c.remedy().stream())
                .filter(r -> r.startsWith("kubectl apply")))
        .singleElement()
        .asString()
        .contains("\"kubernetes.io/metadata.name\":\"prod-ops\"")
        .doesNotContain("staging");
  }

  @Test
  void engines_own_labels_of_namespaces_are_told_in_the_first_names_too() {
    String cilium =
        """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: p, namespace: %1$s-shop}
        spec:
          endpointSelector: {}
          ingress: [{fromEndpoints: [{matchLabels: {"k8s:io.kubernetes.pod.namespace": %1$s-ops}}]}]
        """;
    String calico =
        """
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: p}
        spec:
          namespaceSelector: projectcalico.org/name == '%1$s-shop'
          types: [Ingress]
          ingress:
            - action: Allow
              source: {namespaceSelector: "kubernetes.io/metadata.name in {'%1$s-ops', 'x'}"}
        """;
    for (String[] one :
        List.of(new String[] {"cilium@1.18", cilium}, new String[] {"calico@3.31", calico})) {
      Session staging = under(one[0], stage("staging", one[1].formatted("staging")));
      Session prod = under(one[0], stage("prod", one[1].formatted("prod")));

      DiffAnswer answer = diff(staging, prod);

      assertThat(answer.groups()).as(one[0]).isEmpty();
      assertThat(answer.idle()).as(one[0]).isEmpty();
    }
  }
}
