package io.github.polverdict.report;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Accepted;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Entry;
import java.io.Writer;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes findings as JUnit's XML, which build servers show: a test case for each kind of finding,
 * which passes when there is none.
 */
final class Junit {
  private Junit() {}

  static void write(LintAnswer answer, Writer out) {
    TreeSet<String> codes = new TreeSet<>();
    Catalogue.entries().stream().map(Entry::code).forEach(codes::add);
    answer.problems().forEach(p -> codes.add(p.code()));
    StringBuilder cases = new StringBuilder();
    int tests = 0;
    int skipped = 0;
    for (String code : codes) {
      String name = Catalogue.of(code).map(e -> code + " " + e.slug()).orElse(code);
      List<Problem> own = answer.problems().stream().filter(p -> p.code().equals(code)).toList();
      List<Accepted> accepted =
          answer.accepted().stream().filter(a -> a.problem().code().equals(code)).toList();
      if (own.isEmpty() && accepted.isEmpty()) {
        cases.append(testcase(name, code, "", "/>"));
        tests++;
      }
      for (Problem problem : own) {
        cases.append(testcase(name, code, problem.object(), ">")).append(failure(problem));
        tests++;
      }
      for (Accepted one : accepted) {
        cases.append(testcase(name, code, one.problem().object(), ">")).append(skip(one));
        tests++;
        skipped++;
      }
    }
    String counts =
        "tests=\"%d\" failures=\"%d\" errors=\"0\"".formatted(tests, answer.problems().size());
    Serial.write(
        out,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="polverdict lint" %s>
          <testsuite name="%s" %s skipped="%d">
        %s  </testsuite>
        </testsuites>
        """
            .formatted(counts, xml(answer.source()), counts, skipped, cases));
  }

  private static String testcase(String name, String code, String object, String end) {
    String whole = object.isEmpty() ? name : name + ": " + object;
    return "    <testcase classname=\"polverdict.%s\" name=\"%s\" time=\"0\"%s%n"
        .formatted(code, xml(whole), end)
        .replace(System.lineSeparator(), "\n");
  }

  private static String failure(Problem problem) {
    String text =
        problem.message()
            + "\nat "
            + LintReport.place(problem)
            + "\nfix: "
            + problem.remedy().says()
            + "\n";
    return "      <failure type=\""
        + problem.level()
        + "\" message=\""
        + xml(problem.message())
        + "\">"
        + xml(text)
        + "</failure>\n    </testcase>\n";
  }

  private static String skip(Accepted accepted) {
    return "      <skipped message=\""
        + xml(accepted.reason() + " (until " + accepted.until() + ")")
        + "\"/>\n    </testcase>\n";
  }

  /** Text for XML 1.0, without the control characters that it cannot hold. */
  static String xml(String text) {
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
