package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.Causes.Found;
import io.github.polverdict.questions.diff.DiffAnswer.Side;
import io.github.polverdict.questions.table.Parties;
import io.github.polverdict.questions.table.View;
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
    View a = new View(exchange.a(), nodes, known);
    View b = new View(exchange.b(), nodes, known);
    List<Spot> spots = Spots.of(a, b);
    Hybrids hybrids = new Hybrids(exchange, nodes, known);
    List<Spot.Piece> pieces = spots.stream().flatMap(s -> s.pieces().stream()).toList();
    List<Found> found = new Causes(hybrids, exchange.differing(), pieces).all();
    return new DiffAnswer(
        side(exchange.a()),
        side(exchange.b()),
        Pairs.of(spots, a, b),
        new Groups(exchange, a, b).of(found),
        missing(a.parties(), b.parties()),
        missing(b.parties(), a.parties()),
        hybrids.made(),
        !hybrids.exhausted());
  }

  private static Side side(Bench bench) {
    return new Side(bench.name(), bench.model().pins(), bench.inventory().missing(), bench.findings());
  }

  /** What the first has and the second lacks: parties by name, and families of outside addresses. */
  private static List<Party> missing(Parties some, Parties others) {
    TreeSet<Party> out = new TreeSet<>();
    for (String name : some.names()) {
      if (others.members(name).isEmpty()) {
        some.party(name).ifPresent(out::add);
      }
    }
    for (Family family : Family.values()) {
      if (some.uses(family) && !others.uses(family)) {
        List<Party> ranges = new ArrayList<>();
        some.outside().stream()
            .filter(e -> e.addresses().set().ranges().getFirst().first().family() == family)
            .forEach(e -> ranges.add(Party.single(e)));
        out.addAll(ranges);
      }
    }
    return List.copyOf(out);
  }
}
