package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class LabCommandTest extends DemoClusters {

  @Test
  void a_cluster_that_one_has_is_only_written_to_with_leave() {
    Ran ran = run("lab", "up", "--driver", "context", "--name", "try", "-f", production);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("try-data, try-ingress-nginx, try-monitoring, try-shop", "--allow-create");
  }

  @Test
  void what_the_driver_cannot_do_is_refused() {
    Ran cni = run("lab", "up", "--driver", "context", "-f", production, "--cni", "unenforced");
    assertThat(cni.code()).isEqualTo(2);
    assertThat(cni.err()).contains("the cluster of --driver context is as it is");
    Ran nodes = run("lab", "up", "--driver", "context", "-f", production, "--nodes", "1");
    assertThat(nodes.code()).isEqualTo(2);
    assertThat(nodes.err()).contains("--nodes").contains("the cluster of --driver context is");
    Ran leave = run("lab", "up", "--driver", "kind", "--allow-create");
    assertThat(leave.code()).isEqualTo(2);
    assertThat(leave.err()).contains("for --driver context");
    assertThat(run("lab", "up", "--driver", "context", "--allow-create").err())
        .contains("say with --from what to make in it");
  }

  @Test
  void a_dialect_that_no_lab_can_have_is_named() {
    Ran ran = run("lab", "scenarios", "--dialect", "nosuch@1", "--folder", production);
    assertThat(ran.code()).isNotZero();
    assertThat(ran.err()).contains("a lab can't have nosuch@1");
  }

  @Test
  void a_glob_that_is_none_is_refused_before_a_lab_is_made() {
    Ran ran =
        run(
            "lab",
            "scenarios",
            "--dialect",
            "unenforced",
            "--select",
            "{a,{b}}",
            "--folder",
            production);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--select: '{a,{b}}' is no glob");
  }

  @Test
  void a_saved_snapshot_is_recreated_as_the_folder_that_it_was_taken_of() {
    String saved = folder.resolve("prod.pvs").toString();
    assertThat(run("snapshot", "-f", production, "-o", saved).code()).isZero();
    Ran ran = run("lab", "up", "--driver", "context", "--name", "try", "--from", saved);
    assertThat(ran.err())
        .contains("try-data, try-ingress-nginx, try-monitoring, try-shop", "--allow-create");
  }
}
