package io.github.polverdict.cli;

import io.github.polverdict.questions.config.ConfigAnswer;
import io.github.polverdict.questions.config.ConfigAnswer.Row;
import io.github.polverdict.report.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints what options are set to, and by what. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description =
        "What the options of commands are set to, and which line of polverdict.yaml does it.",
    footer = {
      "",
      "Examples:",
      "  polverdict config",
      "  polverdict config lint --set",
      "  polverdict config -o json"
    })
final class ConfigCommand extends Answering {
  @Mixin private OutputOptions output = new OutputOptions(Layouts.CONFIG);

  @ParentCommand private @Nullable Main main;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "only of this command")
  private List<String> words = new ArrayList<>();

  @Option(names = "--set", description = "only what is set by the file")
  private boolean set;

  @Override
  ExitCode answer() {
    output.check();
    CommandSpec root = spec().root();
    Map<String, CommandSpec> commands = Config.commands(root);
    String only = String.join(" ", words);
    if (!only.isEmpty() && !commands.containsKey(only)) {
      throw new Complaint(
          ExitCode.USAGE,
          "there is no command '%s'; there are %s"
              .formatted(only, String.join(", ", commands.keySet())));
    }
    Optional<Config> config = main == null ? Optional.empty() : main.config().config(root);
    List<Row> rows = new ArrayList<>();
    commands.forEach((name, spec) -> {
      if (only.isEmpty() || only.equals(name)) {
        Config.options(spec).forEach(o -> row(name, spec, o, config).ifPresent(rows::add));
      }
    });
    output.write(
        new ConfigAnswer(config.map(c -> c.file().toString()), rows), Layouts.CONFIG, out());
    return ExitCode.AS_ASKED;
  }

  private Optional<Row> row(
      String command, CommandSpec spec, OptionSpec option, Optional<Config> config) {
    String name = option.longestName();
    Optional<Config.Setting> setting =
        config.flatMap(c -> Optional.ofNullable(c.settings(spec).get(name)));
    if (setting.isPresent()) {
      Config.Setting s = setting.get();
      return Optional.of(new Row(command, name, s.values(), s.origin().text()));
    }
    List<String> usual =
        Optional.ofNullable(option.defaultValue())
            .or(() -> option.arity().max() == 0 ? Optional.of("false") : Optional.empty())
            .stream()
            .toList();
    return set ? Optional.empty() : Optional.of(new Row(command, name, usual, "default"));
  }
}
