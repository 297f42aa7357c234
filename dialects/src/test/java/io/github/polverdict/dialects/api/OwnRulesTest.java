package io.github.polverdict.dialects.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.dialects.Seen;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kinds of which rules of form are known here: a definition in the snapshot counts before these.
 */
class OwnRulesTest {
  private static final Dialects DIALECTS = Dialects.installed();

  /**
   * A kind with an object that everybody takes. Its definition here has the field {@code lately},
   * and of {@code spec} takes nothing that is longer than ten characters as {@code note}.
   *
   * @param sound what the object says, a flow mapping without its last brace
   */
  record Defined(String engine, String apiVersion, String kind, String scope, String sound) {

    String group() {
      return apiVersion.substring(0, apiVersion.indexOf('/'));
    }

    String definition() {
      return """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: defined}
      spec:
        group: %s
        scope: %s
        names: {kind: %s, plural: defined}
        versions:
          - name: %s
            served: true
            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object,
              x-kubernetes-preserve-unknown-fields: true, properties: {
              note: {type: string, maxLength: 10}, lately: {type: string}}}}}}
      """
          .formatted(group(), scope, kind, apiVersion.substring(group().length() + 1));
    }

    String object(String more) {
      return """
      apiVersion: %s
      kind: %s
      metadata: {name: default%s}
      spec: %s%s}
      """
          .formatted(
              apiVersion, kind, scope.equals("Cluster") ? "" : ", namespace: shop", sound, more);
    }

    @Override
    public String toString() {
      return kind + "." + apiVersion;
    }
  }

  static Stream<Defined> kinds() {
    String calico = "{selector: app == 'web', ingress: [{action: Allow}]";
    String antrea = "{priority: 5, appliedTo: [{podSelector: {}}], ingress: [{action: Drop}]";
    String aws =
        "{tier: Admin, priority: 5, subject: {namespaces: {}},"
            + " ingress: [{action: Deny, from: [{namespaces: {}}]}]";
    return Stream.of(
        new Defined("calico", "crd.projectcalico.org/v1", "NetworkPolicy", "Namespaced", calico),
        new Defined("calico", "crd.projectcalico.org/v1", "GlobalNetworkPolicy", "Cluster", calico),
        new Defined("antrea", "crd.antrea.io/v1beta1", "NetworkPolicy", "Namespaced", antrea),
        new Defined("antrea", "crd.antrea.io/v1beta1", "ClusterNetworkPolicy", "Cluster", antrea),
        new Defined(
            "aws-vpc-cni", "networking.k8s.aws/v1alpha1", "ClusterNetworkPolicy", "Cluster", aws),
        new Defined(
            "aws-vpc-cni",
            "networking.k8s.aws/v1alpha1",
            "ApplicationNetworkPolicy",
            "Namespaced",
            "{podSelector: {}, policyTypes: [Ingress]"),
        new Defined(
            "ovn-kubernetes",
            "k8s.ovn.org/v1",
            "EgressFirewall",
            "Namespaced",
            "{egress: [{type: Deny, to: {cidrSelector: 0.0.0.0/0}}]"),
        new Defined(
            "kube-ovn",
            "kubeovn.io/v1",
            "SecurityGroup",
            "Cluster",
            "{allowSameGroupTraffic: true"));
  }

  private static List<Finding> findings(String engine, Snapshot snapshot) {
    List<Sighting> engines =
        new DialectResolver(DIALECTS).resolve(snapshot, Optional.of(CniSpec.parse(engine)));
    return new PolicyCompiler(DIALECTS)
        .compile(snapshot, engines).findings().stream()
            .filter(f -> List.of("PV080", "PV081").contains(f.code()))
            .toList();
  }

  private static List<Finding> findings(Defined kind, String more) {
    return findings(kind.engine(), Seen.files(kind.object(more), kind.definition()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_sound_object_is_taken_with_a_definition_and_without(Defined kind) {
    assertThat(findings(kind, "")).isEmpty();
    assertThat(findings(kind.engine(), Seen.files(kind.object("")))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void what_the_definition_refuses_is_refused_in_its_words(Defined kind) {
    assertThat(findings(kind, ", note: far too long"))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.severity()).isEqualTo(Severity.ERROR);
          assertThat(f.message()).isEqualTo("spec.note: Too long: may not be more than 10 bytes");
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void what_only_the_definition_knows_is_not_judged(Defined kind) {
    assertThat(findings(kind, ", lately: 'yes'"))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.code()).isEqualTo("PV081");
          assertThat(f.message())
              .startsWith("its definition takes this, which is not judged yet: ")
              .contains("lately");
        });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void what_a_cluster_holds_is_not_refused_by_a_definition_that_came_later(Defined kind) {
    String later = kind.definition().replace("{spec: {type: object,", "{spec: {required: [note],");
    assertThat(findings(kind.engine(), Seen.files(kind.object(""), later)))
        .extracting(Finding::message)
        .containsExactly("spec.note: Required value");
    assertThat(findings(kind.engine(), Seen.live(kind.object(""), later))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_version_that_the_definition_does_not_serve_is_told(Defined kind) {
    String other = kind.definition().replaceFirst("- name: v1.*", "- name: v7");
    assertThat(findings(kind.engine(), Seen.files(kind.object(""), other)))
        .extracting(Finding::message)
        .containsExactly(
            "no matches for kind \"%s\" in version \"%s\""
                .formatted(kind.kind(), kind.apiVersion()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_version_that_no_release_serves_is_told_without_a_definition(Defined kind) {
    String other = kind.object("").replace(kind.apiVersion(), kind.group() + "/v7");
    assertThat(findings(kind.engine(), Seen.files(other)))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.message())
              .isEqualTo(
                  "no matches for kind \"%s\" in version \"%s/v7\""
                      .formatted(kind.kind(), kind.group()));
          assertThat(f.help()).contains(kind.apiVersion());
        });
  }

  @Test
  void a_NetworkPolicy_in_a_version_that_was_never_served_is_told() {
    String policy =
        "apiVersion: %s\nkind: NetworkPolicy\nmetadata: {name: x}\nspec: {podSelector: {}}";
    assertThat(findings("kubernetes", Seen.files(policy.formatted("networking.k8s.io/v2"))))
        .singleElement()
        .satisfies(f ->
            assertThat(f.message())
                .endsWith(
                    "no matches for kind \"NetworkPolicy\" in version \"networking.k8s.io/v2\""));
    assertThat(findings("kubernetes", Seen.files(policy.formatted("networking.k8s.io/v1"))))
        .isEmpty();
  }
}
