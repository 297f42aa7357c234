package io.github.polverdict.snapshot.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.git.GitTree.Entry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitTreeTest {
  private static final GitTree TREE =
      GitTree.parse(
          String.join(
              "\0",
              "100644 blob a1\tbase/web.yaml",
              "100644 blob a2\tREADME.md",
              "120000 blob b1\tlatest",
              "120000 blob b2\tprod/web.yaml",
              "120000 blob b3\tshared.yaml",
              "120000 blob b4\tLOGO.png",
              "120000 blob b5\tprod/elsewhere",
              "160000 commit c1\tvendor/charts",
              ""));

  private static final Map<String, String> TARGETS =
      Map.of("b1", "base", "b2", "../base/web.yaml", "b3", "../base/web.yaml", "b5", "/etc");

  @Test
  void files_that_are_manifests_are_read() {
    assertThat(TREE.manifests()).extracting(Entry::path).containsExactly("base/web.yaml");
  }

  @Test
  void links_out_of_the_folder_and_submodules_are_not_followed_and_others_are_read_anyhow()
      throws UnreadableSource {
    assertThat(TREE.unfollowed(link -> TARGETS.getOrDefault(link.object(), "")))
        .extracting(Entry::path)
        .containsExactly("shared.yaml", "prod/elsewhere", "vendor/charts");
  }
}
