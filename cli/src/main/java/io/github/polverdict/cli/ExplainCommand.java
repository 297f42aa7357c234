package io.github.polverdict.cli;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.ExplainManyQuestion.Pair;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.EXPLAIN, Layouts.EXPLAIN_MANY);
  @Mixin private CanaryOption canary = new CanaryOption();
  @Mixin private FlowOptions flows = new FlowOptions();

  @Override
  ExitCode answer() {
    output.check();
    List<Pair> asked = flows.asked(source);
    return flows.many() ? many(asked) : one(asked.getFirst());
  }

  private ExitCode one(Pair asked) {
    Session session = desk().open(source.place(), source.cni(), canary);
    ExplainQuestion question = new ExplainQuestion(asked.from(), asked.to(), source.namespace());
    ExplainAnswer answer = desk().answered(question.ask(session), session);
    output.write(answer, Layouts.EXPLAIN, out());
    return ExitCode.of(answer.verdict(), output.failOnUnknown()).or(desk().reading(session));
  }

  private ExitCode many(List<Pair> asked) {
    ExplainManyQuestion question = new ExplainManyQuestion(asked, source.namespace());
    Session session = desk().open(source.place(), source.cni(), canary);
    ExplainManyAnswer answer = question.ask(session);
    output.write(answer, Layouts.EXPLAIN_MANY, out());
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
