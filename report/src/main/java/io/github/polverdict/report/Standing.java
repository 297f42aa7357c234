package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.report.page.Html;
import java.util.List;
import java.util.Locale;

/** Writes what an answer stands on: what could not be read, and what was found wrong. */
final class Standing {
  private static final int SHOWN = 5;

  private Standing() {}

  static void text(List<Missing> missing, Lines out) {
    missing.stream().limit(SHOWN).forEach(m -> out.entry("not read", m.what() + ": " + m.why()));
    if (missing.size() > SHOWN) {
      out.entry("", "… " + (missing.size() - SHOWN) + " more; -o json has all");
    }
  }

  /** The same at the end of a page, and which engine judged. */
  static Html html(List<Pin> pins, List<Missing> missing, List<Finding> findings, Html body) {
    if (!missing.isEmpty()) {
      body.heading("Not read").items(missing.stream().map(m -> m.what() + ": " + m.why()).toList());
    }
    if (!findings.isEmpty()) {
      body.heading("Wrong in the input").items(findings.stream().map(Standing::line).toList());
    }
    return body.heading("Judged as").items(ExplainReport.judged(pins));
  }

  /** {@code web.yaml:3:1: error PV080: …} and what to do. */
  static String line(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT)
        + " "
        + finding.code()
        + "  "
        + finding.message()
        + "  at "
        + finding.origin().text();
  }
}
