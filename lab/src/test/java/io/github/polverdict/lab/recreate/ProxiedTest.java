package io.github.polverdict.lab.recreate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiedTest {
  private static boolean isProxied(String item) throws UnreadableSource {
    String yaml =
        """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        specs:
          - endpointSelector: {matchLabels: {serverNames: app}}
            egress: [{toPorts: [{ports: [{port: "443", protocol: TCP}]%s}]}]
        """
            .formatted(item);
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read().documents().stream()
        .anyMatch(Proxied::is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          , serverNames: [a.example]        | true
          , terminatingTLS: {secret: {}}    | true
          , originatingTLS: {secret: {}}    | true
          , rules: {http: [{method: GET}]}  | false
          """)
  void a_policy_that_has_tls_looked_into_is_one(String item, boolean is) throws UnreadableSource {
    assertThat(isProxied(item)).isEqualTo(is);
  }
}
