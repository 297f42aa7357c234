package io.github.polverdict.dialects.antrea;

import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the definitions and the webhook refuse is refused in their words, at its place. */
class AntreaAdmissionTest {
  private static final Dialects DIALECTS = Dialects.installed();

  private static List<Finding> findings(String... yaml) {
    Snapshot snapshot = files(yaml);
    var engines =
        new DialectResolver(DIALECTS)
            .resolve(snapshot, Optional.of(CniSpec.parse("antrea@2.7,L7NetworkPolicy=true")));
    return new PolicyCompiler(DIALECTS).compile(snapshot, engines).findings();
  }

  private static String cluster(String spec) {
    return """
    apiVersion: crd.antrea.io/v1beta1
    kind: ClusterNetworkPolicy
    metadata: {name: it}
    spec: {%s}
    """
        .formatted(spec);
  }

  /** What is wrong with a policy, and what is said of it. */
  private static final String REFUSED =
      """
      appliedTo: [{podSelector: {}}]
        | spec.priority: Required value
      priority: 0, appliedTo: [{podSelector: {}}]
        | greater than or equal to 1
      priority: '1', appliedTo: [{podSelector: {}}]
        | must be of type number
      priority: 1, ingress: [{action: Drop}]
        | appliedTo needs to be set in either spec or rules
      OF_ALL, ingress: [{action: Deny}]
        | spec.ingress[0].action: Unsupported value: "Deny"
      OF_ALL, ingress: [{action: Drop, appliedTo: [{podSelector: {}}]}]
        | appliedTo should not be set in both spec and rules
      priority: 1, ingress: [{action: Drop, appliedTo: [{podSelector: {}}]}, {action: Drop}]
        | appliedTo field should either be set in all rules or in none of them
      priority: 1, appliedTo: [{group: g, podSelector: {}}]
        | group cannot be set with other peers in appliedTo
      priority: 1, appliedTo: [{service: {name: a, namespace: b}}], egress: [{action: Drop}]
        | egress rule cannot be applied to Services
      priority: 1, appliedTo: [{service: {name: a, namespace: b}}], ingress: [{action: Drop, from: [{podSelector: {}}]}]
        | can only use ipBlock to select workloads
      priority: 1, tier: baseline, appliedTo: [{podSelector: {}}], ingress: [{action: Pass}]
        | `Pass` action should not be set for Baseline Tier policy rules
      priority: 1, tier: mine, appliedTo: [{podSelector: {}}]
        | spec.tier: tier mine does not exist
      OF_ALL, ingress: [{action: Drop, name: a}, {action: Drop, name: a}]
        | rules names must be unique within the policy
      OF_ALL, ingress: [{action: Drop, from: [{namespaces: {match: Self}, namespaceSelector: {}}]}]
        | namespaces and namespaceSelector cannot be set at the same time
      OF_ALL, egress: [{action: Drop, toServices: [{name: a, namespace: b}], ports: [{port: 1}]}]
        | `toServices` cannot be used with `to`, `ports` or `protocols`
      OF_ALL, egress: [{action: Drop, to: [{fqdn: a_b.com}]}]
        | invalid characters in egress rule fqdn field: a_b.com
      OF_ALL, egress: [{action: Drop, to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/9]}}]}]
        | except CIDR 11.0.0.0/9 is not a strict subset of CIDR 10.0.0.0/8
      OF_ALL, egress: [{action: Reject, to: [{ipBlock: {cidr: 224.0.0.1/32}}]}]
        | multicast does not support action Pass or Reject
      OF_ALL, egress: [{action: Drop, protocols: [{igmp: {}}], to: [{podSelector: {}}]}]
        | protocol IGMP can not be used with other protocols
      OF_ALL, ingress: [{action: Drop, l7Protocols: [{http: {}}]}]
        | layer 7 protocols only support Allow
      OF_ALL, ingress: [{action: Drop, ports: [{port: http, endPort: 9}]}]
        | if `port` is a string `endPort` cannot be specified
      OF_ALL, ingress: [{action: Drop, ports: [{port: 9, endPort: 8}]}]
        | `endPort` should be greater than or equal to `port`
      priority: 1, appliedTo: [{podSelector: {}, externalEntitySelector: {}}]
        | unknown field "spec.appliedTo[0].externalEntitySelector"
      """;

  private static Stream<Arguments> refused() {
    return REFUSED
        .replaceAll("\n\\s+\\| ", " | ")
        .lines()
        .map(l -> {
          String[] parts = l.split(" \\| ", 2);
          return Arguments.of(
              parts[0].replace("OF_ALL", "priority: 1, appliedTo: [{podSelector: {}}]"), parts[1]);
        });
  }

  @ParameterizedTest
  @MethodSource("refused")
  void a_policy_is_refused(String spec, String says) {
    assertThat(findings(cluster(spec)))
        .extracting(Finding::message)
        .anyMatch(m -> m.contains(says));
  }

  @Test
  void what_the_webhook_takes_is_no_finding() {
    assertThat(
            findings(
                cluster(
                    "priority: 10000.0, tier: SecurityOps, appliedTo: [{nodeSelector: {}},"
                        + " {podSelector: {}}], egress: [{action: Allow, to: [{ipBlock:"
                        + " {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 1,"
                        + " endPort: 1, sourcePort: 5, sourceEndPort: 6}]}]")))
        .extracting(Finding::code)
        .doesNotContain("PV080");
  }

  @Test
  void tiers_have_priorities_of_their_own() {
    String tier =
        "apiVersion: crd.antrea.io/v1beta1\nkind: Tier\nmetadata: {name: %s}\nspec: {priority: %d}\n";
    assertThat(
            findings(
                tier.formatted("reserved", 252),
                tier.formatted("taken", 250),
                tier.formatted("fine", 10),
                cluster("priority: 1, tier: fine, appliedTo: [{podSelector: {}}]")))
        .extracting(Finding::message)
        .containsExactlyInAnyOrder(
            "spec.priority: tier reserved priority 252 is reserved",
            "spec.priority: tier taken priority 250 overlaps with existing Tier");
  }

  @Test
  void a_group_has_one_kind_of_members() {
    assertThat(
            findings(
                """
                apiVersion: crd.antrea.io/v1beta1
                kind: ClusterGroup
                metadata: {name: both}
                spec: {podSelector: {}, ipBlocks: [{cidr: 10.0.0.0/8}]}
                """,
                cluster("priority: 1, appliedTo: [{group: both}]")))
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("At most one of podSelector, externalEntitySelector"));
  }
}
