package io.github.polverdict.report;

import io.github.polverdict.report.Check.Result;
import io.github.polverdict.report.page.Html.Term;
import java.io.Writer;
import java.util.stream.Collectors;

/**
 * Writes checks as JUnit's XML, which build servers show: a test case for each. What is accepted or
 * not known is skipped.
 */
final class Junit {
  private static final double MILLIS = 1000.0;

  private Junit() {}

  static void write(Checks checks, Writer out) {
    String counts =
        "tests=\"%d\" failures=\"%d\" errors=\"%d\""
            .formatted(
                checks.all().size(),
                checks.count(Result.Failed.class),
                checks.count(Result.Broken.class));
    long skipped =
        checks.count(Result.Skipped.class)
            + checks.count(Result.Accepted.class)
            + checks.count(Result.Nothing.class);
    Serial.write(
        out,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="polverdict %s" %s>
          <testsuite name="%s" %s skipped="%d">
        %s%s  </testsuite>
        </testsuites>
        """
            .formatted(
                checks.question(),
                counts,
                xml(checks.source()),
                counts,
                skipped,
                properties(checks),
                checks.all().stream().map(Junit::testcase).collect(Collectors.joining())));
  }

  private static String properties(Checks checks) {
    return checks.properties().isEmpty()
        ? ""
        : checks.properties().stream()
            .map(p ->
                "      <property name=\"%s\" value=\"%s\"/>\n"
                    .formatted(xml(p.word()), xml(p.text())))
            .collect(Collectors.joining("", "    <properties>\n", "    </properties>\n"));
  }

  private static String testcase(Check check) {
    String time = check.took().isZero() ? "0" : String.valueOf(check.took().toMillis() / MILLIS);
    String open =
        "    <testcase classname=\"polverdict.%s\" name=\"%s\" time=\"%s\""
            .formatted(xml(check.about().group()), xml(check.name()), time);
    return switch (check.result()) {
      case Result.Passed _ -> open + "/>\n";
      case Result.Failed _ -> open + ">\n" + element("failure", check);
      case Result.Broken _ -> open + ">\n" + element("error", check);
      case Result.Skipped(String message) -> open + ">\n" + skipped(check.word() + ": " + message);
      case Result.Nothing(String message) -> open + ">\n" + skipped(check.word() + ": " + message);
      case Result.Accepted accepted -> open + ">\n" + skipped(accepted.by().toString());
    };
  }

  private static String element(String name, Check check) {
    StringBuilder text = new StringBuilder(check.message()).append('\n');
    check.about().origin().ifPresent(o -> text.append("at ").append(o.place().text()).append('\n'));
    for (Term detail : check.details()) {
      text.append(detail.word()).append(": ").append(detail.text()).append('\n');
    }
    return "      <%s type=\"%s\" message=\"%s\">%s</%s>\n    </testcase>\n"
        .formatted(name, check.level(), xml(check.message()), xml(text.toString()), name);
  }

  private static String skipped(String message) {
    return "      <skipped message=\"" + xml(message) + "\"/>\n    </testcase>\n";
  }

  /** Text for XML 1.0, without the control characters that it cannot hold. */
  private static String xml(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\t', '\n', '\r' -> out.append((char) c);
            default -> out.appendCodePoint(c < 0x20 || c == 0xfffe || c == 0xffff ? '?' : c);
          }
        });
    return out.toString();
  }
}
