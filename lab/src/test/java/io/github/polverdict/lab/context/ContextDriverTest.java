package io.github.polverdict.lab.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.Shelf;
import io.github.polverdict.lab.StandIns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextDriverTest {
  @TempDir private Path folder;
  @TempDir private Path labs;

  private ContextDriver driver(StandIns tools) {
    return new ContextDriver(new Shelf(labs), tools.programs());
  }

  private static Lab up(ContextDriver driver) {
    Lab.Access access = new Lab.Access(Optional.empty(), "prod", List.of("try-shop", "try-data"));
    CniSpec any = new CniSpec("kubernetes", "", java.util.Map.of());
    return driver.up(new LabRequest("try", any, 1, List.of(), access), line -> {});
  }

  @Test
  void its_namespaces_are_remembered_and_nothing_is_written_yet() throws IOException {
    StandIns tools = new StandIns(folder).with("kubectl", "case $* in *nodes*) echo node/a;; esac");
    Lab lab = up(driver(tools));
    assertThat(driver(tools).list()).containsExactly(lab);
    assertThat(lab.access().namespaces()).containsExactly("try-shop", "try-data");
    assertThat(lab.access().options()).containsExactly("--context", "prod");
    assertThat(tools.calls())
        .isNotEmpty()
        .allMatch(call -> call.startsWith("kubectl --context prod get "));
  }

  @Test
  void a_namespace_that_is_there_is_never_taken() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with("kubectl", "case $* in *try-data*) echo namespace/try-data;; esac");
    assertThatThrownBy(() -> up(driver(tools)))
        .isInstanceOf(LabFailure.class)
        .hasMessage("there is a namespace try-data in the cluster already; take another --name");
    assertThat(driver(tools).list()).isEmpty();
  }

  @Test
  void only_namespaces_with_its_label_are_removed() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                "case $* in *' -l polverdict.io/lab=try '*) echo namespace/try-shop;; esac");
    ContextDriver driver = driver(tools);
    driver.down(up(driver));
    assertThat(tools.calls())
        .endsWith("kubectl --context prod delete --wait=true --timeout=120s namespace/try-shop");
    assertThat(driver.list()).isEmpty();
  }

  @Test
  void a_cluster_that_does_not_answer_is_not_forgotten() throws IOException {
    StandIns tools = new StandIns(folder).with("kubectl", "");
    ContextDriver driver = driver(tools);
    Lab lab = up(driver);
    tools.with("kubectl", "echo 'connection refused' >&2; exit 1");
    assertThatThrownBy(() -> driver.down(lab))
        .hasMessage("the cluster does not answer: connection refused");
    assertThat(driver.list()).containsExactly(lab);
  }
}
