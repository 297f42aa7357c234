package io.github.polverdict.dialects.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.dialects.Seen;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** NetworkPolicies of the API version that servers took before Kubernetes 1.16. */
class OldVersionTest {
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop}
      spec: {podSelector: {}}
      """;

  private static List<Finding> findings(String yaml) {
    Dialects dialects = Dialects.installed();
    Snapshot snapshot = Seen.files(yaml);
    Optional<CniSpec> said = Optional.of(CniSpec.parse("kubernetes"));
    return new PolicyCompiler(dialects)
        .compile(snapshot, new DialectResolver(dialects).resolve(snapshot, said))
        .findings();
  }

  @Test
  void are_told_at_their_version_and_judged() {
    assertThat(findings(POLICY)).isEmpty();
    assertThat(findings(POLICY.replace("networking.k8s.io/v1", "extensions/v1beta1")))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.code()).isEqualTo("PV083");
          assertThat(f.severity()).isEqualTo(Severity.WARNING);
          assertThat(f.origin().text()).contains(":1:");
        });
  }
}
