package io.github.polverdict.dialects.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.dialects.Seen;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which definition an object is held against. */
class DefinitionsTest {
  private static final Dialects DIALECTS = Dialects.installed();
  private static final String BY_SELECTOR =
      policy("ingress: [{fromCIDRSet: [{cidrGroupSelector: {matchLabels: {a: b}}}]}]");
  private static final String ENTITY = policy("ingress: [{fromEntities: [world-ipv4]}]");
  private static final String OWN =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: ciliumnetworkpolicies.cilium.io}
      spec:
        group: cilium.io
        scope: Namespaced
        names: {kind: CiliumNetworkPolicy, plural: ciliumnetworkpolicies}
        versions:
          - name: v2
            served: true
            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object,
              x-kubernetes-preserve-unknown-fields: true, required: [description]}}}}
      """;

  private static String policy(String rules) {
    return """
    apiVersion: cilium.io/v2
    kind: CiliumNetworkPolicy
    metadata: {name: web, namespace: shop}
    spec:
      endpointSelector: {}
      %s
    """
        .formatted(rules);
  }

  private static List<Finding> findings(String engine, Snapshot snapshot) {
    List<Sighting> engines =
        new DialectResolver(DIALECTS).resolve(snapshot, Optional.of(CniSpec.parse(engine)));
    return new PolicyCompiler(DIALECTS)
        .compile(snapshot, engines).findings().stream()
            .filter(f -> f.code().equals(Definitions.CODE))
            .toList();
  }

  private static List<Finding> findings(String engine, String... yaml) {
    return findings(engine, Seen.files(yaml));
  }

  @Test
  void that_of_the_engines_release_counts() {
    assertThat(findings("cilium@1.20", BY_SELECTOR)).isEmpty();
    assertThat(findings("cilium@1.15", BY_SELECTOR))
        .anySatisfy(f -> {
          assertThat(f.severity()).isEqualTo(Severity.ERROR);
          assertThat(f.message()).endsWith("(oneOf). Found none valid");
        });
  }

  @Test
  void between_two_bundled_releases_only_what_both_refuse_is_refused() {
    assertThat(findings("cilium@1.17", BY_SELECTOR)).isEmpty();
    assertThat(findings("cilium@1.17", ENTITY)).hasSize(1);
  }

  @Test
  void a_field_of_another_release_is_dropped_and_one_of_none_is_refused() {
    String ranged = "ingress: [{toPorts: [{ports: [{port: '80', endPort: 90}]}]}]";
    assertThat(findings("cilium@1.15", policy(ranged)))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.severity()).isEqualTo(Severity.WARNING);
          assertThat(f.message())
              .startsWith("unknown field \"spec.ingress[0].toPorts[0].ports[0].endPort\"");
        });
    assertThat(findings("cilium@1.15", policy("ingres: []")))
        .anySatisfy(f -> {
          assertThat(f.severity()).isEqualTo(Severity.ERROR);
          assertThat(f.message()).isEqualTo("unknown field \"spec.ingres\"");
          assertThat(f.help()).contains("ingress");
        });
  }

  @Test
  void the_definition_beside_the_object_counts_before_all() {
    assertThat(findings("cilium@1.20", ENTITY, OWN))
        .extracting(Finding::message)
        .containsExactly("spec.description: Required value");
  }

  @Test
  void what_a_cluster_holds_is_refused_by_no_younger_definition() {
    assertThat(findings("cilium@1.15", Seen.live(BY_SELECTOR))).isEmpty();
    assertThat(findings("cilium@1.20", Seen.live(ENTITY)))
        .singleElement()
        .satisfies(f -> assertThat(f.help()).contains("the cluster holds the object"));
  }

  @Test
  void a_version_that_no_release_serves_is_told() {
    assertThat(findings("cilium@1.20", ENTITY.replace("cilium.io/v2", "cilium.io/v3")))
        .extracting(Finding::message)
        .containsExactly("no matches for kind \"CiliumNetworkPolicy\" in version \"cilium.io/v3\"");
  }

  @Test
  void a_refused_object_that_policies_refer_to_is_one_that_was_not_read() {
    String group =
        """
        apiVersion: cilium.io/v2
        kind: CiliumCIDRGroup
        metadata: {name: partners}
        spec: {externalCIDRs: [10.0.0.0/33]}
        """;
    assertThat(findings("cilium@1.20", group))
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .startsWith("spec.externalCIDRs[0]: Invalid value: \"10.0.0.0/33\"");
  }
}
