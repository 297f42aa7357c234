package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.explain;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.explain.ExplainAnswer.Sees;
import org.junit.jupiter.api.Test;

/** What a client notices where an engine answers some denials and drops others. */
class ClientSeesTest {
  private static final String DUAL_STACK =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: c, namespace: shop}
      spec: {containers: [{name: c, image: i}]}
      status: {podIP: 10.1.1.9, podIPs: [{ip: 10.1.1.9}, {ip: "fd00::9"}]}
      """;

  private static Sees underDenialOf(String type, String from, String to) {
    return underDenialOf("1.20", type, from, to);
  }

  private static Sees underDenialOf(String version, String type, String from, String to) {
    String policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: deny, namespace: shop}
        spec: {podSelector: {matchLabels: {app: a}}, policyTypes: [%s]}
        """
            .formatted(type);
    return explain(
            under(
                "cilium@%s,policy-deny-response=icmp".formatted(version),
                namespace("shop"),
                deployment("shop", "a"),
                deployment("shop", "b"),
                DUAL_STACK,
                policy),
            from,
            to)
        .cases()
        .getFirst()
        .client()
        .sees();
  }

  @Test
  void a_denial_of_its_own_egress_is_answered() {
    assertThat(underDenialOf("Egress", "shop/a", "shop/b:80")).isEqualTo(Sees.REFUSED);
  }

  @Test
  void a_denial_of_ingress_is_not() {
    assertThat(underDenialOf("Ingress", "shop/b", "shop/a:80")).isEqualTo(Sees.TIMEOUT);
  }

  @Test
  void over_ipv6_that_is_so_from_1_20_on() {
    String six = "[2001:db8::1]:80";
    assertThat(underDenialOf("1.20", "Egress", "shop/a", six)).isEqualTo(Sees.REFUSED);
    assertThat(underDenialOf("1.19", "Egress", "shop/a", six)).isEqualTo(Sees.TIMEOUT);
    assertThat(underDenialOf("1.19", "Egress", "shop/a", "192.0.2.7:80")).isEqualTo(Sees.REFUSED);
  }
}
