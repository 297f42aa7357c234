package io.github.polverdict.cli;

import io.github.polverdict.report.Format;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import io.github.polverdict.snapshot.saved.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;

/** How and where the answer is written. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      defaultValue = "text",
      description = {
        "one of the formats below; md is markdown, too;",
        "with =FILE the file is written whole or not at all"
      })
  private String output = "text";

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never; auto respects NO_COLOR and asks the terminal")
  private String color = "auto";

  @Option(names = "--fail-on-unknown", description = "exit with 4 when something is UNKNOWN")
  private boolean failOnUnknown;

  private final Set<Format> formats;

  /** Of an answer that has the formats that all have. */
  OutputOptions() {
    this(Format.COMMON);
  }

  OutputOptions(Set<Format> formats) {
    this.formats = formats;
  }

  /** Says in the help of a command, and of those below it, which formats its answer has. */
  static void describe(CommandLine command) {
    for (CommandSpec mixin : command.getCommandSpec().mixins().values()) {
      if (mixin.userObject() instanceof OutputOptions own) {
        List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), "formats");
        command.setHelpSectionKeys(sections);
        command
            .getHelpSectionMap()
            .put("formats", _ -> "\nFormats: " + names(own.formats) + "%n".formatted());
      }
    }
    command.getSubcommands().values().forEach(OutputOptions::describe);
  }

  private static String names(Set<Format> formats) {
    return Stream.of(Format.values())
        .filter(formats::contains)
        .map(Format::toString)
        .collect(Collectors.joining(", "));
  }

  boolean failOnUnknown() {
    return failOnUnknown;
  }

  /** Fails on what {@code -o} and {@code --color} do not take, before any work is done. */
  void check() {
    check(formats);
  }

  /** Fails as well on a format that the command's answers do not have. */
  void check(Set<Format> taken) {
    String name = output.split("=", 2)[0];
    if (Format.of(name).filter(taken::contains).isEmpty()) {
      throw new Complaint(
          ExitCode.USAGE, "'%s' is not a format here; -o takes %s".formatted(name, names(taken)));
    }
    palette();
    if (output.contains("=")) {
      checkWritable(Path.of(output.split("=", 2)[1]));
    }
  }

  Format format() {
    return Format.of(output.split("=", 2)[0]).orElseThrow();
  }

  private Palette palette() {
    return palette(color);
  }

  /** The colours that {@code --color} asks for. */
  static Palette palette(String color) {
    return switch (color) {
      case "always" -> Palette.ANSI;
      case "never" -> Palette.PLAIN;
      case "auto" -> {
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        yield terminal && wanted ? Palette.ANSI : Palette.PLAIN;
      }
      default ->
          throw new Complaint(
              ExitCode.USAGE, "'" + color + "' is not taken; --color takes auto, always or never");
    };
  }

  /** Writes one answer, by one of {@link Report}'s methods. */
  <A> void write(A answer, ReportMethod<A> method, PrintWriter out) {
    String[] parts = output.split("=", 2);
    if (parts.length == 1) {
      method.write(new Report(format(), palette()), answer, out);
      out.flush();
      if (out.checkError()) {
        throw new Complaint(
            ExitCode.UNREADABLE, "the output could not be written: is the disk full?");
      }
      return;
    }
    atomically(
        Path.of(parts[1]), file -> method.write(new Report(format(), Palette.PLAIN), answer, file));
  }

  /** Writes an answer as JSON to a file and as text beside it, each whole or not at all. */
  static <A> void evidence(A answer, ReportMethod<A> method, Path file) {
    Path text = file.resolveSibling(file.getFileName() + ".txt");
    atomically(file, w -> method.write(new Report(Format.JSON, Palette.PLAIN), answer, w));
    atomically(text, w -> method.write(new Report(Format.TEXT, Palette.PLAIN), answer, w));
  }

  /** A method of {@link Report}. */
  @FunctionalInterface
  interface ReportMethod<A> {
    void write(Report report, A answer, Writer out);
  }

  /** Writes an answer as JSON to a file, whole or not at all. */
  static <A> void save(Path file, A answer, ReportMethod<A> method) {
    atomically(file, out -> method.write(new Report(Format.JSON, Palette.PLAIN), answer, out));
  }

  /** Writes bytes to a file, whole or not at all. */
  static void whole(Path file, byte[] bytes) {
    try {
      WholeFile.write(file, bytes);
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.UNREADABLE,
          "cannot write %s: %s; nothing was changed there".formatted(file, e.getMessage()));
    }
  }

  /** Fails where a file can't be written: to be asked before the work for it begins. */
  static void checkWritable(Path file) {
    Path absolute = file.toAbsolutePath();
    if (isStream(absolute)) {
      return;
    }
    Path directory = absolute.getParent();
    String why =
        file.toString().isEmpty()
            ? "say a file after '='"
            : directory == null || !Files.isDirectory(directory)
                ? "there is no folder " + directory
                : Files.isDirectory(absolute)
                    ? "it is a folder"
                    : Files.isWritable(directory) ? "" : directory + " may not be written to";
    if (!why.isEmpty()) {
      throw new Complaint(ExitCode.UNREADABLE, "cannot write " + file + ": " + why);
    }
  }

  private static void atomically(Path file, Consumer<Writer> content) {
    checkWritable(file);
    Path absolute = file.toAbsolutePath();
    if (isStream(absolute)) {
      into(file, content);
      return;
    }
    String name = "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    Path part = absolute.resolveSibling(name);
    try {
      try {
        try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
          content.accept(writer);
        }
        Files.move(
            part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new Complaint(ExitCode.UNREADABLE, "cannot write " + file + ": " + e.getMessage());
    }
  }

  /** A device or a pipe, which is written to and not replaced. */
  private static boolean isStream(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static void into(Path file, Consumer<Writer> content) {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      content.accept(writer);
    } catch (IOException | UncheckedIOException e) {
      throw new Complaint(ExitCode.UNREADABLE, "cannot write " + file + ": " + e.getMessage());
    }
  }
}
