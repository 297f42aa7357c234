package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files behind the paths that a user gave, in the order that kubectl would read them: paths as
 * given, inside a directory by name. Links are followed, each real file and directory once.
 */
final class FileTree {
  static final String STDIN = "<stdin>";
  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

  /** A file to read. The path of standard input is never opened. */
  record Input(String name, Path path) {
    boolean isStdin() {
      return name.equals(STDIN);
    }
  }

  private final int limit;
  private final List<Input> inputs = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final Reading problems = new Reading("");
  private final List<String> fruitless = new ArrayList<>();
  private int skipped;
  private boolean full;

  FileTree(Limits limits) {
    this.limit = limits.files();
  }

  /** Adds what a user's path names. */
  void add(String given) {
    int before = inputs.size();
    skipped = 0;
    try {
      if (given.equals("-")) {
        input(new Input(STDIN, Path.of(STDIN)), Path.of(STDIN));
        return;
      }
      Path path = Path.of(given);
      if (isStream(given)) {
        input(new Input(given, path), path.toAbsolutePath());
      } else if (!Files.exists(path)) {
        unreadable(given, "PV020", "There is no file or directory " + given, "check the path");
      } else if (Files.isDirectory(path)) {
        directory(path, given);
        tellSkipped(given, inputs.size() == before);
      } else {
        file(path, true);
      }
    } catch (InvalidPathException e) {
      unreadable(given, "PV020", "This is no path: " + e.getReason(), "check the path");
    }
  }

  /** A pipe that the shell made, as for {@code -f <(helm template .)}. */
  private static boolean isStream(String given) {
    return given.equals("/dev/stdin") || given.startsWith("/dev/fd/");
  }

  private void directory(Path directory, String name) {
    try {
      Path real = directory.toRealPath();
      if (!seen.add(real)) {
        note(
            "PV025",
            name,
            "This leads to " + real + ", which is read already; it is not read again");
        return;
      }
      List<Path> members;
      try (Stream<Path> list = Files.list(directory)) {
        members =
            list.sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
                .toList();
      }
      for (Path member : members) {
        if (Files.isDirectory(member)) {
          directory(member, member.toString());
        } else if (EXTENSIONS.stream().anyMatch(member.toString()::endsWith)) {
          file(member, false);
        } else {
          skipped++;
        }
      }
    } catch (IOException e) {
      unreadable(
          name, "PV021", "The directory cannot be read: " + reason(e), "check its permissions");
    } catch (UncheckedIOException _) { // from the stream of members
      unreadable(name, "PV021", "The directory cannot be read to its end", "read it again");
    }
  }

  private void file(Path file, boolean named) {
    String name = file.toString();
    if (!Files.exists(file)) {
      unreadable(name, "PV020", "This link leads nowhere", "mend or remove the link");
    } else if (!Files.isRegularFile(file)) {
      unreadable(
          name,
          "PV022",
          "This is a pipe, socket or device; it is skipped",
          named ? "pipe it into -f -" : "");
    } else {
      try {
        input(new Input(name, file), file.toRealPath());
      } catch (IOException e) {
        unreadable(name, "PV021", "The file cannot be read: " + reason(e), "check its permissions");
      }
    }
  }

  private void input(Input input, Path real) {
    if (!seen.add(real)) {
      note(
          "PV025",
          input.name(),
          "This file is read already under another name or path; it is not read again");
    } else if (inputs.size() < limit) {
      inputs.add(input);
    } else if (!full) {
      full = true;
      unreadable(
          input.name(),
          "PV019",
          "There are more than " + limit + " files; this and the rest are left out",
          "");
    }
  }

  private void tellSkipped(String given, boolean nothing) {
    String count = skipped == 1 ? "One file was" : skipped + " files were";
    if (nothing) {
      String others = skipped == 0 ? "" : " (" + skipped + " others skipped)";
      String message = "There is no .yaml, .yml or .json file in this directory" + others;
      finding("PV023", Severity.WARNING, given, message, "");
      fruitless.add("no .yaml, .yml or .json file in " + given + others);
    } else if (skipped > 0) {
      note("PV024", given, count + " skipped: not .yaml, .yml or .json");
    }
  }

  /** Records that there is something that could not be read. */
  void unreadable(String name, String code, String message, String help) {
    finding(code, Severity.ERROR, name, message, help);
    problems.gaps().add(new Gap(Set.of(), "", "objects in " + name, message, at(name)));
    fruitless.add(message.contains(name) ? message : name + ": " + message);
  }

  private void note(String code, String name, String message) {
    finding(code, Severity.NOTE, name, message, "");
  }

  private void finding(String code, Severity severity, String name, String message, String help) {
    problems.finding(code, severity, message, help, at(name));
  }

  private static Origin at(String name) {
    return new Origin.InFile("", name, "", 1, 1);
  }

  static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "it is gone";
      default -> String.valueOf(e.getMessage());
    };
  }

  List<Input> inputs() {
    return inputs;
  }

  Reading problems() {
    return problems;
  }

  /** Why nothing could be read, one line for each path. */
  List<String> fruitless() {
    return fruitless;
  }
}
