package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The demo's clusters, saved and read again. */
@NullUnmarked
class SnapshotCommandTest extends DemoClusters {
  private String saved(String source, String name, String... more) {
    String file = folder.resolve(name).toString();
    String[] args = new String[more.length + 4];
    System.arraycopy(new String[] {"snapshot", source, "-o", file}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    Ran ran = run(args);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith(file + ": ").contains(" objects, 0 gaps, ");
    return file;
  }

  @Test
  void explainSaysTheSameWithTheSamePlaces() {
    String file = saved(production, "prod.pvs");
    String[] flow = {"--from", "shop/checkout", "--to", "data/orders-db:5432", "-o", "json"};
    Ran before = run(join("explain", "-f", production, flow));
    Ran after = run(join("explain", "-f", file, flow));
    assertThat(after.out()).isEqualTo(before.out()).contains("policies.yaml");
    assertThat(after.code()).isEqualTo(before.code());
  }

  private static String[] join(String a, String b, String c, String... rest) {
    String[] out = new String[rest.length + 3];
    System.arraycopy(new String[] {a, b, c}, 0, out, 0, 3);
    System.arraycopy(rest, 0, out, 3, rest.length);
    return out;
  }

  @Test
  void diffOfSavedSnapshotsIsTheDiffOfTheClusters() {
    String a = saved(staging, "staging.pvs");
    String b = saved(production, "production.pvs");
    Ran before = run("diff", staging, production, "-o", "csv");
    Ran after = run("diff", a, b, "-o", "csv");
    assertThat(after.out()).isEqualTo(before.out());
    assertThat(after.code()).isEqualTo(ExitCode.FOUND.number());
  }

  @Test
  void diffComparesTwoTimesOfAHistory() throws IOException {
    Path history = folder.resolve("history");
    saved(staging, "staging.pvs");
    Files.createDirectory(history);
    Files.move(folder.resolve("staging.pvs"), history.resolve("2026-11-27T120000Z.pvs"));
    assertThat(run("snapshot", production, "--history", history.toString()).code()).isZero();
    Ran before = run("diff", staging, production, "-o", "csv");
    Ran after =
        run("diff", "history:" + history + "@2026-11-27", "history:" + history, "-o", "csv");
    assertThat(after.out()).isEqualTo(before.out());
    assertThat(after.code()).isEqualTo(ExitCode.FOUND.number());
    Ran tooOld = run("diff", "history:" + history + "@2026-11-26", "history:" + history);
    assertThat(tooOld.err()).contains("the oldest is 2026-11-27T120000Z.pvs");
    assertThat(tooOld.code()).isEqualTo(ExitCode.UNREADABLE.number());
  }

  @Test
  void oneTargetIsSaid() {
    assertThat(run("snapshot", production).err()).contains("-o FILE or --history FOLDER");
    assertThat(run("snapshot", production, "-o", "x", "--history", "y").code())
        .isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void underOneKeyTheDiffOfPseudonymisedSnapshotsHasAsManyRowsAndNoName() throws IOException {
    Path key =
        Files.write(folder.resolve("key"), "0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    String[] options = {"--pseudonymise", "--key-file", key.toString()};
    String a = saved(staging, "staging.pvs", options);
    String b = saved(production, "production.pvs", options);
    Ran before = run("diff", staging, production, "-o", "csv");
    Ran after = run("diff", a, b, "-o", "csv");
    assertThat(after.out().lines().count()).isEqualTo(before.out().lines().count());
    assertThat(after.out()).doesNotContain("checkout", "orders", "prometheus", "10.0.");
    assertThat(Files.readAllBytes(Path.of(a)))
        .isEqualTo(Files.readAllBytes(Path.of(saved(staging, "again.pvs", options))));
  }

  @Test
  void aKeyWithoutPseudonymsAndAShortKeyAreRefused() throws IOException {
    Path key = Files.write(folder.resolve("key"), new byte[3]);
    String file = folder.resolve("x.pvs").toString();
    Ran alone = run("snapshot", staging, "-o", file, "--key-file", key.toString());
    assertThat(alone.code()).isEqualTo(ExitCode.USAGE.number());
    Ran little =
        run("snapshot", staging, "-o", file, "--pseudonymise", "--key-file", key.toString());
    assertThat(little.err()).contains("has less than 16 bytes; make a key with: head -c 32");
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndNothingIsWritten() {
    Ran ran = run("snapshot", staging, "-o", folder.resolve("no/x.pvs").toString());
    assertThat(ran.code()).isEqualTo(ExitCode.UNREADABLE.number());
    assertThat(ran.err()).contains("cannot write", "there is no folder");
  }

  @Test
  void damageIsToldWithWhatToDo() throws IOException {
    String file = saved(staging, "s.pvs");
    byte[] bytes = Files.readAllBytes(Path.of(file));
    Files.write(Path.of(file), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Ran ran = run("inspect", "-f", file);
    assertThat(ran.code()).isEqualTo(ExitCode.UNREADABLE.number());
    assertThat(ran.err())
        .contains("is cut off: ", "copy it again, or make it anew with: polverdict snapshot");
  }

  @Test
  void onlyARunningClusterCanBeWatched() {
    Ran ran = run("watch", staging, "--from", "shop/web", "--to", "data/db:80");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(ran.err()).contains("only a running cluster can be watched");
    assertThat(run("watch", "context:x").err())
        .contains("say --from X and --to Y, or --flows FILE");
    assertThat(run("watch", "context:x", "--from", "a", "--to", "b", "--for", "soon").err())
        .contains("--for: 'soon' is no time like 90s, 10m or 1h");
  }
}
