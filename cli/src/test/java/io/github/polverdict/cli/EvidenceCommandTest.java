package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.workbench.evidence.Archive;
import io.github.polverdict.workbench.evidence.Sums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EvidenceCommandTest extends DemoClusters {
  private static final String TIME = "2027-06-30T12:00:00Z";
  private static final String DEMO = "src/main/resources/io/github/polverdict/cli/demo/production";

  private Path pack(String... more) {
    Path file = folder.resolve("pack.zip");
    String[] args = new String[6 + more.length];
    System.arraycopy(
        new String[] {"evidence", production, "-o", file.toString(), "--time", TIME},
        0,
        args,
        0,
        6);
    System.arraycopy(more, 0, args, 6, more.length);
    Ran ran = run(args);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("pack.zip: ", " files, ", "sha256 ");
    return file;
  }

  @Test
  void a_pack_is_what_was_written_until_something_is_changed() throws IOException {
    Path file = pack();
    assertThat(run("evidence", "--check", file.toString()).out()).contains("as they were written");
    Map<String, byte[]> files = new LinkedHashMap<>(Archive.read(file));
    files.put("lint.txt", "nothing found\n".getBytes(StandardCharsets.UTF_8));
    files.remove("lint.json");
    files.put("more.txt", new byte[1]);
    Files.write(file, Archive.bytes(files, LocalDateTime.of(2027, 1, 1, 0, 0)));
    Ran ran = run("evidence", "--check", file.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "lint.txt: is not what was written", "lint.json: is missing", "more.txt: was added");
  }

  @Test
  void sums_that_were_made_anew_do_not_hide_a_change() throws IOException {
    Path file = pack();
    Map<String, byte[]> files = new LinkedHashMap<>(Archive.read(file));
    files.put("lint.txt", "nothing found\n".getBytes(StandardCharsets.UTF_8));
    files.put("more.txt", new byte[1]);
    files.remove("lint.json");
    files.remove(Sums.FILE);
    files.put(Sums.FILE, Sums.lines(files));
    Files.write(file, Archive.bytes(files, LocalDateTime.of(2027, 1, 1, 0, 0)));
    Ran ran = run("evidence", "--check", file.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "lint.txt: is not what manifest.json lists",
            "more.txt: is not what manifest.json lists",
            "lint.json: is missing; manifest.json lists it");
  }

  @Test
  void a_pack_that_is_not_there_or_cut_off_is_said_to_be() throws IOException {
    assertThat(run("evidence", "--check", folder.resolve("none.zip").toString()).err())
        .contains("there is no such file or folder");
    Path file = pack();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
    Ran ran = run("evidence", "--check", file.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("it ends too early");
  }

  @Test
  void the_same_input_and_time_give_the_same_bytes() throws IOException {
    byte[] first = Files.readAllBytes(pack());
    assertThat(Files.readAllBytes(pack())).isEqualTo(first);
  }

  @Test
  void the_manifest_has_engines_inputs_and_sums_and_keeps_its_schema() throws IOException {
    Map<String, byte[]> files = Archive.read(pack());
    String manifest = new String(files.get("manifest.json"), StandardCharsets.UTF_8);
    assertThat(manifest)
        .contains("\"created\" : \"" + TIME + "\"", "\"dialect\" : \"cilium\"", "\"profile\" : ")
        .contains(Sums.of(Files.readAllBytes(Path.of(production, "policies.yaml"))))
        .contains(Sums.of(files.get("snapshot.pvs")));
    Published.keepsToAnswers(manifest);
    assertThat(files.keySet())
        .contains("inspect.json", "connectivity.csv", "lint.sarif", "exceptions.csv")
        .contains("README.html", "connectivity.html", "inspect.html", "lint.html")
        .contains("stances.csv", "profiles/cilium.json", "README.txt", "SHA256SUMS");
  }

  @Test
  void pages_of_the_pack_ask_for_nothing() throws IOException {
    Map<String, byte[]> files = Archive.read(pack());
    files.forEach((name, bytes) -> {
      if (name.endsWith(".html")) {
        Published.keepsToItself(new String(bytes, StandardCharsets.UTF_8));
      }
    });
    assertThat(new String(files.get("README.html"), StandardCharsets.UTF_8))
        .contains(Sums.of(files.get("lint.json")), "policies.yaml");
  }

  /** What git says in the project's own repository. */
  private static String git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void what_is_read_from_git_has_its_commit_objects_and_sums() throws IOException {
    String policies = "HEAD:./" + DEMO + "/policies.yaml";
    Path file = folder.resolve("git.zip");
    Ran ran = run("evidence", "git:HEAD:./" + DEMO, "-o", file.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    String manifest = new String(Archive.read(file).get("manifest.json"), StandardCharsets.UTF_8);
    Published.keepsToAnswers(manifest);
    assertThat(manifest)
        .contains("\"commit\" : \"" + git("rev-parse", "HEAD") + "\"")
        .contains("\"name\" : \"" + policies + "\"")
        .contains("\"blob\" : \"" + git("rev-parse", policies) + "\"")
        .contains(Sums.of((git("show", policies) + "\n").getBytes(StandardCharsets.UTF_8)));
    Ran one = run("evidence", "git:" + policies, "-o", file.toString());
    assertThat(one.code()).as(one.err()).isIn(0, 3);
    assertThat(new String(Archive.read(file).get("manifest.json"), StandardCharsets.UTF_8))
        .contains("\"blob\" : \"" + git("rev-parse", policies) + "\"");
  }

  @Test
  void an_auditor_judges_the_snapshot_again() throws IOException {
    Map<String, byte[]> files = Archive.read(pack());
    Path snapshot = Files.write(folder.resolve("again.pvs"), files.get("snapshot.pvs"));
    assertThat(run("connectivity", "-f", snapshot.toString(), "-o", "csv").out())
        .isEqualTo(new String(files.get("connectivity.csv"), StandardCharsets.UTF_8));
  }

  @Test
  void expectations_go_with_their_results() throws IOException {
    Path expected =
        Files.writeString(
            folder.resolve("e.yaml"),
            "apiVersion: polverdict.io/v1\nkind: Expectations\nexpect:\n"
                + "- {verdict: denied, from: shop/cart, to: data/orders-db}\n");
    Map<String, byte[]> files = Archive.read(pack("--expect", expected.toString()));
    assertThat(new String(files.get("assert.txt"), StandardCharsets.UTF_8)).contains("holds");
    assertThat(files.get("expectations/1-e.yaml")).isEqualTo(Files.readAllBytes(expected));
  }

  @Test
  void a_baseline_goes_with_what_came_of_it() throws IOException {
    Path demanded =
        Files.writeString(
            folder.resolve("baseline.yaml"),
            "apiVersion: polverdict.io/v1\nkind: Baseline\npreset: nsa-cisa\n");
    Map<String, byte[]> files = Archive.read(pack("--baseline", demanded.toString()));
    assertThat(new String(files.get("baseline.json"), StandardCharsets.UTF_8))
        .contains("\"question\" : \"baseline");
    assertThat(files.get("baseline.yaml")).isEqualTo(Files.readAllBytes(demanded));
  }

  private void isCluster(String uid) throws IOException {
    Path cluster = Path.of(production, "cluster.yaml");
    Files.writeString(
        cluster,
        Files.readString(cluster)
            .replaceFirst(
                "  name: kube-system\n(  uid: .*\n)?",
                "  name: kube-system\n  uid: " + uid + "\n"));
  }

  @Test
  void a_run_of_verify_must_be_of_the_same_cluster() throws IOException {
    isCluster("one");
    String saved = folder.resolve("run.json").toString();
    assertThat(run("verify", production, "-n", "shop", "--dry-run", "--save", saved).code())
        .isZero();
    assertThat(Archive.read(pack("--run", saved))).containsKey("verify.json");
    isCluster("two");
    String to = folder.resolve("other.zip").toString();
    Ran other = run("evidence", production, "-o", to, "--run", saved);
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("--run: ", "kube-system one, and of", "it is two");
    Files.writeString(Path.of(saved), Files.readString(Path.of(saved)).replace("one", ""));
    assertThat(run("evidence", production, "-o", to, "--run", saved).err())
        .contains("does not say of which cluster it is");
  }

  @Test
  void a_target_that_cannot_be_written_is_told_before_the_work() {
    String to = folder.resolve("none/x.zip").toString();
    Ran ran = run("evidence", "nothing-to-read", "-o", to);
    assertThat(ran.err()).contains("there is no folder");
    Ran recorded = run("assert", "nothing-to-read", "--record", to);
    assertThat(recorded.err()).contains("there is no folder");
  }

  @Test
  void what_could_not_be_read_is_in_the_pack() throws IOException {
    Files.writeString(Path.of(production, "broken.yaml"), "kind: [\n");
    Path file = folder.resolve("short.zip");
    Ran ran = run("evidence", production, "-o", file.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(new String(Archive.read(file).get("README.txt"), StandardCharsets.UTF_8))
        .contains("broken.yaml");
  }

  @Test
  void wrong_use_is_told() throws IOException {
    assertThat(run("evidence", production).err()).contains("-o FILE");
    assertThat(run("evidence", production, "-o", "x.zip", "--time", "noon").code()).isEqualTo(2);
    assertThat(run("evidence", "-f", "-", "-o", "x.zip").err()).contains("can't be read twice");
    Path nothing = Files.writeString(folder.resolve("no.zip"), "no zip");
    assertThat(run("evidence", "--check", nothing.toString()).code()).isEqualTo(3);
  }
}
