package io.github.polverdict.cli;

import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layout;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import io.github.polverdict.report.ReportApi;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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

  @Mixin private ColorOption color = new ColorOption();

  @Option(names = "--fail-on-unknown", description = "exit with 4 when something is UNKNOWN")
  private boolean failOnUnknown;

  private final String question;
  private final Set<Format> formats;

  /** Of answers of one question, with all of their formats. */
  OutputOptions(Layout<?>... layouts) {
    this(layouts[0].question(), formats(layouts));
  }

  OutputOptions(String question, Set<Format> formats) {
    this.question = question;
    this.formats = formats;
  }

  private static Set<Format> formats(Layout<?>... layouts) {
    Set<Format> out = EnumSet.noneOf(Format.class);
    Stream.of(layouts).forEach(l -> out.addAll(l.formats()));
    return out;
  }

  Set<Format> formats() {
    return formats;
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
    check(question, formats);
  }

  /** The same where the command answers with only some of its layouts. */
  void check(Layout<?>... used) {
    check(used[0].question(), formats(used));
  }

  private void check(String asked, Set<Format> taken) {
    String name = output.split("=", 2)[0];
    Optional<Format> format = Format.of(name);
    if (format.filter(taken::contains).isEmpty()) {
      throw new Complaint(
          ExitCode.USAGE,
          format
                  .map(f -> "%s has no %s, which is %s".formatted(asked, f, f.purpose()))
                  .orElse("'" + name + "' is not a format")
              + "; -o takes "
              + names(taken));
    }
    color.palette();
    if (output.endsWith("=")) {
      throw new Complaint(ExitCode.USAGE, "-o " + output + ": say a file after '='");
    }
    if (output.contains("=")) {
      checkWritable(Path.of(output.split("=", 2)[1]));
    }
  }

  Format format() {
    return Format.of(output.split("=", 2)[0]).orElseThrow();
  }

  /** Writes one answer. */
  <A> void write(A answer, Layout<A> layout, PrintWriter out) {
    write(answer, layout, ReportApi.OPENREPORTS, out);
  }

  /** Writes one answer, reports as objects of that API. */
  <A> void write(A answer, Layout<A> layout, ReportApi api, PrintWriter out) {
    String[] parts = output.split("=", 2);
    if (parts.length == 1) {
      new Report(format(), color.palette(), api).write(layout, answer, out);
      out.flush();
      return;
    }
    atomically(
        Path.of(parts[1]),
        file -> new Report(format(), Palette.PLAIN, api).write(layout, answer, file));
  }

  /** Writes an answer as JSON to a file and as text beside it, each whole or not at all. */
  static <A> void evidence(A answer, Layout<A> layout, Path file) {
    save(answer, layout, file);
    Path text = file.resolveSibling(file.getFileName() + ".txt");
    atomically(text, w -> new Report(Format.TEXT, Palette.PLAIN).write(layout, answer, w));
  }

  /** Writes an answer as JSON to a file, whole or not at all. */
  static <A> void save(A answer, Layout<A> layout, Path file) {
    atomically(file, w -> new Report(Format.JSON, Palette.PLAIN).write(layout, answer, w));
  }

  /** Writes bytes to a file, whole or not at all. */
  static void whole(Path file, byte[] bytes) {
    try {
      WholeFile.write(file, bytes);
    } catch (IOException e) {
      throw Complaint.of("cannot write " + file + ", and nothing was changed there", e);
    }
  }

  /** Fails where a file can't be written: to be asked before the work for it begins. */
  static void checkWritable(Path file) {
    if (WholeFile.isStream(file)) {
      return;
    }
    Path absolute = target(file);
    Path directory = absolute.getParent();
    String why =
        directory == null || !Files.isDirectory(directory)
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
    if (WholeFile.isStream(file)) {
      into(file, content);
      return;
    }
    Path absolute = target(file);
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
      throw Complaint.of("cannot write " + file, e);
    }
  }

  private static Path target(Path file) {
    try {
      return WholeFile.target(file);
    } catch (IOException e) {
      throw Complaint.of("cannot write " + file, e);
    }
  }

  private static void into(Path file, Consumer<Writer> content) {
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      content.accept(writer);
    } catch (IOException | UncheckedIOException e) {
      throw Complaint.of("cannot write " + file, e);
    }
  }
}
