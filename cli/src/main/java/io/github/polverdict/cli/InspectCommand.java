package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.report.Layout;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Catalogue;
import io.github.polverdict.workbench.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what enforces and what the policies come to. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Which engine enforces here, how that is known, and what each policy comes to.",
    footer = {
      "",
      "Examples:",
      "  polverdict inspect --context prod",
      "  polverdict inspect --context prod --matrix",
      "  kubectl get ns,po,svc,netpol,ds,no -A -o yaml | polverdict inspect -f -",
      "  polverdict inspect --dialect cilium -o markdown"
    })
final class InspectCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.INSPECT);
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(
      names = "--dialect",
      paramLabel = "ENGINE",
      description = "print what is known of an engine, with evidence, and read nothing")
  private @Nullable String dialect;

  @Option(
      names = "--matrix",
      description = "print only the default stance of each namespace in each direction")
  private boolean matrix;

  @Override
  ExitCode answer() {
    output.check(dialect != null ? Layouts.DIALECT : layout());
    if (dialect != null) {
      output.write(known(dialect), Layouts.DIALECT, out());
      return ExitCode.AS_ASKED;
    }
    Session session = desk().open(source.place(), source.cni(), canary);
    InspectAnswer answer = new InspectQuestion().ask(session);
    output.write(answer, layout(), out());
    boolean worth = answer.findings().stream().anyMatch(f -> f.severity() != Severity.NOTE);
    return (worth ? ExitCode.FOUND : ExitCode.AS_ASKED).or(desk().reading(session));
  }

  private Layout<InspectAnswer> layout() {
    return matrix ? Layouts.STANCES : Layouts.INSPECT;
  }

  private static DialectAnswer known(String dialect) {
    try {
      return Catalogue.installed().of(dialect);
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.USAGE, "--dialect: " + Desk.sentence(e));
    }
  }
}
