package io.github.polverdict.report;

import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer.Proof;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import java.io.Writer;

/** Writes a baseline's demands as JUnit's XML: a test case for each item of each namespace. */
final class BaselineJunit {
  private BaselineJunit() {}

  static void write(BaselineAnswer answer, Writer out) {
    StringBuilder cases = new StringBuilder();
    answer.rows().forEach(row -> cases.append(testcase(row)));
    long failures = answer.rows().stream().filter(Row::fails).count();
    long skipped = answer.rows().stream().filter(BaselineJunit::skipped).count();
    String counts =
        "tests=\"%d\" failures=\"%d\" skipped=\"%d\" errors=\"0\""
            .formatted(answer.rows().size(), failures, skipped);
    Serial.write(
        out,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="polverdict baseline" %s>
          <testsuite name="%s" %s>
        %s  </testsuite>
        </testsuites>
        """
            .formatted(counts, Junit.xml(answer.source()), counts, cases));
  }

  private static boolean skipped(Row row) {
    return !row.fails() && row.status() != Status.MET;
  }

  private static String testcase(Row row) {
    String where = row.namespace().isEmpty() ? "cluster" : row.namespace();
    String open =
        "    <testcase classname=\"polverdict.baseline.%s\" name=\"%s: %s\" time=\"0\""
            .formatted(Junit.xml(where), row.item().key(), BaselineReport.word(row));
    if (!row.fails() && !skipped(row)) {
      return open + "/>\n";
    }
    String why = row.proofs().stream().findFirst().map(BaselineJunit::line).orElse(row.says());
    if (row.fails()) {
      return open + ">\n      <failure message=\"" + Junit.xml(why) + "\"/>\n    </testcase>\n";
    }
    String waived = row.waived().map(w -> w.reason() + " (until " + w.expires() + ")").orElse(why);
    return open + ">\n      <skipped message=\"" + Junit.xml(waived) + "\"/>\n    </testcase>\n";
  }

  private static String line(Proof proof) {
    return proof.flow() + " is " + proof.outcome() + ": " + proof.because();
  }
}
