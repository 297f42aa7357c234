package io.github.polverdict.cli;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintQuestion;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with the policies. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description =
        "What is wrong with the policies, by effect: inert, shadowed, too open, breaking.",
    footer = {
      "",
      "SOURCE: a path, or context:NAME for a running cluster; the same as -f and --context.",
      "An object's annotation accepts a finding for a time:",
      "  polverdict.github.io/ignore-PV408: \"the agent needs it (until 2027-06-30)\"",
      "",
      "Examples:",
      "  polverdict lint manifests/",
      "  polverdict lint context:prod --fail-on critical",
      "  polverdict lint manifests/ --ignore PV7 -o sarif=lint.sarif",
      "  polverdict lint --list"
    })
final class LintCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.LINT);
  @Mixin private ReportOptions reports = new ReportOptions();
  @Mixin private DayOption asOf = new DayOption();
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(
      names = "--select",
      split = ",",
      paramLabel = "CODES",
      description = "tell only these findings: codes, or their beginnings, as PV201,PV3")
  private List<String> select = new ArrayList<>();

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "CODES",
      description = "do not tell these findings")
  private List<String> ignore = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "high",
      description =
          "exit with 1 for findings of this severity and worse: critical, high (default), medium,"
              + " low, info; or never")
  private String failOn = "high";

  @Option(names = "--list", description = "print the table of findings, and read nothing")
  private boolean list;

  @Override
  ExitCode answer() {
    if (list) {
      output.check(Layouts.FINDINGS);
      output.write(Catalogue.entries(), Layouts.FINDINGS, out());
      return ExitCode.AS_ASKED;
    }
    output.check();
    Optional<Level> limit = limit();
    reports.check();
    LintQuestion question = new LintQuestion(codes(select), codes(ignore), asOf.day());
    Place read = source.place().withSurroundings();
    Session session = desk().open(read, source.cni(), canary);
    LintAnswer answer = question.ask(session);
    output.write(answer, Layouts.LINT, reports.api(output, read, desk()), out());
    boolean worth =
        limit.isPresent()
            && answer.problems().stream().anyMatch(p -> p.level().atLeast(limit.get()));
    return (worth ? ExitCode.FOUND : ExitCode.AS_ASKED).or(desk().reading(session));
  }

  private Optional<Level> limit() {
    if (failOn.equalsIgnoreCase("never")) {
      return Optional.empty();
    }
    return Optional.of(
        Level.of(failOn)
            .orElseThrow(() ->
                new Complaint(
                    ExitCode.USAGE,
                    "'%s' is not a severity; --fail-on takes critical, high, medium, low, info or never"
                        .formatted(failOn))));
  }

  private static List<String> codes(List<String> words) {
    List<String> out = words.stream().map(w -> w.strip().toUpperCase(Locale.ROOT)).toList();
    for (String word : out) {
      if (!word.matches("PV[0-9]{0,3}")) {
        throw new Complaint(
            ExitCode.USAGE,
            "'" + word + "' is not a code like PV201, nor the beginning of one; see lint --list");
      }
    }
    return out;
  }
}
