package io.github.polverdict.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The day by which what is accepted ends. */
final class DayOption {
  @Option(
      names = "--as-of",
      paramLabel = "YYYY-MM-DD",
      description = "the day by which exceptions and acceptances end; today without it")
  private @Nullable String text;

  LocalDate day() {
    try {
      return text == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Complaint(ExitCode.USAGE, "--as-of: '" + text + "' is no day like 2027-06-30");
    }
  }
}
