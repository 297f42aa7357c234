package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.replay.Played.Result;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
  private static final String ENGINE = "cilium@1.20,enable-policy=always";

  @TempDir private Path folder;

  private static Played played(String scenario, String flow, Result result) {
    return new Played(scenario, 7, flow, "DENIED", "cilium@1.20", result, "TIMEOUT");
  }

  private void write(Played... all) {
    new Evidence(ENGINE, 2, LocalDate.of(2026, 11, 28), Map.of("kernel", "6.18"), List.of(all))
        .write(folder.resolve(Evidence.fileOf(ENGINE)));
  }

  @Test
  void a_file_is_named_by_its_engine() {
    assertThat(Evidence.fileOf(ENGINE)).isEqualTo("cilium-1.20-enable-policy=always.yaml");
  }

  @Test
  void what_was_confirmed_and_is_not_any_more_is_lost() {
    Played kept = played("a.scn", "shop/web -> shop/db:1", Result.CONFIRMED);
    Played gone = played("a.scn", "shop/web -> shop/db:2", Result.CONFIRMED);
    write(kept, gone, played("b.scn", "shop/web -> shop/db:3", Result.CONFIRMED));
    List<Played> now = List.of(kept, played("a.scn", "shop/web -> shop/db:2", Result.SKIPPED));
    assertThat(Evidence.lost(folder, ENGINE, now))
        .containsExactly("a.scn: shop/web -> shop/db:2 DENIED");
    assertThat(Evidence.lost(folder, ENGINE, List.of(kept, gone))).isEmpty();
  }

  @Test
  void what_was_never_measured_is_not_lost() {
    write(played("a.scn", "shop/web -> shop/db:1", Result.CONFIRMED));
    String other = "cilium@1.20,enable-policy=never";
    assertThat(Evidence.isOf(ENGINE, folder)).isTrue();
    assertThat(Evidence.isOf(other, folder)).isFalse();
    assertThat(Evidence.lost(folder, other, List.of())).isEmpty();
  }

  @Test
  void evidence_that_is_not_there_is_a_failure() {
    assertThatThrownBy(() -> Evidence.lost(folder.resolve("none.yaml"), ENGINE, List.of()))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining("none.yaml");
  }
}
