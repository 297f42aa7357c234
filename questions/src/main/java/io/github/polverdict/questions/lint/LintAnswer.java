package io.github.polverdict.questions.lint;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.questions.lint.checks.Remedy;
import java.util.List;

/**
 * What is wrong with the policies of one cluster.
 *
 * @param problems the worst first, then by place
 * @param accepted what an object declares as known and accepted, in the same order
 * @param findings what was wrong with the input
 */
public record LintAnswer(
    String source,
    List<Problem> problems,
    List<Accepted> accepted,
    List<Pin> pins,
    List<Missing> missing,
    List<Finding> findings) {

  /**
   * One finding.
   *
   * @param title what is wrong, in half a sentence; empty for problems of the input
   * @param message one sentence without a full stop
   * @param object the object that it is about; empty for the cluster as a whole
   */
  public record Problem(
      String code,
      Level level,
      String title,
      String message,
      String object,
      Origin origin,
      Remedy remedy) {}

  /** A finding with the reason for which it is accepted, and until when (yyyy-mm-dd). */
  public record Accepted(Problem problem, String reason, String until, Origin origin) {}

  public LintAnswer {
    problems = List.copyOf(problems);
    accepted = List.copyOf(accepted);
    pins = List.copyOf(pins);
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }
}
