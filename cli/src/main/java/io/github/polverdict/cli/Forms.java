package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.workbench.files.BadForm;
import io.github.polverdict.workbench.files.Form;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads files of polverdict's own; whatever is wrong with one stops the command. */
final class Forms {
  private Forms() {}

  /** As {@link Form#read}. */
  static <T> List<T> read(Path file, String kind, Function<Form, T> reader) {
    try {
      return Form.read(file, kind, reader);
    } catch (BadForm bad) {
      String lines =
          bad.findings().stream()
              .map(Forms::line)
              .collect(Collectors.joining(System.lineSeparator()));
      throw new Complaint(ExitCode.UNREADABLE, lines);
    }
  }

  private static String line(Finding finding) {
    String place =
        finding.origin() instanceof Origin.InFile f
            ? f.path() + ":" + f.line() + ":" + f.column() + ": "
            : "";
    String help = finding.help().isEmpty() ? "" : "; " + finding.help();
    return place + finding.message() + help;
  }
}
