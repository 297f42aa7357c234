package io.github.polverdict.questions.config;

import java.util.List;
import java.util.Optional;

/**
 * The values that options have when the command line does not say them.
 *
 * @param file the file that sets some of them; empty when there is none
 */
public record ConfigAnswer(Optional<String> file, List<Row> rows) {

  /**
   * One option of one command.
   *
   * @param command {@code lint}, {@code lab up}
   * @param option its longest name, {@code --fail-on}
   * @param values none when it is not set, several only where it may be repeated
   * @param from {@code default}, or the place in the file
   */
  public record Row(String command, String option, List<String> values, String from) {
    public Row {
      values = List.copyOf(values);
    }
  }

  public ConfigAnswer {
    rows = List.copyOf(rows);
  }
}
