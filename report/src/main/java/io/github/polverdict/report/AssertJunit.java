package io.github.polverdict.report;

import static io.github.polverdict.report.Junit.xml;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer.Result;
import io.github.polverdict.questions.expectation.AssertAnswer.Row;
import java.io.Writer;
import java.util.stream.Collectors;

/**
 * Writes expectations as JUnit's XML, a test case for each: what is unknown is skipped, what tests
 * nothing is an error.
 */
final class AssertJunit {
  private static final String CLOSE = "    </testcase>\n";

  private AssertJunit() {}

  static void write(AssertAnswer answer, Writer out) {
    String cases = answer.rows().stream().map(AssertJunit::testcase).collect(Collectors.joining());
    String counts =
        "tests=\"%d\" failures=\"%d\" skipped=\"%d\" errors=\"%d\""
            .formatted(
                answer.rows().size(),
                answer.with(Result.FAILS).size(),
                answer.with(Result.UNKNOWN).size(),
                answer.with(Result.EMPTY).size());
    Serial.write(
        out,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="polverdict assert" %s>
          <testsuite name="%s" %s>
        %s  </testsuite>
        </testsuites>
        """
            .formatted(counts, xml(answer.source()), counts, cases));
  }

  private static String testcase(Row row) {
    String open =
        "    <testcase classname=\"polverdict.assert\" name=\"%s\" time=\"0\"%s"
            .formatted(xml(row.name()), place(row.origin()));
    String because = AssertReport.because(row);
    return switch (row.result()) {
      case HOLDS -> open + "/>\n";
      case FAILS -> open + ">\n" + element("failure", row.wanted() + " expected", row) + CLOSE;
      case EMPTY -> open + ">\n" + element("error", because, row) + CLOSE;
      case UNKNOWN ->
          open + ">\n      <skipped message=\"UNKNOWN: " + xml(because) + "\"/>\n" + CLOSE;
    };
  }

  private static String element(String name, String message, Row row) {
    String text =
        AssertReport.because(row)
            + "\n"
            + row.words()
            + ": "
            + AssertReport.covered(row)
            + row.example()
                .map(e ->
                    "\nmore: polverdict explain --from "
                        + e.asked().from()
                        + " --to "
                        + e.asked().to())
                .orElse("")
            + "\n";
    return "      <%s type=\"%s\" message=\"%s\">%s</%s>\n"
        .formatted(name, row.result(), xml(message), xml(text), name);
  }

  /** The file, where viewers look for it. */
  private static String place(Origin origin) {
    return origin instanceof Origin.InFile file
        ? " file=\"" + xml(file.path()) + "\" line=\"" + file.line() + "\""
        : "";
  }
}
