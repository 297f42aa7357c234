package io.github.polverdict.report;

import java.util.Locale;
import java.util.Optional;

/** How an answer is written. */
public enum Format {
  TEXT,
  JSON,
  YAML,
  CSV;

  /** The format of that name, in lower case as on the command line. */
  public static Optional<Format> of(String name) {
    for (Format format : values()) {
      if (format.toString().equals(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
