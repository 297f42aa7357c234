package io.github.polverdict.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GapTest {
  private static final Origin HERE = new Origin.InCluster("lab", "pods", "", "");

  @Test
  void aGapOfOneNamespaceTouchesThatOneOnly() {
    Gap gap = new Gap(Set.of("Pod"), "hidden", "pods", "forbidden", HERE);
    assertThat(gap.mayTouch("hidden")).isTrue();
    assertThat(gap.mayTouch("shop")).isFalse();
  }

  @Test
  void aGapOfEveryOtherNamespaceTouchesAllButThoseThatWereRead() {
    Gap gap = new Gap(Set.of("Pod"), "", Set.of("shop"), "pods", "forbidden", HERE);
    assertThat(gap.mayTouch("hidden")).isTrue();
    assertThat(gap.mayTouch("shop")).isFalse();
  }

  @Test
  void aGapWithoutKindsMayHoldAnyKind() {
    assertThat(new Gap(Set.of(), "", "x", "broken", HERE).mayHold("Service")).isTrue();
    assertThat(new Gap(Set.of("Pod"), "", "x", "broken", HERE).mayHold("Service")).isFalse();
  }
}
