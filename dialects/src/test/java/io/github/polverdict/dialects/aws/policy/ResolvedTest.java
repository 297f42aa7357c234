package io.github.polverdict.dialects.aws.policy;

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
import org.junit.jupiter.api.Test;

class ResolvedTest {
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop, uid: one}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress: [{from: [{podSelector: {}}, {ipBlock: {cidr: 203.0.113.0/24}}]}]
      """;

  private static String pod(String name, String address) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: %s}}
    status: {podIP: %s}
    """
        .formatted(name, name, address);
  }

  private static String resolved(String owner, String... cidrs) {
    return """
    apiVersion: networking.k8s.aws/v1alpha1
    kind: PolicyEndpoint
    metadata:
      name: web-abcde
      namespace: shop
      ownerReferences: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, name: web, uid: %s}]
    spec: {policyRef: {name: web, namespace: shop}, ingress: [%s]}
    """
        .formatted(
            owner,
            String.join(", ", List.of(cidrs).stream().map("{cidr: %s}"::formatted).toList()));
  }

  private static List<Finding> findings(String... yaml) {
    Dialects dialects = Dialects.installed();
    Snapshot snapshot = files(yaml);
    var engines =
        new DialectResolver(dialects)
            .resolve(snapshot, Optional.of(CniSpec.parse("aws-vpc-cni@1.4.2")));
    return new PolicyCompiler(dialects).compile(snapshot, engines).findings();
  }

  @Test
  void an_address_that_the_controller_has_not_resolved_is_said() {
    assertThat(
            findings(
                POLICY,
                pod("web", "10.0.1.1"),
                pod("api", "10.0.1.2"),
                resolved("one", "10.0.1.1", "203.0.113.0/24", "10.0.1.9")))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.code()).isEqualTo("PV111");
          assertThat(f.message()).contains("not to 10.0.1.2").contains("10.0.1.9");
        });
  }

  @Test
  void addresses_that_agree_and_those_of_another_policy_are_not() {
    assertThat(
            findings(
                POLICY,
                pod("web", "10.0.1.1"),
                pod("api", "10.0.1.2"),
                resolved("one", "10.0.1.1", "10.0.1.2", "203.0.113.0/24")))
        .isEmpty();
    assertThat(findings(POLICY, pod("web", "10.0.1.1"), resolved("another", "10.0.1.9"))).isEmpty();
  }
}
