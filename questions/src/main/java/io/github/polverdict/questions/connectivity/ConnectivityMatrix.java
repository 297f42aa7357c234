package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who reaches whom, as a table in which every cell says why. Outside addresses are cut no finer
 * than it takes to tell them apart.
 *
 * @param answer the same as a list
 * @param cells a row for each source with a cell for each destination; equal cells are one object
 */
public record ConnectivityMatrix(
    ConnectivityAnswer answer,
    List<Side> sources,
    List<Side> destinations,
    List<List<Cell>> cells) {

  /**
   * A row or a column.
   *
   * @param namespace empty for what is in none
   * @param labels those of its first pod
   */
  public record Side(Party party, String namespace, Map<String, String> labels) {}

  /** What one may send to the other; without parts for a party and itself. */
  public record Cell(List<Part> parts) {
    public Cell {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Traffic of a cell that comes out alike.
   *
   * @param family present when IPv4 and IPv6 differ
   * @param grounds one for each way in which it is decided; at least one
   */
  public record Part(
      Outcome outcome, TrafficSet traffic, Optional<Family> family, List<Ground> grounds) {
    public Part {
      grounds = List.copyOf(grounds);
    }
  }

  /**
   * How it comes to an outcome. Speaks of "the source" and "the destination".
   *
   * @param sample traffic for which it is so
   * @param gates those that decide; none when no engine enforces anything
   */
  public record Ground(Sample sample, List<Because> gates, List<Doubt> doubts) {
    public Ground {
      gates = List.copyOf(gates);
      doubts = List.copyOf(doubts);
    }
  }

  /** What decides a gate. */
  public record Because(Direction gate, String plane, Reason reason) {}

  public ConnectivityMatrix {
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    cells = cells.stream().map(List::copyOf).toList();
  }
}
