package io.github.polverdict.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.LabState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLabTest {
  @TempDir private Path folder;

  private Home home() {
    return Home.of(Map.of("POLVERDICT_LAB_HOME", folder.toString()));
  }

  @Test
  void files_are_kept_in_the_users_cache_unless_another_place_is_said() {
    assertThat(Home.of(Map.of("XDG_CACHE_HOME", "/cache")))
        .isEqualTo(
            new Home(Path.of("/cache/polverdict/lab"), Path.of("/cache/polverdict/lab/bin")));
    assertThat(Home.of(Map.of("POLVERDICT_LAB_HOME", "/x", "POLVERDICT_LAB_BIN", "/y")))
        .isEqualTo(new Home(Path.of("/x"), Path.of("/y")));
  }

  @Test
  void an_engine_without_a_version_is_the_newest() {
    String name = Engines.all().getLast().spec().replaceAll("@.*", "");
    assertThat(Engines.of(CniSpec.parse(name))).isEqualTo(Engines.all().getLast());
    assertThat(Engines.of(CniSpec.parse("unenforced")).isBuilt()).isFalse();
  }

  @Test
  void an_engine_that_a_lab_does_not_have_is_refused_with_those_it_has() {
    assertThatThrownBy(() -> Engines.of(CniSpec.parse("nosuch@1.0")))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining("nosuch@1.0")
        .hasMessageContaining("unenforced");
  }

  @Test
  void a_name_that_would_not_fit_is_refused() {
    assertThatThrownBy(() -> new LabRequest("Two words", CniSpec.parse("unenforced"), 1, List.of()))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining("Two words");
  }

  @Test
  void a_process_is_told_from_another_of_its_number_by_when_it_started() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "there is no /proc on this machine");
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String started = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    long own = ProcessHandle.current().pid();
    assertThat(new FirstProcess(own, started).isAlive()).isTrue();
    assertThat(new FirstProcess(own, "1").isAlive()).isFalse();
  }

  @Test
  void a_lab_whose_processes_are_gone_is_dead_and_can_be_removed() throws IOException {
    Path lab = Files.createDirectories(folder.resolve("labs/old"));
    Files.writeString(lab.resolve("init"), "1 1\n");
    Files.writeString(lab.resolve("lab.env"), "LAB_NODES=2\nLAB_ENGINE=unenforced\n");
    LocalDriver driver = new LocalDriver(home());
    assertThat(driver.list())
        .containsExactly(
            new Lab(
                "old",
                "local",
                "unenforced",
                2,
                LabState.DEAD,
                Lab.Access.whole(lab.resolve("kubeconfig"))));
  }

  @Test
  void programs_that_were_built_elsewhere_are_taken_without_a_copy() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    for (String name : List.of("kubernetes", "agnhost", "agnhost.tar")) {
      Files.writeString(elsewhere.resolve(name), name);
    }
    Binaries binaries = new Binaries(home());
    assertThat(binaries.has("kubernetes")).isFalse();
    binaries.take(elsewhere);
    assertThat(binaries.has("kubernetes")).isTrue();
    assertThat(home().binaries().resolve("agnhost")).isSymbolicLink();
    assertThatThrownBy(() -> binaries.take(folder.resolve("nowhere")))
        .hasMessageContaining("no programs");
  }

  @Test
  void an_agent_of_another_version_than_labs_have_is_not_taken() throws IOException {
    String part = Engines.all().getLast().folder();
    Path agent = Files.createDirectories(folder.resolve("elsewhere").resolve(part));
    Files.writeString(agent.resolve("version"), "0.0.1\n");
    Binaries binaries = new Binaries(home());
    assertThatThrownBy(() -> binaries.take(folder.resolve("elsewhere")))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining(part + " 0.0.1, which labs do not have");
    assertThat(home().binaries().resolve(part)).doesNotExist();
  }

  @Test
  void every_script_of_a_lab_is_unpacked_and_is_correct_shell() throws IOException {
    Path scripts = home().unpacked();
    try (Stream<Path> files = Files.walk(scripts)) {
      List<Path> shell =
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.toString().matches(".*\\.(mod|sum|go|yaml)"))
              .toList();
      assertThat(shell).hasSizeGreaterThan(8);
      for (Path script : shell) {
        assertThat(Command.of("bash", "-n", script.toString()).run())
            .isEqualTo(new Command.Ended(0, ""));
      }
    }
    assertThat(Binaries.parts()).hasSizeGreaterThan(1);
  }
}
