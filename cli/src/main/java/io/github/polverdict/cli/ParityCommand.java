package io.github.polverdict.cli;

import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.parity.ParityQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Alternatives;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares engines on the same objects. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    description = "How the same objects come out under several engines.",
    footer = {
      "",
      "Example:",
      "  polverdict parity -f manifests/ --under calico@3.31 --under cilium@1.19"
    })
final class ParityCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.PARITY);
  @Mixin private CanaryOption canary = new CanaryOption();

  @Option(
      names = "--under",
      paramLabel = "ENGINE",
      required = true,
      description =
          "NAME[@VERSION][,key=value...]; at least two, or one beside --cni or what the input"
              + " shows")
  private List<String> under = new ArrayList<>();

  @Option(names = "--nodes", description = "tell of nodes too")
  private boolean nodes;

  @Override
  ExitCode answer() {
    output.check();
    Session session = desk().open(source.place(), source.cni(), canary);
    List<Session> benches = new ArrayList<>();
    List<String> names = new ArrayList<>(under);
    if (under.size() == 1) {
      benches.add(session);
      names.addFirst(source.cni().orElse("as it is"));
    }
    under.forEach(engine -> benches.add(session.withCni(desk().engine(engine))));
    ParityAnswer answer =
        new ParityQuestion(names, nodes)
            .ask(List.copyOf(benches), benches.stream().map(Alternatives::of).toList());
    output.write(answer, Layouts.PARITY, out());
    ExitCode code = answer.rows().isEmpty() ? ExitCode.AS_ASKED : ExitCode.FOUND;
    return code.or(desk().reading(session));
  }
}
