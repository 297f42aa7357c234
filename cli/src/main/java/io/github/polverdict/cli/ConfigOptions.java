package io.github.polverdict.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** Which {@code polverdict.yaml} counts. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "where options are set; default: polverdict.yaml here or above")
  private @Nullable Path file;

  @Option(
      names = "--no-config",
      scope = ScopeType.INHERIT,
      description = "leave out polverdict.yaml")
  private boolean none;

  /** The file that counts, if there is one. */
  Optional<Config> config(CommandSpec root) {
    if (none) {
      return Optional.empty();
    }
    if (file != null && !Files.exists(file)) {
      throw new Complaint(ExitCode.UNREADABLE, "--config: there is no file " + file);
    }
    return Optional.ofNullable(file)
        .or(() -> found(Path.of(""), root.commandLine().getErr()))
        .map(f -> Config.read(f, root));
  }

  /** The nearest file, if it may count. */
  static Optional<Path> found(Path folder, PrintWriter err) {
    Optional<Path> nearest = Config.find(folder);
    Optional<String> objection = nearest.flatMap(f -> Ownership.objection(f, folder));
    objection.ifPresent(why ->
        err.printf(
            "polverdict: %s is left out: %s; say --config %1$s to use it%n",
            nearest.orElseThrow(), why));
    return objection.isPresent() ? Optional.empty() : nearest;
  }

  /** The command line with what the file sets and it does not say itself. */
  String[] completed(CommandLine line, String... args) {
    ParseResult parsed;
    try {
      parsed = line.parseArgs(args);
    } catch (ParameterException _) {
      return args; // said when it is executed
    }
    List<String> out = new ArrayList<>(List.of(args));
    int at = 0;
    ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      CommandSpec above = deepest.commandSpec();
      deepest = deepest.subcommand();
      at = after(deepest.commandSpec(), above, out, at);
    }
    int place = at;
    if (at > 0 && !deepest.isUsageHelpRequested()) {
      CommandSpec command = deepest.commandSpec();
      Set<String> said = said(deepest);
      config(line.getCommandSpec()).ifPresent(c -> out.addAll(place, c.arguments(command, said)));
    }
    return out.toArray(String[]::new);
  }

  /** The place after a command's name, which is none of the values of options before it. */
  static int after(CommandSpec command, CommandSpec above, List<String> args, int from) {
    int at = from;
    while (at < args.size() && !command.names().contains(args.get(at))) {
      OptionSpec option = above.findOption(args.get(at));
      at += option == null ? 1 : 1 + option.arity().min();
    }
    return Math.min(at + 1, args.size());
  }

  /** Longest names of options; a positional parameter names the source, as -f does. */
  private static Set<String> said(ParseResult parsed) {
    Set<String> out = new TreeSet<>();
    parsed.matchedOptionsSet().forEach(o -> out.add(o.longestName()));
    if (!parsed.matchedPositionalsSet().isEmpty()) {
      out.add("--filename");
    }
    return out;
  }
}
