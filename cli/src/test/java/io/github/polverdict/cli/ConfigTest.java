package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ConfigTest {
  private static final String HEADER = "apiVersion: polverdict.io/v1\nkind: Config\n";
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: nobody, namespace: shop}
      spec: {podSelector: {matchLabels: {app: gone}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop, labels: {app: web}}
      spec: {containers: [{name: web, image: web}]}
      """;

  @TempDir private Path folder = Path.of("");
  private Path manifests = Path.of("");

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Ran(code, out.toString(), err.toString());
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("polverdict.yaml"), HEADER + text);
  }

  @BeforeEach
  void writeManifests() throws IOException {
    manifests = Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(manifests.resolve("policy.yaml"), POLICY);
  }

  @Test
  void aFileSetsOptionsWithPathsRelativeToItself() throws IOException {
    Path file = config("commands: {lint: {filename: [manifests], fail-on: never}}\n");
    Ran ran = run("lint", "--config", file.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("shop/nobody");
  }

  @Test
  void everyQuestionTakesItsSourceAsAWordAndThenNotFromTheFile() throws IOException {
    Path file = config("options: {filename: nowhere}\n");
    String manifests = folder.resolve("manifests").toString();
    for (String question : List.of("inspect", "lint", "connectivity", "tighten")) {
      Ran ran = run(question, manifests, "--config", file.toString());
      assertThat(ran.err()).as(question).doesNotContain("nowhere", "Unmatched");
    }
    Ran explained =
        run("explain", manifests, "--config", file.toString(), "--from", "a", "--to", "b:80");
    assertThat(explained.err()).doesNotContain("nowhere", "Unmatched");
  }

  @Test
  void theCommandLineOverridesTheFile() throws IOException {
    Path file = config("commands: {lint: {filename: manifests, fail-on: never}}\n");
    Ran ran = run("lint", "--config", file.toString(), "--fail-on", "info");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void aSourceThatIsSaidReplacesTheOneOfTheFile() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("policy.yaml"), POLICY.replace("nobody", "other"));
    Path file = config("options: {filename: manifests}\n");
    Ran ran = run("lint", "--config", file.toString(), "-f", other.toString());
    assertThat(ran.out()).contains("shop/other").doesNotContain("shop/nobody");
    assertThat(run("lint", "--no-config").err()).contains("say what to read");
  }

  @Test
  void aSettingForAllCommandsIsOverriddenByThatOfOne() throws IOException {
    Path file = config("options: {cni: weave}\ncommands: {lint: {cni: calico@3.31}}\n");
    Ran ran = run("config", "--config", file.toString(), "--set", "-o", "csv");
    assertThat(ran.out())
        .contains("lint,--cni,calico@3.31," + file + ":4:24")
        .contains("explain,--cni,weave," + file + ":3:16")
        .doesNotContain("default");
  }

  @Test
  void configPrintsEveryValueAndWhereItCameFrom() throws IOException {
    Path file = config("commands: {baseline check: {preset: cis-5.3}}\n");
    Ran ran = run("config", "baseline", "check", "--config", file.toString());
    assertThat(ran.out()).containsPattern("--preset +cis-5.3 +\\S+polverdict.yaml:3:37");
    assertThat(run("config", "lint", "--no-config").out())
        .containsPattern("--output +text +default")
        .doesNotContain("--allow");
    assertThat(run("config", "lnt").err()).contains("there is no command 'lnt'");
  }

  @Test
  void whatStandsAtTheTopIsToldWhereItBelongs() throws IOException {
    Path file = config("cni: weave\nlint: {fail-on: high}\n");
    assertThat(run("lint", "--config", file.toString()).err())
        .contains("cni: is an option; put it below options:")
        .contains("lint: is a command; put it below commands:")
        .doesNotContain("no such key");
  }

  @Test
  void whatIsWrongStopsEveryCommandWithAllPlacesAndSuggestions() throws IOException {
    Path file =
        config(
            """
            options: {cnni: weave}
            commands:
              lnt: {}
              lint: {output: json=report.json}
            """);
    Ran ran = run("lint", "--config", file.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err())
        .contains(":3:17: options.cnni: there is no such key; did you mean cni?")
        .contains(":5:8: commands.lnt: there is no such key; did you mean lint?")
        .contains(":6:18: commands.lint.output: must be a format alone");
    assertThat(run("lint", "--config", folder.resolve("none").toString()).err())
        .contains("--config: there is no file");
  }

  /** A pull request must not make whoever looks at it write, run or allow anything. */
  @Test
  void aFileCannotAllowWritesOrNameWhatRuns() throws IOException {
    Path file =
        config(
            """
            options: {kubeconfig: evil, allow-exec: true}
            commands:
              probe: {image: evil}
              canary: {evidence: /etc/passwd}
              evidence: {output: /etc/passwd}
              snapshot: {output: /etc/passwd}
            """);
    Ran ran = run("lint", "--config", file.toString());
    assertThat(ran.code()).isEqualTo(3);
    for (String name :
        new String[] {
          "kubeconfig",
          "allow-exec",
          "image",
          "canary.evidence",
          "evidence.output",
          "snapshot.output"
        }) {
      assertThat(ran.err()).contains(name + ": is not taken from a file");
    }
  }

  /** Where packets go, how many, and what runs as root is for whoever starts the command. */
  @Test
  void aFileDoesNotSayWhereCommandsActNorHowMuch() throws IOException {
    Path file =
        config(
            """
            commands:
              verify: {all-namespaces: true, namespace: a, outside: 192.0.2.1, context: b, rate: 9}
              assert: {probe: true, budget: 9}
              probe: {parallel: 99}
              lab down: {all: true, name: theirs}
              lab build: {install-packages: true, import: evil}
            """);
    Ran ran = run("lint", "--config", file.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err().lines())
        .hasSize(12)
        .allMatch(l -> l.endsWith(" is not taken from a file; say it on the command line"));
  }

  @Test
  void whatItSetsForEveryCommandDoesNotReachThoseThatAct() throws IOException {
    Path file =
        config("options: {all-namespaces: true, context: b, cni: weave, budget: 9, name: x}\n");
    Ran ran = run("config", "--config", file.toString(), "--set", "-o", "csv");
    assertThat(ran.err())
        .contains("options.budget: is not taken from a file")
        .contains("options.name: is not taken from a file");
    config("options: {all-namespaces: true, context: b, cni: weave}\n");
    ran = run("config", "--config", file.toString(), "--set", "-o", "csv");
    assertThat(ran.out())
        .contains("lint,--all-namespaces,true,", "lint,--context,b,", "verify,--cni,weave,")
        .doesNotContain("verify,--all-namespaces", "verify,--context", "probe,--context", "lab ");
  }

  @Test
  void aNamespaceThatIsSaidReplacesAllOfTheFile() throws IOException {
    Path file = config("options: {filename: manifests, all-namespaces: true}\n");
    assertThat(run("connectivity", "--config", file.toString()).out()).contains("shop/web");
    assertThat(run("connectivity", "--config", file.toString(), "-n", "none").out())
        .doesNotContain("shop/web");
  }

  @Test
  void theCommandLineWinsOverWhatSaysTheSameInAnotherWay() throws IOException {
    Path baseline =
        Files.writeString(
            folder.resolve("baseline.yaml"),
            "apiVersion: polverdict.io/v1\nkind: Baseline\npreset: cis-5.3\n");
    Path file = config("options: {filename: manifests, preset: nsa-cisa, cni: kubernetes}\n");
    Ran ran = run("baseline", "check", "--config", file.toString(), "-b", baseline.toString());
    assertThat(ran.err()).doesNotContain("say --baseline or --preset");
    assertThat(ran.code()).isLessThan(2);
  }

  @Test
  void whatIsNoOtherWayOfACommandLeavesTheFileAlone() throws IOException {
    Files.writeString(folder.resolve("flows.csv"), "from,to\nshop/web,10.0.0.0/8:443\n");
    Path file = config("options: {filename: manifests, flows: flows.csv, cni: kubernetes}\n");
    Path to = folder.resolve("policies");
    Ran ran = run("tighten", "--config", file.toString(), "--to", to.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(to.resolve("shop/web.yaml")).exists();
  }

  @Test
  void aValueThatIsNamedAsACommandIsNoCommand() {
    CommandSpec root = new CommandLine(new Main()).getCommandSpec();
    CommandSpec lint = Objects.requireNonNull(root.subcommands().get("lint")).getCommandSpec();
    assertThat(ConfigOptions.after(lint, root, List.of("--config", "lint", "lint", "x"), 0))
        .isEqualTo(3);
  }

  @Test
  void aFileThatEverybodyMayWriteIsLeftOutWithANote() throws IOException {
    Path file = config("");
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    StringWriter err = new StringWriter();
    assertThat(ConfigOptions.found(inner, new PrintWriter(err))).isPresent();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(ConfigOptions.found(inner, new PrintWriter(err, true))).isEmpty();
    assertThat(err.toString()).contains("everybody may write to it; say --config ");
  }

  @Test
  void itIsNotLookedForAboveTheHomeFolder() throws IOException {
    config("");
    Path inner = Files.createDirectories(folder.resolve("home/work"));
    String home = System.setProperty("user.home", folder.resolve("home").toString());
    try {
      assertThat(Config.find(inner)).isEmpty();
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void itIsLookedForUpToTheRootOfTheRepository() throws IOException {
    Path file = config("");
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    assertThat(Config.find(inner)).isEqualTo(Optional.of(file.toAbsolutePath()));
    Files.createDirectory(folder.resolve("a/.git"));
    assertThat(Config.find(inner)).isEmpty();
  }
}
