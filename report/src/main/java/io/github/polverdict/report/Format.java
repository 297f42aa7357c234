package io.github.polverdict.report;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How an answer is written. Every answer can be written in {@link #COMMON}. */
public enum Format {
  TEXT,
  JSON,
  YAML,
  CSV,
  MARKDOWN,
  /** Findings for code hosts and editors: SARIF 2.1.0. */
  SARIF,
  /** Findings for build servers: JUnit's XML. */
  JUNIT,
  /** One page with everything in it, for a browser. */
  HTML;

  /** Those that every answer has. */
  public static final Set<Format> COMMON =
      Collections.unmodifiableSet(EnumSet.of(TEXT, JSON, YAML, CSV));

  /** Those of answers that are also read as a page. */
  public static final Set<Format> WITH_PAGES =
      Collections.unmodifiableSet(EnumSet.of(TEXT, JSON, YAML, CSV, MARKDOWN));

  /** Those of findings. */
  public static final Set<Format> OF_FINDINGS =
      Collections.unmodifiableSet(EnumSet.of(TEXT, JSON, YAML, CSV, MARKDOWN, SARIF, JUNIT));

  /** Those of what packets did. */
  public static final Set<Format> OF_VERIFICATION =
      Collections.unmodifiableSet(EnumSet.of(TEXT, JSON, YAML, CSV, MARKDOWN, JUNIT, HTML));

  /** The format of that name, in lower case as on the command line; md is markdown, too. */
  public static Optional<Format> of(String name) {
    String full = name.equals("md") ? MARKDOWN.toString() : name;
    for (Format format : values()) {
      if (format.toString().equals(full)) {
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
