package io.github.polverdict.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind    | cilium@1.20                       | true
          kind    | cilium@1.20,enable-l7-proxy=false | false
          local   | cilium@1.20                       | false
          context | cilium@1.20                       | false
          """)
  void only_kind_surely_has_a_proxy(String driver, String engine, boolean has) {
    Lab lab = new Lab("x", driver, engine, 2, LabState.READY, Lab.Access.whole(Path.of("k")));
    assertThat(lab.hasProxy()).isEqualTo(has);
  }
}
