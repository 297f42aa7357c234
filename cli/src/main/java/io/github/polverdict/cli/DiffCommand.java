package io.github.polverdict.cli;

import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Report;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Mixer;
import io.github.polverdict.workbench.exchange.NamespaceMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two clusters and finds the causes. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Which flows differ between two clusters, and which one difference causes it.",
    footer = {
      "",
      "A and B: a path, a saved snapshot, or context:NAME for a running cluster.",
      "",
      "Examples:",
      "  polverdict diff context:staging context:prod",
      "  polverdict diff before/ after/ --cni calico@3.31",
      "  polverdict diff staging.yaml prod.yaml --map 'staging-*=prod-*' -o csv"
    })
final class DiffCommand extends Answering {
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(arity = "0..2", paramLabel = "A B", description = "the two clusters")
  private List<String> places = new ArrayList<>();

  @Option(
      names = "--cni-a",
      paramLabel = "ENGINE",
      description = "the engine of A, when it is not that of --cni")
  private @Nullable String cniA;

  @Option(
      names = "--cni-b",
      paramLabel = "ENGINE",
      description = "the engine of B, when it is not that of --cni")
  private @Nullable String cniB;

  @Option(
      names = "--map",
      paramLabel = "A=B",
      description = "namespaces that correspond, as staging-*=prod-*")
  private List<String> map = new ArrayList<>();

  @Option(names = "--nodes", description = "tell of nodes too")
  private boolean nodes;

  @Override
  ExitCode answer() {
    output.check(Format.OF_PAIRS);
    if (places.size() != 2) {
      throw new Complaint(ExitCode.USAGE, "say two clusters to compare: polverdict diff A B");
    }
    NamespaceMap namespaces = namespaces();
    Session a = desk().open(source.named(places.get(0)), Optional.ofNullable(cniA).or(source::cni));
    Session b = desk().open(source.named(places.get(1)), Optional.ofNullable(cniB).or(source::cni));
    DiffAnswer answer = new DiffQuestion(nodes).ask(Mixer.of(a, b, namespaces));
    output.write(answer, Report::write, out());
    boolean same =
        answer.pairs().isEmpty() && answer.onlyInA().isEmpty() && answer.onlyInB().isEmpty();
    return (same ? ExitCode.AS_ASKED : ExitCode.FOUND).or(desk().reading(a)).or(desk().reading(b));
  }

  private NamespaceMap namespaces() {
    try {
      return NamespaceMap.parse(map);
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.USAGE, "--map: " + e.getMessage());
    }
  }
}
