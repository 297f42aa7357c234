package io.github.polverdict.cli;

import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether namespaces have their defaults. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Which defaults are missing, by effect on this engine, and the flow that proves it.",
    footer = {
      "",
      "Exits with 1 when a demand is not met or an exception has ended.",
      "",
      "Examples:",
      "  polverdict baseline check --context prod --preset nsa-cisa",
      "  polverdict baseline check manifests/ -b baseline.yaml -n shop -o markdown"
    })
final class BaselineCheckCommand extends Answering {
  @Mixin private BaselineOptions options = new BaselineOptions();
  @Mixin private ReportOptions reports = new ReportOptions();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.BASELINE);

  @Override
  ExitCode answer() {
    output.check();
    reports.check();
    BaselineQuestion question = options.question();
    Place read = options.place();
    Session session = desk().open(read, options.cni());
    BaselineAnswer answer = desk().answered(question.ask(session));
    output.write(answer, Layouts.BASELINE, reports.api(output, read, desk()), out());
    ExitCode code = answer.met() ? ExitCode.AS_ASKED : ExitCode.FOUND;
    ExitCode open =
        answer.unknown() && output.failOnUnknown() ? ExitCode.UNDECIDED : ExitCode.AS_ASKED;
    return code.or(open).or(desk().reading(session));
  }
}
