package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.page.Html.Term;
import io.github.polverdict.report.page.Html.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was looked at and what came of it, as build servers, code hosts and dashboards
 * show it.
 *
 * @param name of the test case
 * @param word what came of it in the words of its question, {@code CONTRADICTED}
 * @param details what else is to be said, in order
 * @param took zero where nothing was measured
 */
record Check(
    Rule rule,
    String name,
    About about,
    Result result,
    String word,
    List<Term> details,
    Duration took) {

  /**
   * What was looked for.
   *
   * @param id {@code PV203}, {@code baseline/dns}
   * @param name in lower case, empty without one
   * @param title in half a sentence; empty when there is nothing more to say than the id
   * @param why what comes of it; may be empty
   * @param help what to do; may be empty
   * @param page from the project's root
   */
  record Rule(
      String id, String name, String title, String why, String help, Level level, String page) {}

  /**
   * What was looked at.
   *
   * @param group which test cases belong together, {@code baseline.shop}
   * @param object {@code NetworkPolicy shop/web}; empty for the cluster as a whole
   * @param origin where it stands, as far as it stands anywhere
   */
  record About(String group, String object, Optional<Origin> origin) {

    /** {@code NetworkPolicy}; empty for the cluster. */
    String kind() {
      return object.split(" ", 2)[0];
    }

    /** {@code web}; empty for the cluster. */
    String name() {
      String whole = object.contains(" ") ? object.substring(object.indexOf(' ') + 1) : "";
      return whole.substring(whole.indexOf('/') + 1);
    }

    /** Of the object, or which the object is; empty for what is in none. */
    String namespace() {
      String whole = object.contains(" ") ? object.substring(object.indexOf(' ') + 1) : "";
      int slash = whole.indexOf('/');
      return slash >= 0 ? whole.substring(0, slash) : kind().equals("Namespace") ? whole : "";
    }
  }

  /** What came of it. */
  sealed interface Result {
    /** It is as it should be. */
    record Passed() implements Result {}

    /** It is not. */
    record Failed(Level level, String message) implements Result {}

    /** It is not, and somebody accepts that. */
    record Accepted(Level level, String message, Acceptance by) implements Result {}

    /** It could not be looked at as it was asked. */
    record Broken(String message) implements Result {}

    /** It is not known. */
    record Skipped(String message) implements Result {}

    /** There was nothing to look at. */
    record Nothing(String message) implements Result {}
  }

  /**
   * Why something is accepted.
   *
   * @param until the last day, yyyy-mm-dd
   * @param inSource whether the object itself says so; else a file of exceptions
   */
  record Acceptance(String reason, String until, boolean inSource) {
    @Override
    public String toString() {
      return reason + " (until " + until + ")";
    }
  }

  Check {
    details = List.copyOf(details);
  }

  /** The word of the detail that says what to do. */
  static final String FIX = "fix";

  static final Result PASSED = new Result.Passed();

  /** Where it stands in a list, what needs somebody first. */
  int order() {
    return switch (result) {
      case Result.Failed _ -> 0;
      case Result.Broken _ -> 1;
      case Result.Skipped _ -> 2;
      case Result.Accepted _ -> 3;
      case Result.Passed _ -> 4;
      case Result.Nothing _ -> 5;
    };
  }

  /** What is to be said of it first; its name when all is well. */
  String message() {
    return switch (result) {
      case Result.Passed _ -> name;
      case Result.Failed(Level _, String message) -> message;
      case Result.Accepted(Level _, String message, Acceptance _) -> message;
      case Result.Broken(String message) -> message;
      case Result.Skipped(String message) -> message;
      case Result.Nothing(String message) -> message;
    };
  }

  Level level() {
    return switch (result) {
      case Result.Failed(Level level, String _) -> level;
      case Result.Accepted(Level level, String _, Acceptance _) -> level;
      case Result.Passed _, Result.Broken _, Result.Skipped _, Result.Nothing _ -> rule.level();
    };
  }

  Tone tone() {
    return switch (result) {
      case Result.Passed _ -> Tone.GOOD;
      case Result.Failed _, Result.Broken _ -> Tone.BAD;
      case Result.Skipped _ -> Tone.UNSURE;
      case Result.Accepted _, Result.Nothing _ -> Tone.PLAIN;
    };
  }
}
