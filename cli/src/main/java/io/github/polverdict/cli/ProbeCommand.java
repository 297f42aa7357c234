package io.github.polverdict.cli;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.ProbeProgress;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.live.probe.Prober;
import io.github.polverdict.questions.probe.Prediction;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer.Agreement;
import io.github.polverdict.questions.probe.ProbeQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries a flow with packets and holds what they show against the prediction. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = "Does X reach Y? Asks the policies and the packets.",
    footer = {
      "",
      "X and Y are as for explain; each pod of X is a source, and Y is called by its own address",
      "and by every Service that leads there. Packets are sent from inside of X's pods; the pods of",
      "Y are asked who listens, when that is allowed there.",
      "",
      "Exit codes: 0 everything got through, as predicted; 1 something is denied, or contradicts",
      "  its prediction; 3 nothing could be probed; 4 a packet does not tell, with",
      "  --fail-on-unknown.",
      "",
      "Examples:",
      "  polverdict probe --context prod --from shop/web --to svc/data/db:5432 --allow-exec",
      "  polverdict probe --context prod --from shop/web --to data/db:5432 --dry-run",
      "  polverdict probe --context prod --clean-up"
    })
final class ProbeCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.PROBE);
  @Mixin private WriteOptions writing = new WriteOptions();
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(names = "--from", paramLabel = "X", description = "who calls")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "Y:PORT[/PROTO]", description = "what is called")
  private @Nullable String to;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "how long to try again what is not as predicted; default: ${DEFAULT-VALUE}")
  private int settle = 15;

  @Option(
      names = "--clean-up",
      description = "take away what earlier runs have left in the cluster; with -n only there")
  private boolean cleanUp;

  @Override
  ExitCode answer() {
    output.check();
    if (!(source.place() instanceof Place.Cluster cluster)) {
      throw new Complaint(
          ExitCode.USAGE,
          "packets need a running cluster: say --context NAME or --kubeconfig PATH, not -f");
    }
    if (cleanUp) {
      return cleanedUp(cluster);
    }
    if (from == null || to == null) {
      throw new Complaint(ExitCode.USAGE, "say --from X and --to Y:PORT, or --clean-up");
    }
    writing.check();
    Session session = desk().open(cluster, source.cni(), canary);
    ProbeQuestion question = new ProbeQuestion(from, to, source.namespace());
    List<Prediction> predictions = desk().answered(question.ask(session), session);
    try (ClusterWrites writes =
        writing.open(Desk.access(cluster), namespaces(predictions), desk()::tell)) {
      List<Observation> observations = observed(writes, predictions);
      if (writing.dryRun()) {
        WriteOptions.print(writes.steps(), out());
        return ExitCode.AS_ASKED;
      }
      ProbeAnswer answer =
          ProbeAnswer.of(question, predictions, observations, session.model().pins());
      output.write(answer, Layouts.PROBE, out());
      return code(answer).or(desk().reading(session));
    }
  }

  private List<Observation> observed(ClusterWrites writes, List<Prediction> predictions) {
    Map<String, Outcome> expected = new HashMap<>();
    predictions.forEach(p -> expected.put(p.trial().id(), p.outcome()));
    ProbeSettings settings =
        writing
            .settings()
            .settlingWithin(Duration.ofSeconds(settle))
            .expecting((trial, sign) -> {
              Outcome predicted = expected.getOrDefault(trial.id(), Outcome.UNKNOWN);
              Optional<Outcome> seen = sign.outcome();
              return predicted == Outcome.UNKNOWN || seen.isEmpty() || seen.get() == predicted;
            });
    try (Prober prober = new Prober(writes, settings)) {
      return prober.run(predictions.stream().map(Prediction::trial).toList(), ProbeProgress.SILENT);
    }
  }

  /** The namespaces of both ends: nothing is done in any other. */
  private static Set<String> namespaces(List<Prediction> predictions) {
    Set<String> out = new TreeSet<>();
    for (Prediction prediction : predictions) {
      Flow flow = prediction.trial().flow();
      out.add(flow.from().namespace());
      switch (flow.to()) {
        case Flow.Target.ToEndpoint(Endpoint to) -> out.add(to.namespace());
        case Flow.Target.ToService(var service, var _) -> out.add(service.namespace());
      }
    }
    return out;
  }

  private ExitCode code(ProbeAnswer answer) {
    boolean nothing = answer.rows().stream().allMatch(r -> r.agreement() == Agreement.NOT_SEEN);
    boolean denied =
        answer.rows().stream()
            .anyMatch(r -> r.observed().sign().outcome().equals(Optional.of(Outcome.DENIED)));
    boolean unseen = answer.any(Agreement.NOT_SEEN) && output.failOnUnknown();
    ExitCode found =
        denied || answer.any(Agreement.CONTRADICTED) ? ExitCode.FOUND : ExitCode.AS_ASKED;
    return found
        .or(unseen ? ExitCode.UNDECIDED : ExitCode.AS_ASKED)
        .or(nothing ? ExitCode.UNREADABLE : ExitCode.AS_ASKED);
  }

  private ExitCode cleanedUp(Place.Cluster cluster) {
    Set<String> namespaces = Set.copyOf(cluster.namespaces());
    try (ClusterWrites writes = writing.open(Desk.access(cluster), namespaces, desk()::tell)) {
      List<String> taken = writes.cleanUp();
      taken.forEach(t -> out().println((writing.dryRun() ? "would take away " : "") + t));
      if (taken.isEmpty()) {
        out().println("nothing of polverdict is left");
      }
      out().flush();
      return taken.stream().anyMatch(t -> t.startsWith("NOT all"))
          ? ExitCode.UNREADABLE
          : ExitCode.AS_ASKED;
    }
  }
}
