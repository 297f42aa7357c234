package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.Causes.Found;
import io.github.polverdict.questions.diff.DiffAnswer.Side;
import io.github.polverdict.questions.table.Compared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What differs between two clusters, and which input causes it?
 *
 * @param nodes whether nodes count
 */
public record DiffQuestion(boolean nodes) {

  public DiffAnswer ask(Exchange exchange) {
    Map<Reach, Reach> known = new HashMap<>();
    Compared a = new Compared(exchange.a(), nodes, known);
    Compared b = new Compared(exchange.b(), nodes, known);
    List<Spot> spots = Spots.of(a, b);
    Hybrids hybrids = new Hybrids(exchange, nodes, known);
    List<Spot.Piece> pieces = new ArrayList<>(pieces(spots));
    Explained explained = new Explained(a, b, pieces);
    pieces(Spots.calls(a, b)).stream().filter(p -> !explained.covers(p)).forEach(pieces::add);
    List<Found> found = new Causes(hybrids, exchange.differing(), pieces).all();
    return new DiffAnswer(
        side(exchange.a()),
        side(exchange.b()),
        Pairs.of(spots, a, b),
        new Groups(exchange, a, b).of(found),
        missing(a, b),
        missing(b, a),
        hybrids.made(),
        !hybrids.exhausted());
  }

  private static List<Spot.Piece> pieces(List<Spot> spots) {
    return spots.stream().flatMap(s -> s.pieces().stream()).toList();
  }

  private static Side side(Bench bench) {
    return new Side(
        bench.name(), bench.model().pins(), bench.inventory().missing(), bench.findings());
  }

  /** What the first has and the second lacks: by name, and families of outside addresses. */
  private static List<Party> missing(Compared some, Compared others) {
    TreeSet<Party> out = new TreeSet<>();
    for (String name : some.parties().names()) {
      if (others.parties().members(name).isEmpty()) {
        some.parties().party(name).ifPresent(out::add);
      }
    }
    some.services().stream()
        .filter(s -> !others.services().contains(s))
        .forEach(s -> out.add(Party.service(s)));
    for (Family family : some.bench().families()) {
      if (!others.bench().families().contains(family)) {
        some.parties().outside().stream()
            .filter(e -> !e.addresses().set().of(family).isEmpty())
            .forEach(e -> out.add(Party.single(e)));
      }
    }
    return List.copyOf(out);
  }
}
