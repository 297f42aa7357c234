package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.workbench.files.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What {@code polverdict.yaml} sets: values of options, for one command or for all that have the
 * option. The command line overrides it. It cannot set what writes, runs or allows something, since
 * whoever can change a repository must not thereby act on the machine or the cluster of whoever
 * checks it out.
 */
final class Config {
  static final String NAME = "polverdict.yaml";

  /** A kubeconfig may name a program to run; the others write files or choose what runs. */
  private static final Set<String> SAID_ONLY =
      Set.of("kubeconfig", "config", "no-config", "image", "evidence", "save", "debug", "help");

  private static final Set<String> OF_ONE_RUN =
      Set.of("version", "to", "dry-run", "keep", "clean-up", "set");

  /** They may send packets or make objects: where, how many and how fast is said. */
  private static final Set<String> ACTING = Set.of("assert", "canary", "probe", "verify");

  /** What a file may set of those: how they judge, and what they print. */
  private static final Set<String> OF_ACTING =
      Set.of(
          "canary",
          "canary-max-age",
          "cni",
          "color",
          "expect",
          "fail-on-unknown",
          "filename",
          "output");

  /** These make and remove clusters, and run programs as root: nothing of them is a file's. */
  private static final String LABS = "lab ";

  /** Options that say the same thing in different ways: who says one does not want the others. */
  private static final List<Set<String>> EXCLUSIVE =
      List.of(
          Set.of("--filename", "--context", "--kubeconfig"),
          Set.of("--namespace", "--all-namespaces"),
          Set.of("--from", "--to", "--flows"),
          Set.of("--baseline", "--preset"));

  private final Path file;
  private final Map<String, Map<String, Setting>> byCommand = new TreeMap<>();

  private Config(Path file) {
    this.file = file;
  }

  /** The values of one option, in order, and where they stand. */
  record Setting(OptionSpec option, List<String> values, Origin origin) {
    Setting {
      values = List.copyOf(values);
    }
  }

