package io.github.polverdict.cli;

import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists who reaches whom. */
@Command(
    name = "connectivity",
    mixinStandardHelpOptions = true,
    description = "Who reaches whom, on what, by workload.",
    footer = {
      "",
      "Examples:",
      "  polverdict connectivity -f manifests/ -o csv",
      "  polverdict connectivity --context prod --to svc/data/db --port 5432"
    })
final class ConnectivityCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.CONNECTIVITY, Layouts.MATRIX);
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(names = "--from", paramLabel = "X", description = "only from here")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "Y", description = "only to here")
  private @Nullable String to;

  @Option(names = "--port", paramLabel = "PORT[/PROTO]", description = "only this traffic")
  private @Nullable String port;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      defaultValue = "",
      description = "only pods with these labels on either side")
  private String labels = "";

  @Option(names = "--nodes", description = "tell of nodes too")
  private boolean nodes;

  @Override
  ExitCode answer() {
    output.check();
    Focus focus = Focus.of(source.listed(), labels);
    Session session = desk().open(source.place(), source.cni(), canary);
    ConnectivityQuestion question =
        new ConnectivityQuestion(
            Optional.ofNullable(from),
            Optional.ofNullable(to),
            Optional.ofNullable(port),
            nodes,
            source.namespace());
    ConnectivityAnswer answer =
        focus.on(desk().answered(question.ask(session)), session.universe());
    if (Layouts.MATRIX.formats().contains(output.format())) {
      output.write(question.why(session, answer), Layouts.MATRIX, out());
    } else {
      output.write(answer, Layouts.CONNECTIVITY, out());
    }
    boolean unknown = answer.rows().stream().anyMatch(r -> !r.reach().unknown().isEmpty());
    ExitCode code = unknown && output.failOnUnknown() ? ExitCode.UNDECIDED : ExitCode.AS_ASKED;
    return code.or(desk().reading(session));
  }
}
