package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.verify.Agreement;
import io.github.polverdict.questions.verify.Evidence;
import io.github.polverdict.questions.verify.Recorded;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyQuestion;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Alternatives;
import io.github.polverdict.workbench.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds predictions against packets. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Whether packets do what is predicted, and what it comes from where they do not.",
    footer = {
      "",
      "SOURCE: context:NAME for a running cluster; the same as --context.",
      "Without an --allow option nothing is sent; --dry-run shows what would be done.",
      "",
      "Examples:",
      "  polverdict verify context:prod -n shop --dry-run --allow-exec",
      "  polverdict verify context:prod -n shop -n data --allow-exec --save run.json",
      "  polverdict verify context:prod -A --allow-exec --since run.json -o html=run.html",
      "  polverdict verify -f manifests/ --from-observations run.json"
    })
final class VerifyCommand extends Answering {
  private static final List<Agreement> DECIDED =
      List.of(Agreement.CONFIRMED, Agreement.CONTRADICTED, Agreement.SETTLED);

  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.VERIFY);
  @Mixin private ReportOptions reports = new ReportOptions();
  @Mixin private WriteOptions writing = new WriteOptions();
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "1000",
      description = "the most flows to try; default 1000")
  private int budget;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "which flows are taken where not all are; default 1")
  private long seed;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "a saved run: first what is predicted otherwise since, or was contradicted")
  private @Nullable Path since;

  @Option(names = "--save", paramLabel = "FILE", description = "save the run as JSON")
  private @Nullable Path save;

  @Option(
      names = "--from-observations",
      paramLabel = "FILE",
      description = "judge a saved run again, and send nothing")
  private @Nullable Path observations;

  @Option(
      names = "--outside",
      paramLabel = "ADDRESS",
      description = "an address outside of the cluster that may be called; may be repeated")
  private List<String> outside = new ArrayList<>();

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "for how long what is not as predicted is tried again; default 15")
  private int settle;

  @Override
  ExitCode answer() {
    output.check();
    reports.check();
    if (save != null) {
      OutputOptions.checkWritable(save);
    }
    VerifyQuestion question = question();
    Place read = source.place();
    if (observations == null) {
      checkAllowed(read);
    }
    Session session = desk().open(read, source.cni(), canary);
    VerifyAnswer answer =
        observations != null
            ? judgedAgain(question, session, observations)
            : tried(question, session, read).of(ClusterUid.of(session.snapshot()));
    output.write(answer, Layouts.VERIFY, reports.api(output, read, desk()), out());
    if (save != null) {
      OutputOptions.save(answer, Layouts.VERIFY, save);
    }
    if (!answer.with(Agreement.CONTRADICTED).isEmpty()) {
      return ExitCode.FOUND;
    }
    if (!writing.dryRun() && DECIDED.stream().allMatch(a -> answer.with(a).isEmpty())) {
      desk().warn(nothing(answer));
      return ExitCode.UNREADABLE;
    }
    boolean open =
        !answer.with(Agreement.SETTLED).isEmpty() || !answer.with(Agreement.INCONCLUSIVE).isEmpty();
    ExitCode code = open && output.failOnUnknown() ? ExitCode.UNDECIDED : ExitCode.AS_ASKED;
    return code.or(desk().reading(session));
  }

  /** Why no packet told anything, as far as the answer knows. */
  private static String nothing(VerifyAnswer answer) {
    Stream<String> seen =
        answer.rows().stream().flatMap(r -> r.probed().stream()).map(Recorded.Seen::detail);
    Stream<String> skipped = answer.coverage().skipped().keySet().stream();
    List<String> why =
        Stream.of(answer.notes().stream(), seen, skipped)
            .flatMap(s -> s)
            .filter(s -> !s.isBlank())
            .distinct()
            .limit(3)
            .toList();
    return "nothing is verified, no packet decided a flow"
        + (why.isEmpty() ? "" : ": " + String.join("; ", why));
  }

  private VerifyQuestion question() {
    if (budget < 1 || settle < 0) {
      throw new Complaint(ExitCode.USAGE, "--budget is a number from 1 on, --settle one from 0 on");
    }
    List<IpAddress> addresses = new ArrayList<>();
    for (String text : outside) {
      addresses.add(
          IpAddress.parse(text)
              .orElseThrow(
                  () -> new Complaint(ExitCode.USAGE, "--outside: '" + text + "' is no address")));
    }
    return new VerifyQuestion(source.listedNamespaces(), addresses, budget, seed);
  }

  private void checkAllowed(Place read) {
    if (read instanceof Place.Files && !writing.dryRun()) {
      throw new Complaint(
          ExitCode.USAGE,
          "packets need a running cluster: say --context; of files, --dry-run shows the choice of"
              + " flows and --from-observations judges a saved run again");
    }
    writing.check();
    writing.checkNoNamespace("verify");
    if (source.listedNamespaces().isEmpty() && !source.everyNamespace() && !writing.dryRun()) {
      throw new Complaint(
          ExitCode.USAGE, "say in which namespaces pods may send: -n NAME, or -A for all");
    }
  }

  private VerifyAnswer judgedAgain(VerifyQuestion question, Session session, Path file) {
    RunFile run = RunFile.read(file);
    List<Trial> trials = new ArrayList<>();
    List<Observation> seen = new ArrayList<>();
    for (Recorded flow : run.flows()) {
      flow.in(session.universe())
          .ifPresent(trial -> {
            trials.add(trial);
            flow.seen().ifPresent(s -> seen.add(s.of(trial)));
          });
    }
    if (trials.size() < run.flows().size()) {
      desk()
          .warn(
              "%d flows of %s are between ends that are not in the input: left out"
                  .formatted(run.flows().size() - trials.size(), file));
    }
    Evidence evidence = new Evidence(Optional.empty(), Alternatives.of(session));
    return new VerifyQuestion(Set.of(), List.of(), question.budget(), run.seed())
        .compare(session, new Choice(trials, run.coverage()), seen, evidence)
        .of(run.cluster());
  }

  private VerifyAnswer tried(VerifyQuestion question, Session session, Place read) {
    List<Recorded> before = since == null ? List.of() : RunFile.read(since).flows();
    Session written = written(session);
    if (!(read instanceof Place.Cluster cluster)) {
      Choice choice = question.choose(written, before, _ -> Optional.empty());
      return question.compare(session, choice, List.of(), Evidence.NONE);
    }
    ProbeSettings settings = writing.settings().settlingWithin(Duration.ofSeconds(settle));
    try (ClusterWrites writes =
            writing.open(Desk.access(cluster), source.listedNamespaces(), desk()::tell);
        Probing probing = new Probing(session, writes, settings)) {
      if (writing.dryRun()) {
        Choice choice = question.choose(written, before, _ -> Optional.empty());
        probing.of(choice, desk());
        return question
            .compare(session, choice, List.of(), Evidence.NONE)
            .withNotes(WriteOptions.lines(writes.steps()));
      }
      Choice choice = probing.choose(unable -> question.choose(written, before, unable));
      long sources = choice.trials().stream().map(t -> t.flow().from().id()).distinct().count();
      desk().warn("trying %d flows from %d pods".formatted(choice.trials().size(), sources));
      List<Observation> seen = probing.of(choice, desk());
      return compared(question, session, choice, seen, () -> desk().open(read, source.cni()))
          .withNotes(probing.notes());
    }
  }

  /** Where nothing enforces, what policies would tell apart is tried all the same. */
  private static Session written(Session session) {
    return session.model().planes().isEmpty()
        ? session.withCni(CniSpec.parse(DialectResolver.SPECIFICATION))
        : session;
  }

  /**
   * Reads the cluster again where something is contradicted: it may have changed meanwhile. What
   * packets showed is not lost when it can't be read any more.
   */
  static VerifyAnswer compared(
      VerifyQuestion question,
      Session session,
      Choice choice,
      List<Observation> seen,
      Supplier<Session> again) {
    VerifyAnswer plain = question.compare(session, choice, seen, Evidence.NONE);
    if (plain.with(Agreement.CONTRADICTED).isEmpty()) {
      return plain;
    }
    List<String> notes = new ArrayList<>();
    Optional<Bench> after = Optional.empty();
    try {
      after = Optional.of(again.get());
    } catch (Complaint gone) {
      notes.add("whether the cluster changed meanwhile is not known: " + gone.getMessage());
    }
    return question
        .compare(session, choice, seen, new Evidence(after, Alternatives.of(session)))
        .withNotes(notes);
  }
}
