package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.CanaryRun.Actor;
import io.github.polverdict.core.model.canary.CanaryRun.Seen;
import io.github.polverdict.core.model.canary.CanaryRun.Taken;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.canary.CanaryPlan;
import io.github.polverdict.questions.canary.CanaryQuestion;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a canary leaves, and what other commands make of it. */
@NullUnmarked
class CanaryEvidenceTest {
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: kube-system, uid: %s}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop}
      spec: {containers: [{name: web, image: web}]}
      status: {podIP: 10.0.0.1}
      """;

  @TempDir private Path folder;
  private Path cluster;

  @BeforeEach
  void writeTheCluster() throws IOException {
    cluster = Files.writeString(folder.resolve("cluster.yaml"), CLUSTER.formatted("u-1"));
  }

  private CanaryAnswer answer(boolean enforces, Instant ended) {
    List<Taken> steps = new ArrayList<>();
    List<CanaryStep> plan = CanaryPlan.steps(false);
    for (CanaryStep step : plan) {
      List<Seen> seen = new ArrayList<>();
      for (Wire wire : Wire.all(false)) {
        boolean passes = !enforces || step.passes().contains(wire);
        seen.add(
            new Seen(
                wire,
                passes ? Sign.CONNECTED : Sign.DROPPED,
                3,
                Optional.of(Duration.ofMillis(12)),
                ""));
      }
      steps.add(new Taken(step.id(), ended, seen, List.of()));
    }
    CanaryRun.Node node = new CanaryRun.Node("n1", "6.1", "linux", "v1.34.3", "containerd");
    CanaryRun.Place place =
        new CanaryRun.Place(
            "lab",
            "u-1",
            "v1.34.3",
            "polverdict-canary-1",
            "agnhost",
            "polverdict",
            ended.minusSeconds(30),
            ended,
            List.of(new Actor(Cast.HUB, "10.0.0.2", "", node)));
    Desk desk = new Desk(new PrintWriter(new StringWriter()));
    var inspected =
        new InspectQuestion()
            .ask(
                desk.open(
                    new Place.Files(List.of(cluster.toString()), ""), Optional.of("calico@3.31")));
    return new CanaryQuestion(plan).ask(new CanaryRun(place, steps, Optional.empty()), inspected);
  }

  private Path evidence(boolean enforces, Instant ended) {
    Path file = folder.resolve("canary.json");
    OutputOptions.evidence(answer(enforces, ended), Layouts.CANARY, file);
    return file;
  }

  private record Ran(int code, String out, String err) {}

  private Ran connectivity(Path evidence, String... more) {
    List<String> args = new ArrayList<>(List.of("connectivity"));
    args.addAll(List.of(more));
    return run(evidence, args);
  }

  private Ran run(Path evidence, List<String> question) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> args = new ArrayList<>(question);
    args.addAll(List.of("-f", cluster.toString(), "--canary", evidence.toString()));
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  @Test
  void its_formats_keep_to_what_is_published() throws Exception {
    CanaryAnswer enforces = answer(true, Instant.EPOCH);
    CanaryAnswer leaks = answer(false, Instant.EPOCH);
    for (CanaryAnswer answer : List.of(enforces, leaks)) {
      Published.keepsToJunit(written(Format.JUNIT, answer));
      Published.keepsToReports(written(Format.POLICYREPORT, answer));
      Published.keepsToItself(written(Format.HTML, answer));
    }
    assertThat(written(Format.JUNIT, enforces)).contains("failures=\"0\"");
    assertThat(written(Format.POLICYREPORT, leaks))
        .contains("policy: \"canary/enforcement\"", "severity: \"critical\"")
        .contains("result: \"fail\"");
    assertThat(written(Format.HTML, leaks)).contains("NOT ENFORCED", "CONNECTED (!)");
  }

  private static String written(Format format, CanaryAnswer answer) {
    StringWriter out = new StringWriter();
    new Report(format, Palette.PLAIN).write(Layouts.CANARY, answer, out);
    return out.toString();
  }

  @Test
  void evidence_keeps_the_published_schema_and_is_readable_beside() throws IOException {
    Path file = evidence(true, Instant.now());
    Published.keepsToAnswers(Files.readString(file));
    assertThat(Files.readString(folder.resolve("canary.json.txt")))
        .startsWith("ENFORCED  what policies deny is stopped, and nothing else\n");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("cluster.yaml", "canary.json", "canary.json.txt");
    }
  }

  @Test
  void a_canary_that_failed_is_said_first_and_found_in_every_format() {
    Ran ran = connectivity(evidence(false, Instant.now()), "-o", "json");
    assertThat(ran.err())
        .startsWith("warning PV120: the canary of ")
        .contains("nothing is enforced");
    assertThat(ran.out()).contains("\"PV120\"");
    assertThat(ran.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain --from a/x --to a/x:80",
        "connectivity",
        "inspect",
        "lint",
        "parity --under calico@3.31",
        "verify --dry-run"
      })
  void every_question_about_one_cluster_says_that_its_canary_failed(String question) {
    Ran ran = run(evidence(false, Instant.now()), List.of(question.split(" ")));
    assertThat(ran.err()).startsWith("warning PV120: the canary of ");
  }

  @Test
  void a_canary_that_passed_is_not_mentioned() {
    Ran ran = connectivity(evidence(true, Instant.now()));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void evidence_of_another_cluster_is_refused() throws IOException {
    Path evidence = evidence(true, Instant.now());
    Files.writeString(cluster, CLUSTER.formatted("u-2"));
    Ran ran = connectivity(evidence);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("kube-system u-1").contains("it is u-2");
  }

  @Test
  void evidence_of_long_ago_is_refused_unless_it_is_allowed() {
    Path evidence = evidence(true, Instant.now().minus(Duration.ofHours(30)));
    assertThat(connectivity(evidence).err()).contains("longer ago than 24 hours");
    assertThat(connectivity(evidence, "--canary-max-age", "48").code()).isZero();
  }

  @Test
  void what_is_no_evidence_is_refused_with_the_reason() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"question\":\"explain\"}");
    assertThatThrownBy(() -> CanaryEvidence.read(file))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("is no answer of canary");
    assertThatThrownBy(() -> CanaryEvidence.read(folder.resolve("none.json")))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("cannot read");
  }
}
