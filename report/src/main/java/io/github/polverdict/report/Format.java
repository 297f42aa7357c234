package io.github.polverdict.report;

import java.util.Locale;
import java.util.Optional;

/** How an answer is written; {@link Layouts} knows which answer has which. */
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

  /** What it is for, to be said where an answer does not have it. */
  public String purpose() {
    return switch (this) {
      case TEXT -> "for a terminal";
      case JSON, YAML -> "for scripts";
      case CSV -> "for tables";
      case MARKDOWN -> "for a comment";
      case HTML -> "for what is searched and opened";
      case SARIF -> "for what stands at lines of files";
      case JUNIT -> "for what passes or fails";
      case DOT, MERMAID -> "for arrows between workloads";
      case SVG -> "for a matrix of workloads";
      case POLICYREPORT -> "for what passes or fails in a cluster";
    };
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
