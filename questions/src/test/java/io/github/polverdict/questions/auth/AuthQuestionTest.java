package io.github.polverdict.questions.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.core.model.rights.Grant;
import io.github.polverdict.core.model.rights.Right;
import io.github.polverdict.core.model.rights.Right.Reach;
import io.github.polverdict.questions.auth.AuthAnswer.Extent;
import io.github.polverdict.questions.auth.AuthAnswer.Row;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class AuthQuestionTest {
  private static final Right PODS = new Right("list", "pods", "", Reach.NAMESPACES, "no pods");
  private static final Right NODES = new Right("list", "nodes", "", Reach.CLUSTER, "no nodes");
  private static final Right EXEC =
      new Right("create", "pods/exec", "", Reach.NAMESPACES, "no packets");
  private static final Right PATCH =
      new Right("patch", "pods/ephemeralcontainers", "", Reach.NAMESPACES, "no packets");
  private static final List<Feature> FEATURES =
      List.of(
          new Feature(
              "read", "read", "read.yaml", List.of(PODS, NODES), true, List.of(), List.of()),
          new Feature(
              "exec", "exec", "exec.yaml", List.of(EXEC), false, List.of("read"), List.of()),
          new Feature(
              "patch",
              "patch",
              "patch.yaml",
              List.of(PATCH, EXEC),
              false,
              List.of("read"),
              List.of()),
          new Feature(
              "verify", "verify", "", List.of(), false, List.of("read"), List.of("exec", "patch")));

  private static Grant granted(Right right) {
    return new Grant(right, true, List.of(), List.of());
  }

  private static Grant refused(Right right) {
    return new Grant(right, false, List.of(), List.of());
  }

  private static Row row(String id, Grant... grants) {
    return new AuthQuestion(FEATURES, List.of(id)).ask(List.of(grants)).getFirst();
  }

  @Test
  void readingWorksPartlyWhenSomethingMayBeListed() {
    assertThat(row("read", granted(PODS), granted(NODES)).extent()).isEqualTo(Extent.WORKS);
    assertThat(row("read", granted(PODS), refused(NODES)).extent()).isEqualTo(Extent.PARTLY);
    assertThat(row("read", refused(PODS), refused(NODES)).extent()).isEqualTo(Extent.DOES_NOT);
  }

  @Test
  void aWayOfProbingNeedsAllOfItsRightsInOneNamespace() {
    Grant inShop = new Grant(EXEC, false, List.of("shop"), List.of("ops"));
    Grant inOps = new Grant(PATCH, false, List.of("ops"), List.of("shop"));
    assertThat(row("exec", granted(PODS), granted(NODES), inShop).extent())
        .isEqualTo(Extent.PARTLY);
    assertThat(row("patch", granted(PODS), granted(NODES), inShop, inOps).extent())
        .isEqualTo(Extent.DOES_NOT);
  }

  @Test
  void verifyWorksByAnyWayOfProbingAndSaysWhich() {
    Row row = row("verify", granted(PODS), granted(NODES), granted(EXEC), refused(PATCH));
    assertThat(row.extent()).isEqualTo(Extent.WORKS);
    assertThat(row.because()).isEqualTo("by exec");
    Row none = row("verify", granted(PODS), granted(NODES), refused(EXEC), refused(PATCH));
    assertThat(none.extent()).isEqualTo(Extent.DOES_NOT);
    assertThat(none.because()).contains("exec, patch");
  }

  @Test
  void whatAFeatureNeedsCountsAndItsManifestIsNamed() {
    Row row = row("exec", granted(PODS), refused(NODES), refused(EXEC));
    assertThat(row.extent()).isEqualTo(Extent.DOES_NOT);
    assertThat(row.manifests()).containsExactly("read.yaml", "exec.yaml");
    assertThat(row.missing()).extracting(Grant::missing).containsExactly("create pods/exec");
  }

  @Test
  void theRightsOfWhatIsNeededAreInScope() {
    assertThat(new AuthQuestion(FEATURES, List.of("verify")).scope())
        .extracting(Feature::id)
        .containsExactly("read", "exec", "patch", "verify");
    assertThat(new AuthQuestion(FEATURES, List.of("exec")).scope())
        .extracting(Feature::id)
        .containsExactly("read", "exec");
  }
}
