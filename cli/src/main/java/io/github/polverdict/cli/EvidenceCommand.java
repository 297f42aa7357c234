package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import io.github.polverdict.questions.evidence.EvidenceAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.expectation.AssertQuestion;
import io.github.polverdict.questions.expectation.Expectation;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintQuestion;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.saved.SavedSnapshot;
import io.github.polverdict.workbench.Catalogue;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.evidence.Archive;
import io.github.polverdict.workbench.evidence.Sums;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Packs what was checked, and what came of it, in one archive for auditors. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = "What was checked, by what, and what came of it: one archive with its sums.",
    footer = {
      "",
      "SOURCE: a path, or context:NAME for a running cluster; the same as -f and --context.",
      "",
      "Exit codes: 0 written, or checked and whole; 1 a checked pack is not what was written;",
      "  3 something could not be read: the pack is written and says so.",
      "",
      "Examples:",
      "  polverdict evidence context:prod -o prod.zip --expect expectations.yaml \\",
      "    --canary canary.json --run run.json",
      "  polverdict evidence --check prod.zip"
    })
final class EvidenceCommand extends Answering {
  private static final String LIST = "manifest.json";
  private static final String PAGE = "the same for a browser";

  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private ExpectOption expect = new ExpectOption();
  @Mixin private BaselineChoice baseline = new BaselineChoice();
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "the archive, written whole or not at all")
  private @Nullable Path file;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "say whether an archive is what was written")
  private @Nullable Path checked;

  @Option(
      names = "--run",
      paramLabel = "FILE",
      description = "a saved run of verify of the same cluster")
  private @Nullable Path run;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = {
        "the time that the archive says, as 2027-06-30T12:00:00Z; default: now;",
        "with the same time and input, the same bytes"
      })
  private @Nullable String time;

  @Override
  ExitCode answer() {
    if (checked != null) {
      return check(checked);
    }
    Path to = Objects.requireNonNullElseGet(file, EvidenceCommand::unsaid);
    OutputOptions.checkWritable(to);
    Instant at = time();
    Place read = source.place().withSurroundings();
    EvidenceInputs inputs = EvidenceInputs.of(read);
    List<Expectation> expectations = ExpectOption.read(expect.files(), source.namespace());
    Optional<Baseline> demanded = baseline.baseline();
    Session session = desk().open(read, source.cni(), canary);
    if (run != null) {
      ClusterUid.check("--run", run, RunFile.read(run).cluster(), session.snapshot());
    }
    if (!inputs.equals(EvidenceInputs.of(read))) {
      throw new Complaint(
          ExitCode.UNREADABLE, "the input changed while it was read; nothing was written");
    }
    Exhibits exhibits = new Exhibits();
    verdicts(session, at, exhibits);
    given(session, expectations, exhibits);
    demanded.ifPresent(b -> baseline(session, b, day(at), exhibits));
    byte[] pack = packed(session, inputs, at, exhibits);
    OutputOptions.whole(to, pack);
    out()
        .printf(
            "%s: %d files, %,d bytes, sha256 %s%n",
            to, exhibits.files().size() + 2, pack.length, Sums.of(pack));
    return desk().reading(session);
  }

  private static Path unsaid() {
    throw new Complaint(ExitCode.USAGE, "say where to write it: -o FILE, or --check FILE");
  }

  private Instant time() {
    try {
      Instant at = time == null ? Instant.now() : Instant.parse(time);
      int year = at.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 1980 && year < 2100) {
        return at.truncatedTo(ChronoUnit.SECONDS);
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw new Complaint(
        ExitCode.USAGE, "--time: '" + time + "' is no time like 2027-06-30T12:00:00Z");
  }

  /** What is said of every snapshot. */
  private void verdicts(Session session, Instant at, Exhibits out) {
    out.add(
        "snapshot.pvs",
        "what was judged, redacted; polverdict reads it wherever a path is",
        SavedSnapshot.bytes(session.snapshot(), Main.version()));
    InspectAnswer inspect = new InspectQuestion().ask(session);
    out.answer("inspect.json", "engines, policies, stances", inspect, Layouts.INSPECT, Format.JSON);
    out.answer("inspect.txt", "the same to read", inspect, Layouts.INSPECT, Format.TEXT);
    out.answer("inspect.html", PAGE, inspect, Layouts.INSPECT, Format.HTML);
    out.answer(
        "stances.csv", "the default of each namespace", inspect, Layouts.STANCES, Format.CSV);
    ConnectivityQuestion pairs = ConnectivityQuestion.all();
    ConnectivityAnswer reach = desk().answered(pairs.ask(session));
    out.answer("connectivity.json", "who reaches whom", reach, Layouts.CONNECTIVITY, Format.JSON);
    out.answer("connectivity.csv", "the same as a table", reach, Layouts.CONNECTIVITY, Format.CSV);
    out.answer("connectivity.html", PAGE, pairs.why(session, reach), Layouts.MATRIX, Format.HTML);
    LintAnswer lint = new LintQuestion(List.of(), List.of(), day(at)).ask(session);
    out.answer("lint.json", "findings", lint, Layouts.LINT, Format.JSON);
    out.answer("lint.html", PAGE, lint, Layouts.LINT, Format.HTML);
    out.answer("lint.sarif", "the same for code hosts", lint, Layouts.LINT, Format.SARIF);
    out.answer("lint.txt", "the same to read", lint, Layouts.LINT, Format.TEXT);
    out.answer(
        "exceptions.csv",
        "findings that are accepted, by whom and until when",
        lint,
        Layouts.EXCEPTIONS,
        Format.CSV);
    for (String dialect :
        new TreeSet<>(session.model().pins().stream().map(Pin::dialect).toList())) {
      out.answer(
          "profiles/" + dialect + ".json",
          "what is known of the engine, row by row with evidence",
          Catalogue.installed().of(dialect),
          Layouts.DIALECT,
          Format.JSON);
    }
  }

  private static LocalDate day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private void baseline(Session session, Baseline demanded, LocalDate day, Exhibits out) {
    BaselineQuestion question = new BaselineQuestion(demanded, day, source.listedNamespaces());
    BaselineAnswer answer = desk().answered(question.ask(session));
    out.answer(
        "baseline.json",
        "whether each namespace has its defaults, and what is excepted by whom until when",
        answer,
        Layouts.BASELINE,
        Format.JSON);
    out.answer("baseline.html", PAGE, answer, Layouts.BASELINE, Format.HTML);
    out.answer("baseline.txt", "the same to read", answer, Layouts.BASELINE, Format.TEXT);
    baseline
        .file()
        .ifPresent(f -> out.copy("baseline.yaml", "the baseline with its exceptions", f));
  }

  /** What the user adds. */
  private void given(Session session, List<Expectation> expectations, Exhibits out) {
    if (!expectations.isEmpty()) {
      AssertAnswer answer = new AssertQuestion(expectations).ask(session);
      out.answer("assert.json", "which expectations hold", answer, Layouts.ASSERT, Format.JSON);
      out.answer("assert.html", PAGE, answer, Layouts.ASSERT, Format.HTML);
      out.answer("assert.xml", "the same as JUnit", answer, Layouts.ASSERT, Format.JUNIT);
      out.answer("assert.txt", "the same to read", answer, Layouts.ASSERT, Format.TEXT);
      for (int i = 0; i < expect.files().size(); i++) {
        Path own = expect.files().get(i);
        out.copy("expectations/" + (i + 1) + "-" + own.getFileName(), "the expectations", own);
      }
    }
    canary
        .file()
        .ifPresent(f -> out.copy("canary.json", "whether the cluster enforces anything", f));
    if (run != null) {
      out.copy("verify.json", "what packets showed", run);
    }
  }

  private static byte[] packed(
      Session session, EvidenceInputs inputs, Instant at, Exhibits exhibits) {
    EvidenceAnswer answer = answer(session, inputs, at, exhibits);
    exhibits.answer("README.txt", "what is in here", answer, Layouts.EVIDENCE, Format.TEXT);
    exhibits.answer(
        "README.html", PAGE, answer(session, inputs, at, exhibits), Layouts.EVIDENCE, Format.HTML);
    EvidenceAnswer whole = answer(session, inputs, at, exhibits);
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(LIST, Exhibits.bytes(whole, Layouts.EVIDENCE, Format.JSON));
    all.putAll(exhibits.files());
    byte[] sums = Sums.lines(all);
    all.put(Sums.FILE, sums);
    return Archive.bytes(all, LocalDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  private static EvidenceAnswer answer(
      Session session, EvidenceInputs inputs, Instant at, Exhibits exhibits) {
    List<String> shortfalls = new ArrayList<>();
    session.inventory().missing().forEach(m -> shortfalls.add(m.what() + ": " + m.why()));
    session.findings().stream()
        .filter(f -> f.severity() == Severity.ERROR)
        .map((Finding f) -> f.code() + " " + f.message() + " at " + f.origin().text())
        .forEach(shortfalls::add);
    return new EvidenceAnswer(
        session.name(),
        Main.version(),
        at.toString(),
        session.model().pins(),
        inputs.commit(),
        inputs.files(),
        exhibits.listed(),
        shortfalls);
  }

  private ExitCode check(Path pack) {
    Map<String, byte[]> files;
    try {
      files = Archive.read(pack);
    } catch (IOException e) {
      throw Complaint.of("cannot read " + pack + " as a pack", e);
    }
    List<String> problems = new ArrayList<>(Sums.check(files));
    if (problems.isEmpty()) {
      problems.addAll(unlike(files));
    }
    problems.forEach(p -> out().println(pack + ": " + p));
    out()
        .println(
            problems.isEmpty()
                ? "%s: %d files, all as they were written".formatted(pack, files.size())
                : "%s: NOT what was written".formatted(pack));
    out().flush();
    return problems.isEmpty() ? ExitCode.AS_ASKED : ExitCode.FOUND;
  }

  /** What differs from the list in the pack, which has sums of its own. */
  private static List<String> unlike(Map<String, byte[]> files) {
    byte[] list = Objects.requireNonNullElse(files.get(LIST), new byte[0]);
    Map<String, String> said = new TreeMap<>();
    for (Field one : SavedAnswer.read(list, LIST, "evidence").get("files").items()) {
      said.put(one.get("name").text(""), one.get("sha256").text(""));
    }
    List<String> out = new ArrayList<>();
    files.forEach((name, bytes) -> {
      String sum = said.remove(name);
      if (!name.equals(LIST) && !name.equals(Sums.FILE) && !Sums.of(bytes).equals(sum)) {
        out.add(name + ": is not what " + LIST + " lists");
      }
    });
    said.keySet().forEach(name -> out.add(name + ": is missing; " + LIST + " lists it"));
    return out;
  }
}
