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
    return up(driver, "prod");
  }

  private static Lab up(ContextDriver driver, String context) {
    Lab.Access access = new Lab.Access(Optional.empty(), context, List.of("try-shop", "try-data"));
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
  void only_namespaces_that_it_knows_and_that_have_its_label_are_removed() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                """
                case $* in *' -l polverdict.io/lab=try '*)
                  echo namespace/try-shop
                  echo namespace/try-of-another-person;;
                esac
                """);
    ContextDriver driver = driver(tools);
    driver.down(up(driver));
    assertThat(tools.calls())
        .endsWith("kubectl --context prod delete --wait=true --timeout=120s namespace/try-shop");
    assertThat(driver.list()).isEmpty();
  }

  @Test
  void the_context_that_is_current_now_stays_the_labs() throws IOException {
    StandIns tools =
        new StandIns(folder).with("kubectl", "case $* in *current-context) echo staging;; esac");
    Lab lab = up(driver(tools), "");
    assertThat(lab.access().options()).containsExactly("--context", "staging");
    assertThat(driver(tools).list()).containsExactly(lab);
    driver(tools).down(lab);
    tools.with("kubectl", "echo 'error: current-context is not set' >&2; exit 1");
    assertThatThrownBy(() -> up(driver(tools), ""))
        .hasMessage("say --context: there is no current one: error: current-context is not set");
  }

  @Test
  void nothing_is_removed_from_a_cluster_that_has_taken_the_contexts_name() throws IOException {
    String cluster =
        """
        case $* in
          *kube-system*) echo uid-%s;;
          *' -l polverdict.io/lab=try '*) echo namespace/try-shop;;
        esac
        """;
    StandIns tools = new StandIns(folder).with("kubectl", cluster.formatted("1"));
    ContextDriver driver = driver(tools);
    Lab lab = up(driver);
    tools.with("kubectl", cluster.formatted("2"));
    assertThatThrownBy(() -> driver.down(lab))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining("context prod is another cluster than the one that lab try was made")
        .hasMessageContaining(labs.resolve("try").toString());
    assertThat(tools.calls()).noneMatch(call -> call.contains(" delete "));
    assertThat(driver.list()).containsExactly(lab);
  }

  @Test
  void what_kubectl_warns_of_is_no_answer() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                """
                echo 'E1129 memcache.go:287] the server is currently unable to handle it' >&2
                case $* in
                  *nodes*) echo node/a;;
                  *' -l polverdict.io/lab=try '*) echo namespace/try-data;;
                esac
                """);
    ContextDriver driver = driver(tools);
    Lab lab = up(driver);
    assertThat(lab.nodes()).isEqualTo(1);
    driver.down(lab);
    assertThat(tools.calls()).last().asString().endsWith("--timeout=120s namespace/try-data");
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