  /**
   * The nearest {@code polverdict.yaml} from a folder upwards, as far as to the root of its
   * repository or to the home folder.
   */
  static Optional<Path> find(Path folder) {
    Path home = Path.of(System.getProperty("user.home", ""));
    for (@Nullable Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Path file = at.resolve(NAME);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
      if (Files.exists(at.resolve(".git")) || at.equals(home)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a file against the commands that there are.
   *
   * @throws Complaint with everything that is wrong with it
   */
  static Config read(Path file, CommandSpec root) {
    Map<String, CommandSpec> commands = commands(root);
    Config config = new Config(file);
    Forms.read(
        file,
        "Config",
        form -> {
          form.form("options").ifPresent(all -> config.everywhere(all, commands.values()));
          form.form("commands").ifPresent(some -> config.single(some, commands));
          misplaced(form, commands);
          return config;
        });
    return config;
  }

  /** Options and commands that stand at the top of the file. */
  private static void misplaced(Form form, Map<String, CommandSpec> commands) {
    Set<String> options = new TreeSet<>();
    commands.values().forEach(c -> options(c).forEach(o -> options.add(name(o))));
    for (String key : form.keys()) {
      if (options.contains(key)) {
        form.refuse(key, "is an option", "put it below options:");
      } else if (commands.containsKey(key)) {
        form.refuse(key, "is a command", "put it below commands:");
      }
    }
  }

  /** Every command by its words below the root: {@code lint}, {@code lab up}. */
  static Map<String, CommandSpec> commands(CommandSpec root) {
    Map<String, CommandSpec> out = new LinkedHashMap<>();
    root.subcommands().values().stream()
        .distinct()
        .forEach(sub -> {
          CommandSpec spec = sub.getCommandSpec();
          if (spec.subcommands().isEmpty()) {
            out.put(words(spec), spec);
          } else {
            out.putAll(commands(spec));
          }
        });
    return out;
  }

  /** {@code lab up}. */
  static String words(CommandSpec spec) {
    return spec.qualifiedName().replaceFirst("^\\S+ ?", "");
  }

  /** The options that a file may set. */
  static List<OptionSpec> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(o -> !o.hidden() && settable(words(spec), name(o)) && !isTarget(o))
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .toList();
  }

  /** Whether it names the file that the answer is written to, not a format. */
  private static boolean isTarget(OptionSpec option) {
    return name(option).equals("output") && isPath(option);
  }

  private static boolean settable(String command, String name) {
    if (command.startsWith(LABS) || (ACTING.contains(command) && !OF_ACTING.contains(name))) {
      return false;
    }
    return !SAID_ONLY.contains(name) && !OF_ONE_RUN.contains(name) && !name.startsWith("allow-");
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  /** Options of all commands that have them. */
  private void everywhere(Form form, Iterable<CommandSpec> commands) {
    Map<String, OptionSpec> first = new TreeMap<>();
    commands.forEach(c -> options(c).forEach(o -> first.putIfAbsent(name(o), o)));
    Map<String, Setting> set = settings(form, first, commands);
    for (CommandSpec command : commands) {
      for (OptionSpec option : options(command)) {
        Setting setting = set.get(name(option));
        if (setting != null) {
          put(command, new Setting(option, setting.values(), setting.origin()));
        }
      }
    }
  }

  private void single(Form form, Map<String, CommandSpec> commands) {
    for (Map.Entry<String, CommandSpec> command : commands.entrySet()) {
      Map<String, OptionSpec> known = new TreeMap<>();
      options(command.getValue()).forEach(o -> known.put(name(o), o));
      form.form(command.getKey())
          .ifPresent(own ->
              settings(own, known, List.of(command.getValue()))
                  .values()
                  .forEach(s -> put(command.getValue(), s)));
    }
  }

  private void put(CommandSpec command, Setting setting) {
    byCommand
        .computeIfAbsent(words(command), _ -> new TreeMap<>())
        .put(setting.option().longestName(), setting);
  }

  private Map<String, Setting> settings(
      Form form, Map<String, OptionSpec> known, Iterable<CommandSpec> commands) {
    Map<String, Setting> out = new TreeMap<>();
    known.forEach((name, option) -> {
      if (form.has(name)) {
        out.put(name, new Setting(option, values(form, name, option), form.origin(name)));
      }
    });
    Set<String> said = new TreeSet<>();
    commands.forEach(c -> c.options().forEach(o -> said.add(name(o))));
    said.removeAll(known.keySet());
    for (String name : form.keys()) {
      if (said.contains(name)) {
        form.refuse(name, "is not taken from a file", "say it on the command line");
      }
    }
    return out;
  }

  private List<String> values(Form form, String name, OptionSpec option) {
    if (option.arity().max() == 0) {
      return form.bool(name).map(b -> List.of(b.toString())).orElse(List.of());
    }
    List<String> texts =
        option.isMultiValue() ? form.texts(name) : form.text(name).stream().toList();
    if (name.equals("output") && texts.stream().anyMatch(t -> t.contains("="))) {
      form.refuse(name, "must be a format alone", "say the file to write on the command line");
    }
    return texts.stream().map(t -> isPath(option) ? resolved(t) : t).toList();
  }

  private static boolean isPath(OptionSpec option) {
    return option.type() == Path.class
        || option.auxiliaryTypes()[0] == Path.class
        || Set.of("PATH", "FILE").contains(option.paramLabel());
  }

  /** Paths in the file are relative to it. */
  private String resolved(String path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().resolveSibling(path).normalize();
    boolean near = absolute.startsWith(here) && !absolute.equals(here);
    return path.equals("-") ? path : (near ? here.relativize(absolute) : absolute).toString();
  }

  Path file() {
    return file;
  }

  /** What it sets for a command, by the longest names of its options. */
  Map<String, Setting> settings(CommandSpec command) {
    return byCommand.getOrDefault(words(command), Map.of());
  }

  /**
   * The arguments that say what the command line does not.
   *
   * @param said the longest names of the options that it says
   */
  List<String> arguments(CommandSpec command, Set<String> said) {
    Set<String> taken = new TreeSet<>(said);
    EXCLUSIVE.stream()
        .filter(g -> g.stream().allMatch(command.optionsMap()::containsKey))
        .filter(g -> g.stream().anyMatch(said::contains))
        .forEach(taken::addAll);
    List<String> out = new ArrayList<>();
    settings(command)
        .forEach((name, setting) -> {
          if (!taken.contains(name)) {
            setting.values().forEach(value -> out.add(name + "=" + value));
          }
        });
    return out;
  }
}
