package io.github.polverdict.cli;

import io.github.polverdict.questions.expectation.Expectation;
import io.github.polverdict.workbench.expectations.ExpectationsForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Files of expectations. */
final class ExpectOption {
  @Option(
      names = {"-e", "--expect"},
      paramLabel = "FILE",
      description = "a file of what must be allowed and denied; may be repeated")
  private List<Path> files = new ArrayList<>();

  List<Path> files() {
    return files;
  }

  /**
   * Those of all files.
   *
   * @param namespace of names that say none; empty for no such namespace
   */
  static List<Expectation> read(List<Path> files, String namespace) {
    List<Expectation> out = new ArrayList<>();
    for (Path file : files) {
      Forms.read(file, ExpectationsForm.KIND, form -> ExpectationsForm.read(form, namespace))
          .forEach(out::addAll);
    }
    return out;
  }
}
