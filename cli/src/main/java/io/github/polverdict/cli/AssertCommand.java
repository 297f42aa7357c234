package io.github.polverdict.cli;

import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer.Result;
import io.github.polverdict.questions.expectation.AssertQuestion;
import io.github.polverdict.questions.expectation.Recording;
import io.github.polverdict.questions.expectation.Tries;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.snapshot.saved.WholeFile;
import io.github.polverdict.workbench.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tests policies: what must be allowed, and what must be denied. */
@Command(
    name = "assert",
    mixinStandardHelpOptions = true,
    description = "Whether what must be allowed is allowed, and what must be denied is denied.",
    footer = {
      "",
      "SOURCE: a path, or context:NAME for a running cluster; the same as -f and --context.",
      "The expectations are files of YAML, see docs/guide/assert.md. Beside SOURCE or --context,",
      "-f names them, too: assert context:prod -f expectations.yaml.",
      "",
      "Exit codes: 0 all hold; 1 one fails or tests nothing; 3 something could not be read;",
      "  4 one is UNKNOWN, with --fail-on-unknown.",
      "",
      "Examples:",
      "  polverdict assert manifests/ --expect expectations.yaml",
      "  polverdict assert context:prod --expect expectations.yaml -o junit=policies.xml",
      "  polverdict assert context:prod --record today.yaml",
      "  polverdict assert context:prod --expect expectations.yaml --probe --allow-exec"
    })
final class AssertCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.ASSERT);
  @Mixin private ReportOptions reports = new ReportOptions();
  @Mixin private ExpectOption expect = new ExpectOption();
  @Mixin private CanaryOption canary = new CanaryOption();
  @Mixin private WriteOptions writing = new WriteOptions();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "write today's verdicts as expectations, whole or not at all, and test nothing")
  private @Nullable Path record;

  @Option(
      names = "--probe",
      description = "ask packets, too; needs a running cluster and an --allow option")
  private boolean probe;

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "20",
      description = "the most packets' flows for one expectation; default: ${DEFAULT-VALUE}")
  private int budget = 20;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "how long to try again what is not as predicted; default: ${DEFAULT-VALUE}")
  private int settle = 5;

  @Override
  ExitCode answer() {
    output.check();
    reports.check();
    if (record != null) {
      OutputOptions.checkWritable(record);
      return recorded(source.place(), record);
    }
    List<Path> files = files();
    Place read = source.saidBeside() ? source.placeBeside() : source.place();
    if (probe) {
      checkAllowed(read);
    }
    AssertQuestion question = new AssertQuestion(ExpectOption.read(files, source.namespace()));
    Session session = desk().open(read, source.cni(), canary);
    AssertAnswer answer = question.ask(session);
    if (probe && read instanceof Place.Cluster cluster) {
      Tries tries = question.tries(session, budget);
      try (ClusterWrites writes =
          writing.open(Desk.access(cluster), namespaces(tries), desk()::tell)) {
        List<Observation> seen = observed(session, writes, tries);
        if (writing.dryRun()) {
          WriteOptions.print(writes.steps(), out());
          return ExitCode.AS_ASKED;
        }
        answer = AssertQuestion.seen(answer, tries, seen);
      }
    }
    output.write(answer, Layouts.ASSERT, reports.api(output, read, desk()), out());
    return code(answer).or(desk().reading(session));
  }

  private ExitCode recorded(Place read, Path file) {
    Session session = desk().open(read, source.cni());
    String yaml = Recording.of(desk().answered(ConnectivityQuestion.all().ask(session)));
    try {
      WholeFile.write(file, yaml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Complaint.of("cannot write " + file, e);
    }
    out().printf("%s: %,d expectations%n", file, yaml.lines().count() - 3);
    return desk().reading(session);
  }

  /** Beside another source {@code -f} names expectations. */
  private List<Path> files() {
    List<Path> out = new ArrayList<>(expect.files());
    if (source.saidBeside()) {
      source.files().forEach(f -> out.add(Path.of(f)));
    }
    if (out.isEmpty()) {
      throw new Complaint(
          ExitCode.USAGE, "say what is expected: --expect FILE; see docs/guide/assert.md");
    }
    return out;
  }

  private void checkAllowed(Place read) {
    if (read instanceof Place.Files) {
      throw new Complaint(
          ExitCode.USAGE, "packets need a running cluster: say context:NAME or --context NAME");
    }
    if (budget < 1 || settle < 0) {
      throw new Complaint(ExitCode.USAGE, "--budget is a number from 1 on, --settle one from 0 on");
    }
    writing.check();
  }

  private List<Observation> observed(Session session, ClusterWrites writes, Tries tries) {
    ProbeSettings settings = writing.settings().settlingWithin(Duration.ofSeconds(settle));
    try (Probing probing = new Probing(session, writes, settings)) {
      return probing.of(tries.trials(), desk());
    }
  }

  /** The namespaces of both ends: nothing is done in any other. */
  private static Set<String> namespaces(Tries tries) {
    Set<String> out = new TreeSet<>();
    for (Trial trial : tries.trials()) {
      out.add(trial.flow().from().namespace());
      switch (trial.flow().to()) {
        case Flow.Target.ToEndpoint(var to) -> out.add(to.namespace());
        case Flow.Target.ToService(var service, var _) -> out.add(service.namespace());
      }
    }
    out.remove("");
    return out;
  }

  private ExitCode code(AssertAnswer answer) {
    boolean failed = !answer.with(Result.FAILS).isEmpty() || !answer.with(Result.EMPTY).isEmpty();
    boolean open = !answer.with(Result.UNKNOWN).isEmpty() || answer.silent() > 0;
    return (failed ? ExitCode.FOUND : ExitCode.AS_ASKED)
        .or(open && output.failOnUnknown() ? ExitCode.UNDECIDED : ExitCode.AS_ASKED);
  }
}
