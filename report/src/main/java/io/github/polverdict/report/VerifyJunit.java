package io.github.polverdict.report;

import static io.github.polverdict.report.Junit.xml;

import io.github.polverdict.questions.verify.Agreement;
import io.github.polverdict.questions.verify.Explanation;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import java.io.Writer;
import java.util.Map;

/** Writes what packets did as JUnit's XML: a test case for each flow class that was chosen. */
final class VerifyJunit {
  private VerifyJunit() {}

  static void write(VerifyAnswer answer, Writer out) {
    StringBuilder cases = new StringBuilder();
    answer.rows().forEach(row -> cases.append(testcase(row)));
    int skipped =
        answer.with(Agreement.INCONCLUSIVE).size() + answer.with(Agreement.UNTRIED).size();
    String counts =
        "tests=\"%d\" failures=\"%d\" errors=\"0\""
            .formatted(answer.rows().size(), answer.with(Agreement.CONTRADICTED).size());
    Serial.write(
        out,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="polverdict verify" %s>
          <testsuite name="%s" %s skipped="%d">
        %s%s  </testsuite>
        </testsuites>
        """
            .formatted(counts, xml(answer.source()), counts, skipped, properties(answer), cases));
  }

  private static String properties(VerifyAnswer answer) {
    StringBuilder out = new StringBuilder("    <properties>\n");
    out.append(property("seed", Long.toString(answer.seed())))
        .append(property("coverage", VerifyReport.coverageLine(answer.coverage())));
    for (Map.Entry<String, Long> reason : answer.coverage().skipped().entrySet()) {
      out.append(property("skipped: " + reason.getKey(), reason.getValue().toString()));
    }
    return out.append("    </properties>\n").toString();
  }

  private static String property(String name, String value) {
    return "      <property name=\"" + xml(name) + "\" value=\"" + xml(value) + "\"/>\n";
  }

  private static String testcase(Row row) {
    double seconds = row.probed().map(p -> p.took().toMillis() / 1000.0).orElse(0.0);
    String open =
        "    <testcase classname=\"polverdict.verify\" name=\"%s\" time=\"%s\""
            .formatted(xml(VerifyReport.name(row)), seconds);
    return switch (row.agreement()) {
      case CONFIRMED, SETTLED -> open + "/>\n";
      case INCONCLUSIVE, UNTRIED ->
          open
              + ">\n      <skipped message=\""
              + xml(VerifyReport.seen(row))
              + "\"/>\n    </testcase>\n";
      case CONTRADICTED -> open + ">\n" + failure(row) + "    </testcase>\n";
    };
  }

  private static String failure(Row row) {
    String message = "predicted " + row.predicted().outcome() + ", seen " + VerifyReport.sign(row);
    String text =
        message
            + "\nsaid: "
            + row.predicted().because().sentence()
            + "\nseen: "
            + VerifyReport.seen(row)
            + row.explanation().map(VerifyJunit::explained).orElse("")
            + "\n";
    String type = row.explanation().map(e -> e.cause().name()).orElse("");
    return "      <failure type=\"%s\" message=\"%s\">%s</failure>\n"
        .formatted(type, xml(message), xml(text));
  }

  private static String explained(Explanation explanation) {
    return "\ncause: "
        + explanation.cause().words()
        + ": "
        + explanation.sentence()
        + "\ndo: "
        + explanation.todo();
  }
}
