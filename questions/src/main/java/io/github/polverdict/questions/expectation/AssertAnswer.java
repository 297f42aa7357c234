package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.words.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of expectations.
 *
 * @param rows one for each expectation, in their order; of one that looks at each namespace one for
 *     each of them
 */
public record AssertAnswer(
    String source, List<Row> rows, List<Pin> pins, List<Missing> missing, List<Finding> findings) {

  /** What became of an expectation. */
  public enum Result {
    /** All flows are as expected. */
    HOLDS,
    /** A flow surely is not. */
    FAILS,
    /** None surely is not, and of some it is not known. */
    UNKNOWN,
    /** It is about no flow, or a part of it means nobody: nothing was tested. */
    EMPTY
  }

  /**
   * One expectation.
   *
   * @param name with the namespace when it looks at each
   * @param words both ends
   * @param flows how many flows it is about: source, destination, address family and port
   * @param against how many of them surely are not as expected
   * @param unknown of how many it is not known
   * @param example the first that is not as expected, or else of which it is not known; empty when
   *     all are
   * @param problems why a part of it means nothing here; not empty exactly when it is EMPTY
   * @param packets what packets showed; empty when none were sent
   * @param origin where it stands
   */
  public record Row(
      String name,
      Outcome wanted,
      String words,
      Result result,
      long flows,
      long against,
      long unknown,
      Optional<Example> example,
      List<String> problems,
      List<String> notes,
      Optional<Packets> packets,
      Origin origin) {
    public Row {
      problems = List.copyOf(problems);
      notes = List.copyOf(notes);
    }

    /** The same with what packets showed; one that is not as expected fails it. */
    Row seen(Packets shown) {
      Result both = shown.against() > 0 && result != Result.EMPTY ? Result.FAILS : result;
      return new Row(
          name,
          wanted,
          words,
          both,
          flows,
          against,
          unknown,
          example,
          problems,
          notes,
          Optional.of(shown),
          origin);
    }
  }

  /**
   * One flow and why it is as it is.
   *
   * @param from a pod, a node or outside addresses
   * @param to the same, or a Service
   * @param traffic all between these two that is like this
   * @param reason what decided it; what is missing when nothing did
   * @param quirks rows of the engine's profile that it rests on
   * @param asked the two ends in the words of {@code explain}
   */
  public record Example(
      String from,
      String to,
      TrafficSet traffic,
      Outcome outcome,
      Reason reason,
      List<Origin.BuiltIn> quirks,
      List<Doubt> doubts,
      Asked asked) {
    public Example {
      quirks = List.copyOf(quirks);
      doubts = List.copyOf(doubts);
    }
  }

  /** The words with which {@code explain} tells more. */
  public record Asked(String from, String to) {}

  /**
   * What packets showed of an expectation.
   *
   * @param tried how many flows, each for all that nothing tells apart from it
   * @param silent how many of them do not tell
   * @param first the first one that is not as expected, as one sentence; empty when none is
   */
  public record Packets(int tried, int asExpected, int against, int silent, String first) {}

  public AssertAnswer {
    rows = List.copyOf(rows);
    pins = List.copyOf(pins);
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }

  /** The rows with a result, in their order. */
  public List<Row> with(Result result) {
    return rows.stream().filter(r -> r.result() == result).toList();
  }

  /** How many packets of all rows do not tell. */
  public int silent() {
    return rows.stream().flatMap(r -> r.packets().stream()).mapToInt(Packets::silent).sum();
  }
}
