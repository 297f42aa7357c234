package io.github.polverdict.report;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
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
  HTML,
  /** A graph for Graphviz. */
  DOT,
  /** A graph that hosts of repositories draw in Markdown. */
  MERMAID,
  /** A picture of a matrix. */
  SVG,
  /** Findings as objects of a cluster: OpenReports, or the working group's PolicyReport. */
  POLICYREPORT;

  /** Those that every answer has. */
  public static final Set<Format> COMMON =
      Collections.unmodifiableSet(EnumSet.of(TEXT, JSON, YAML, CSV));

  /** Those of answers that are also read as a page of text. */
  public static final Set<Format> WITH_PAGES = with(MARKDOWN);

  /** Those of answers that are also read in a browser. */
  public static final Set<Format> FOR_BROWSERS = with(MARKDOWN, HTML);

  /** Those of pairs that reach each other or not. */
  public static final Set<Format> OF_PAIRS = with(MARKDOWN, HTML, DOT, MERMAID, SVG);

  /** Those of demands that are met or not. */
  public static final Set<Format> OF_DEMANDS =
      Collections.unmodifiableSet(EnumSet.of(TEXT, JSON, YAML, CSV, MARKDOWN, JUNIT));

  /** Those of findings. */
  public static final Set<Format> OF_FINDINGS = with(MARKDOWN, SARIF, JUNIT, HTML, POLICYREPORT);

  /** Those of expectations. */
  public static final Set<Format> OF_EXPECTATIONS = with(MARKDOWN, JUNIT);

  /** Those of what packets did. */
  public static final Set<Format> OF_VERIFICATION = with(MARKDOWN, JUNIT, HTML);

  private static Set<Format> with(Format... more) {
    Set<Format> out = EnumSet.copyOf(COMMON);
    out.addAll(List.of(more));
    return Collections.unmodifiableSet(out);
  }

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
