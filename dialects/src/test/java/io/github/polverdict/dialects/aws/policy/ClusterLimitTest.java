package io.github.polverdict.dialects.aws.policy;

import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.Passage;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterLimitTest {
  private static final String RULE =
      "{action: Deny, to: [{namespaces: {}}], ports: [{portNumber: {port: %d}}]}";

  private static String policy(int number) {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rules.add(RULE.formatted(8000 + 10 * number + i));
    }
    return """
    apiVersion: networking.k8s.aws/v1alpha1
    kind: ClusterNetworkPolicy
    metadata: {name: guard-%d}
    spec: {tier: Admin, priority: %d, subject: {namespaces: {}}, egress: [%s]}
    """
        .formatted(number, number, String.join(", ", rules));
  }

  private static String pod(int number) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: web-%d, namespace: shop, labels: {app: web}}
    status: {podIP: 10.1.%d.%d}
    """
        .formatted(number, number / 200, number % 200 + 1);
  }

  @Test
  void addresses_with_the_same_rules_are_one_passage() {
    List<String> yaml = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      yaml.add(policy(i));
    }
    for (int i = 0; i < 1000; i++) {
      yaml.add(pod(i));
    }
    Dialects dialects = Dialects.installed();
    Snapshot snapshot = files(yaml.toArray(String[]::new));
    var engines =
        new DialectResolver(dialects)
            .resolve(snapshot, Optional.of(CniSpec.parse("aws-vpc-cni@1.5.0")));
    List<Passage> full =
        new PolicyCompiler(dialects)
            .compile(snapshot, engines).value().planes().stream()
                .flatMap(p -> p.passages().stream())
                .filter(p -> p.origin().toString().contains("cnp-24-ports-per-cidr"))
                .toList();
    assertThat(full).hasSize(1);
    assertThat(full.getFirst().to().toString())
        .contains("10.1.0.1-10.1.0.200")
        .contains("10.1.4.1-10.1.4.200");
  }
}
