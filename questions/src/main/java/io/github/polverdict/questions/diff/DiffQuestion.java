package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Side;
import io.github.polverdict.questions.table.Compared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two clusters, and which input causes it?
 *
 * @param nodes whether nodes count
 * @param tenants the key of the label of namespaces that says whose they are; empty when none does
 * @param tries how many mixed clusters may be judged to find causes
 */
public record DiffQuestion(boolean nodes, Optional<String> tenants, int tries) {
  public static final int TRIES = 400;

  /** The question without tenants, with as many tries as usual. */
  public DiffQuestion(boolean nodes) {
    this(nodes, Optional.empty(), TRIES);
  }

  public DiffAnswer ask(Exchange exchange) {
    Map<Reach, Reach> known = new HashMap<>();
    Compared a = new Compared(exchange.a(), nodes, known);
    Compared b = new Compared(exchange.b(), nodes, known);
    List<Spot> spots = Spots.of(a, b);
    List<Spot.Piece> pieces = new ArrayList<>(Spot.pieces(spots));
    pieces.addAll(Spot.pieces(Spots.calls(a, b)));
    Hybrids hybrids = new Hybrids(exchange, this, known);
    Scopes scopes = new Scopes(exchange, hybrids);
    Causes causes = new Causes(scopes, pieces);
    Narrowed narrowed = new Narrowed(exchange, hybrids);
    List<Found> every = found(causes, scopes);
    List<Found> outside = new OwnAddresses(a, b).leaveOut(every);
    List<Found> found = narrowed.of(Explained.without(outside, a, b));
    Groups groups = new Groups(exchange, List.of(a, b), new Risks(a, b, tenants));
    return new DiffAnswer(
        side(exchange.a()),
        side(exchange.b()),
        Pairs.of(OwnAddresses.left(spots, every, outside), a, b),
        groups.of(found),
        missing(a, b),
        missing(b, a),
        exchange.unmatched(),
        idle(exchange, found, groups),
        List.of(),
        hybrids.made(),
        causes.all() && narrowed.all());
  }

  private static List<Found> found(Causes causes, Scopes scopes) {
    List<Found> out = new ArrayList<>();
    for (Causes.Flipped one : causes.found()) {
      boolean whole = one.traffic() == one.piece().traffic();
      Spot.Piece piece = whole ? one.piece() : one.piece().with(one.traffic());
      List<List<Ingredient>> ways =
          one.ways().stream().map(w -> List.copyOf(scopes.inputs(w))).toList();
      out.add(new Found(piece, ways, List.of()));
    }
    return out;
  }

  /**
   * What differs and is in no way. Places and addresses always differ somewhere; workloads of one
   * side only are told elsewhere, as is what engines read their settings from.
   */
  private static List<Cause> idle(Exchange exchange, List<Found> found, Groups groups) {
    Set<Ingredient> busy = new HashSet<>();
    found.forEach(f -> f.ways().forEach(busy::addAll));
    return exchange.differing().stream()
        .filter(i -> !busy.contains(i) && i.kind() != Ingredient.Kind.NODES)
        .map(i -> groups.cause(i, List.of()))
        .filter(c ->
            c.input().kind() != Ingredient.Kind.WORKLOAD
                || (!c.inA().isEmpty() && !c.inB().isEmpty()))
        .filter(
            c -> c.input().kind() != Ingredient.Kind.CONFIGURATION || !c.differences().isEmpty())
        .toList();
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
