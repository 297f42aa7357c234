package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedGroupsTest {
  @TempDir Path directory;

  @Test
  void theGroupsOfAClusterAreKnownWithoutListingAnything() throws Exception {
    try (FakeApiServer server = new FakeApiServer()) {
      server.serves("wgpolicyk8s.io/v1alpha2/policyreports");
      assertThat(server.source(directory, Progress.SILENT).groups())
          .contains("wgpolicyk8s.io")
          .doesNotContain("openreports.io");
      assertThat(server.listed("/apis/wgpolicyk8s.io/v1alpha2/policyreports")).isZero();
    }
  }

  @Test
  void whoMayNotAskKnowsOfNone() throws Exception {
    try (FakeApiServer server = new FakeApiServer()) {
      server.serves("openreports.io/v1alpha1/reports").forbid("/apis");
      assertThat(server.source(directory, Progress.SILENT).groups())
          .doesNotContain("openreports.io");
    }
  }
}
