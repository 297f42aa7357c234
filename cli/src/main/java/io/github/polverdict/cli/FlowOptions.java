package io.github.polverdict.cli;

import io.github.polverdict.questions.explain.ExplainManyQuestion.Pair;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which flows are asked about: one, or those of a file. */
final class FlowOptions {
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

  /** Whether they come from a file. */
  boolean many() {
    return flows != null;
  }

  /**
   * The flows.
   *
   * @param source of the cluster, which cannot be read from standard input, too
   */
  List<Pair> asked(SourceOptions source) {
    source.leaveInputTo(flows);
    if (flows != null && from == null && to == null) {
      List<Pair> asked = FlowsFile.read(flows);
      if (asked.isEmpty()) {
        throw new Complaint(ExitCode.UNREADABLE, flows + ": there is no flow below the header");
      }
      return asked;
    }
    if (flows != null || from == null || to == null) {
      throw new Complaint(ExitCode.USAGE, "say --from X and --to Y, or --flows FILE");
    }
    return List.of(new Pair(from, to));
  }
}
