package io.github.polverdict.cli;

import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.PlanAnswer;
import io.github.polverdict.questions.baseline.PlanAnswer.Observed;
import io.github.polverdict.questions.baseline.PlanQuestion;
import io.github.polverdict.questions.explain.ExplainManyQuestion.Pair;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.baseline.CannotGenerate;
import io.github.polverdict.workbench.baseline.Generated;
import io.github.polverdict.workbench.baseline.Generator;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a baseline would cut, and where to begin. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "What the baseline would cut, per namespace, and the order in which to apply it.",
    footer = {
      "",
      "Exits with 1 when a flow of --flows would be cut. -n names the canary.",
      "",
      "Examples:",
      "  polverdict baseline plan --context prod -n staging-area",
      "  polverdict baseline plan --context prod --flows observed.csv -o csv"
    })
final class BaselinePlanCommand extends Answering {
  @Mixin private BaselineOptions options = new BaselineOptions();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.PLAN);

  @Option(
      names = "--flows",
      paramLabel = "FILE",
      description = "flows that were observed: csv with the header from,to, as explain takes it")
  private @Nullable Path flows;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "as generate takes it; the best one without it")
  private @Nullable String form;

  @Override
  ExitCode answer() {
    output.check();
    List<Pair> observed = flows == null ? List.of() : FlowsFile.read(flows);
    BaselineQuestion question = options.question();
    if (question.namespaces().size() > 1) {
      throw new Complaint(ExitCode.USAGE, "-n names the canary: say one namespace");
    }
    BaselineQuestion whole = new BaselineQuestion(question.baseline(), question.today(), Set.of());
    Session session = desk().open(options.place(), options.cni());
    Generated made = generated(session, whole);
    List<String> namespaces =
        made.after().rows().stream()
            .map(Row::namespace)
            .filter(n -> !n.isEmpty())
            .distinct()
            .toList();
    String canary = question.namespaces().stream().sorted().findFirst().orElse("");
    if (!canary.isEmpty() && !namespaces.contains(canary)) {
      throw new Complaint(
          ExitCode.USAGE,
          "the baseline is not for a namespace '%s'; it is for %s"
              .formatted(canary, String.join(", ", namespaces)));
    }
    PlanQuestion.Form applied = new PlanQuestion.Form(made.form(), made.trial());
    PlanAnswer answer =
        new PlanQuestion(question.baseline().name(), applied, observed, canary)
            .ask(session, made.with(), namespaces);
    output.write(answer, Layouts.PLAN, out());
    boolean cut = answer.observed().stream().anyMatch(Observed::cut);
    boolean understood = answer.observed().stream().allMatch(Observed::understood);
    return (cut ? ExitCode.FOUND : ExitCode.AS_ASKED)
        .or(understood ? ExitCode.AS_ASKED : ExitCode.UNREADABLE)
        .or(desk().reading(session));
  }

  private Generated generated(Session session, BaselineQuestion whole) {
    try {
      return new Generator(session, whole).generate(Optional.ofNullable(form), true);
    } catch (CannotGenerate e) {
      throw new Complaint(
          (e.isOfQuestion() ? ExitCode.USAGE : ExitCode.FOUND).or(desk().reading(session)),
          Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }
}
