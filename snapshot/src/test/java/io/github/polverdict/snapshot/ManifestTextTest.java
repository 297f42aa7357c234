package io.github.polverdict.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024",
        "0777",
        "1e3",
        "1_000",
        "0x1F",
        ".5",
        "12:30:00",
        "2024-01-01",
        "on",
        "No"
      })
  void textsThatYamlTakesForSomethingElseAreQuoted(String text) {
    assertThat(ManifestText.yaml(Map.of("name", text))).isEqualTo("name: \"" + text + "\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "10.0.0.0/8", "001-cluster-baseline.yaml", "8080-tcp-in", "one"})
  void otherTextsAreNot(String text) {
    assertThat(ManifestText.yaml(Map.of("name", text))).isEqualTo("name: " + text + "\n");
  }
}
