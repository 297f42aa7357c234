package io.github.polverdict.questions.parity;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.Party;
import java.util.List;
import java.util.Optional;

/**
 * The same objects under several engines.
 *
 * @param engines in the order asked
 * @param rows flows on which the engines do not all agree, sorted
 * @param groups the rows by their cause: those with TCP or UDP first, then the cause of most rows
 * @param agreed how many pairs of parties the engines treat alike
 */
public record ParityAnswer(
    String source,
    List<Engine> engines,
    List<Row> rows,
    List<Group> groups,
    int agreed,
    List<Missing> missing) {

  /**
   * One engine that was asked.
   *
   * @param name as asked, {@code cilium@1.19}
   */
  public record Engine(String name, List<Pin> pins, List<Finding> findings) {
    public Engine {
      pins = List.copyOf(pins);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Flows with the same result under each engine, that rest on the same rows of profiles.
   *
   * @param results one for each engine, in their order
   */
  public record Row(
      Party src, Party dst, TrafficSet traffic, Optional<Family> family, List<Result> results) {
    public Row {
      results = List.copyOf(results);
    }

    /** Whether there is TCP or UDP in it, that is what applications mostly speak. */
    public boolean usual() {
      return !traffic.numbers(Protocol.TCP).isEmpty() || !traffic.numbers(Protocol.UDP).isEmpty();
    }

    Row with(TrafficSet other) {
      return new Row(src, dst, other, family, results);
    }
  }

  /**
   * What one engine does with the flows.
   *
   * @param because the deciding element, in one sentence without a full stop
   * @param origin where it stands; empty when nothing stands anywhere
   * @param quirks the engine's deviations that the result rests on
   */
  public record Result(
      Outcome outcome, String because, Optional<Origin> origin, List<Origin.BuiltIn> quirks) {
    public Result {
      quirks = List.copyOf(quirks);
    }
  }

  /**
   * Rows that rest on the same deviations.
   *
   * @param quirks of any of the engines, sorted by id; empty when no deviation is named
   * @param rows indices into the answer's rows
   */
  public record Group(List<Origin.BuiltIn> quirks, List<Integer> rows) {
    public Group {
      quirks = List.copyOf(quirks);
      rows = List.copyOf(rows);
    }
  }

  public ParityAnswer {
    engines = List.copyOf(engines);
    rows = List.copyOf(rows);
    groups = List.copyOf(groups);
    missing = List.copyOf(missing);
  }
}
