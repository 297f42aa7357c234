package io.github.polverdict.report;

import java.io.Writer;

/**
 * Writes answers in one format. Never flushes or closes the writer.
 *
 * @param palette used by the text format only
 * @param api used by {@link Format#POLICYREPORT} only
 */
public record Report(Format format, Palette palette, ReportApi api) {

  /** With reports as OpenReports. */
  public Report(Format format, Palette palette) {
    this(format, palette, ReportApi.OPENREPORTS);
  }

  /** Fails with an IllegalArgumentException when the layout does not have the format. */
  public <A> void write(Layout<A> layout, A answer, Writer out) {
    layout.write(answer, this, out);
  }
}
