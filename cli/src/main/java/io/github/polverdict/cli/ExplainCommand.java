package io.github.polverdict.cli;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Report;
import io.github.polverdict.workbench.Session;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether a flow passes, and why. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Does X reach Y, and which line of which policy decides?",
    footer = {
      "",
      "X and Y: ns/pod, ns/workload, deploy/ns/name, ns/*, svc/ns/name, node/name, an address, a"
          + " CIDR.",
      "",
      "Examples:",
      "  polverdict explain --context prod --from shop/web --to data/db:5432",
      "  polverdict explain -f manifests/ --cni cilium@1.19 --from shop/web --to svc/shop/api:80",
      "  polverdict explain -f prod.yaml --from 203.0.113.7 --to deploy/shop/web:8443/tcp",
      "  polverdict explain -f manifests/ --flows flows.csv -o csv"
    })
final class ExplainCommand extends Answering {
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(names = "--from", paramLabel = "X", description = "who calls")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "Y[:PORT[/PROTO]]",
      description = "what is called; without a port, everything")
  private @Nullable String to;

  @Option(
      names = "--flows",
      paramLabel = "FILE",
      description = "many flows: csv with the header from,to; - for standard input")
  private @Nullable Path flows;

  @Override
  ExitCode answer() {
    output.check(Format.FOR_BROWSERS);
    if (flows != null && (from != null || to != null)) {
      throw new Complaint(ExitCode.USAGE, "say --flows, or --from and --to");
    }
    return flows != null ? many(flows) : one();
  }

  private ExitCode one() {
    if (from == null || to == null) {
      throw new Complaint(ExitCode.USAGE, "say --from X and --to Y, or --flows FILE");
    }
    Session session = desk().open(source.place(), source.cni(), canary);
    ExplainQuestion question = new ExplainQuestion(from, to, source.namespace());
    ExplainAnswer answer = desk().answered(question.ask(session));
    output.write(answer, Report::write, out());
    return ExitCode.of(answer.verdict(), output.failOnUnknown()).or(desk().reading(session));
  }

  private ExitCode many(Path file) {
    ExplainManyQuestion question =
        new ExplainManyQuestion(FlowsFile.read(file), source.namespace());
    Session session = desk().open(source.place(), source.cni(), canary);
    ExplainManyAnswer answer = question.ask(session);
    output.write(answer, Report::write, out());
    ExitCode code = desk().reading(session);
    for (ExplainManyAnswer.Row row : answer.rows()) {
      code =
          code.or(
              row.verdict()
                  .map((Outcome v) -> ExitCode.of(v, output.failOnUnknown()))
                  .orElse(ExitCode.UNREADABLE));
    }
    return code;
  }
}
