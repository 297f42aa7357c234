package io.github.polverdict.questions.lint;

import io.github.polverdict.questions.Surroundings.Waiver;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A waiver as it is understood: {@code REASON (until YYYY-MM-DD)}. It counts up to and including
 * that day.
 *
 * @param wrong why it does not count; empty when it does
 */
record Acceptance(Waiver waiver, String reason, String until, String wrong) {
  private static final Pattern FORM =
      Pattern.compile("(.*?)\\s*\\(?\\s*until\\s+(\\S+?)\\s*\\)?\\s*", Pattern.DOTALL);

  static Acceptance of(Waiver waiver, LocalDate today) {
    boolean known =
        Catalogue.entries().stream().anyMatch(e -> e.code().startsWith(waiver.code()))
            && waiver.code().matches("PV[0-9]{1,3}");
    if (!known) {
      return new Acceptance(waiver, "", "", "there is no finding " + waiver.code());
    }
    Matcher form = FORM.matcher(waiver.text());
    if (!form.matches()) {
      return new Acceptance(waiver, "", "", "it says no day: write 'REASON (until YYYY-MM-DD)'");
    }
    String reason = form.group(1).strip();
    Optional<LocalDate> until = date(form.group(2));
    String wrong =
        reason.isEmpty()
            ? "it gives no reason"
            : until.isEmpty()
                ? "'" + form.group(2) + "' is no day of the form YYYY-MM-DD"
                : until.get().isBefore(today) ? "it ended on " + until.get() : "";
    return new Acceptance(waiver, reason, form.group(2), wrong);
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  boolean counts() {
    return wrong.isEmpty();
  }

  /** Whether it is for the problem: the object itself, or everything in its namespace. */
  boolean covers(Problem problem) {
    String object = problem.object();
    boolean inNamespace =
        !waiver.namespace().isEmpty()
            && (object.contains(" " + waiver.namespace() + "/")
                || object.equals("Namespace " + waiver.namespace()));
    return problem.code().startsWith(waiver.code())
        && (object.equals(waiver.object()) || inNamespace);
  }
}
