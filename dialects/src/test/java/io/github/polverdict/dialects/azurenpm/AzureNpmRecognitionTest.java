package io.github.polverdict.dialects.azurenpm;

import static io.github.polverdict.dialects.Seen.daemonSet;
import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.polverdict.dialects.api.Sighting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AzureNpmRecognitionTest {
  private static final String IMAGE = "mcr.microsoft.com/containernetworking/azure-npm:v1.6.13";
  private static final String LINUX =
      daemonSet("azure-npm", "[{name: azure-npm, image: '%s'}]".formatted(IMAGE));

  private static String node(String name, String os) {
    return "apiVersion: v1\nkind: Node\nmetadata: {name: %s, labels: {kubernetes.io/os: %s}}"
        .formatted(name, os);
  }

  @Test
  void the_daemon_set_the_tag_and_the_toggles_are_read() {
    String toggles =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: azure-npm-config, namespace: kube-system}
        data:
          azure-npm.json: '{"Toggles": {"PlaceAzureChainFirst": true, "EnableNPMLite": false}}'
        """;
    Sighting seen = engines(files(LINUX, toggles)).getFirst();
    assertThat(seen.dialect()).isEqualTo("azure-npm");
    assertThat(seen.version()).isEqualTo("1.6.13");
    assertThat(seen.settings())
        .isEqualTo(Map.of("PlaceAzureChainFirst", "true", "EnableNPMLite", "false"));
    assertThat(seen.nodes()).isEmpty();
  }

  @Test
  void windows_nodes_have_an_agent_of_their_own_or_none() {
    String windows =
        daemonSet("azure-npm-win", "[{name: azure-npm-win, image: '%s'}]".formatted(IMAGE));
    List<Sighting> both =
        engines(files(LINUX, windows, node("l1", "linux"), node("w1", "windows")));
    assertThat(both)
        .extracting(s -> s.settings().getOrDefault("os", "linux"), Sighting::nodes)
        .containsExactly(
            tuple("linux", Optional.of(Set.of("l1"))), tuple("windows", Optional.of(Set.of("w1"))));
    assertThat(engines(files(LINUX, node("l1", "linux"), node("w1", "windows"))))
        .extracting(Sighting::nodes)
        .containsExactly(Optional.of(Set.of("l1")));
  }
}
