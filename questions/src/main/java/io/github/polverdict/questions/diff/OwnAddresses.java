package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses of the pods, nodes and Services of two clusters. That one cluster has others than
 * the other is no difference of what is outside: as far as it matters, flows to the pods, nodes and
 * Services tell it.
 */
final class OwnAddresses {
  private final IpSet all;

  OwnAddresses(Compared a, Compared b) {
    List<IpSet> sets = new ArrayList<>();
    for (Compared one : List.of(a, b)) {
      for (Endpoint endpoint : one.bench().universe().endpoints()) {
        if (endpoint.kind() != Kind.EXTERNAL && endpoint.addresses().exact()) {
          sets.add(endpoint.addresses().set());
        }
      }
      one.bench().universe().services().forEach(service -> sets.add(service.addresses()));
    }
    this.all = IpSet.union(sets);
  }

  /** What was found, but for flows to or from such addresses that differ because they moved. */
  List<Found> leaveOut(List<Found> found) {
    return found.stream().filter(f -> !moved(f)).toList();
  }

  /** The spots of which something is left, or of which nothing was left out. */
  static List<Spot> left(List<Spot> spots, List<Found> before, List<Found> after) {
    Set<Spot> gone = new HashSet<>();
    before.forEach(f -> gone.add(f.piece().spot()));
    after.forEach(f -> gone.remove(f.piece().spot()));
    return spots.stream().filter(s -> !gone.contains(s)).toList();
  }

  private boolean moved(Found found) {
    Spot spot = found.piece().spot();
    boolean own = isOwn(spot.src()) || isOwn(spot.dst());
    return own
        && !found.ways().isEmpty()
        && found.ways().stream()
            .flatMap(List::stream)
            .allMatch(input -> input.kind() == Ingredient.Kind.NODES);
  }

  private boolean isOwn(Side side) {
    return side instanceof Side.Range(IpSet.Range range)
        && IpSet.of(range.first(), range.last()).subsetOf(all);
  }
}
