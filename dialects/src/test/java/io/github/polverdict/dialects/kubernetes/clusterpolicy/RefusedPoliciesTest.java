package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.dialects.Seen;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Policies and, after {@code !}, what the API server says of them: apiextensions-apiserver 0.34.3
 * was run on the experimental definitions of network-policy-api 0.2.0 and 0.1.7.
 */
class RefusedPoliciesTest {

  @TestFactory
  Stream<DynamicTest> policies_are_refused_in_the_words_of_the_api_server() throws IOException {
    return Stream.of(text().split("---\n", -1))
        .map(part -> DynamicTest.dynamicTest(part.lines().toList().get(2), () -> check(part)));
  }

  private static String text() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RefusedPoliciesTest.class.getResourceAsStream("refused.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void check(String part) {
    List<String> expected =
        part.lines().filter(l -> l.startsWith("! ")).map(l -> l.substring(2)).toList();
    List<String> yaml = part.lines().filter(l -> !l.startsWith("! ")).toList();
    assertThat(findings(String.join("\n", yaml)))
        .filteredOn(f -> f.code().equals("PV080"))
        .extracting(Finding::message)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<Finding> findings(String yaml) {
    Snapshot snapshot = Seen.files(yaml);
    Dialects dialects = Dialects.installed();
    CniSpec specification = new CniSpec("kubernetes", "", Map.of());
    List<Sighting> engines =
        new DialectResolver(dialects).resolve(snapshot, Optional.of(specification));
    return new PolicyCompiler(dialects).compile(snapshot, engines).findings();
  }

  @Test
  void a_selector_that_the_schema_takes_and_nobody_can_read_is_told_apart() {
    assertThat(
            findings(
                """
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: odd}
                spec:
                  tier: Admin
                  priority: 1
                  subject: {namespaces: {matchExpressions: [{key: a, operator: Maybe}]}}
                """))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.code()).isEqualTo("PV082");
          assertThat(f.help()).contains("the API server takes it");
        });
  }
}
