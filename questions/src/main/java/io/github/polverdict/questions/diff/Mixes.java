package io.github.polverdict.questions.diff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Mixed clusters that answer many requests at once: for a flow only the inputs of its scope must be
 * as asked, so that requests that don't contradict each other share a cluster.
 */
final class Mixes {
  private final List<Mix> all = new ArrayList<>();
  private final Set<Request> asked = new HashSet<>();

  /**
   * What must be known: with these inputs from the second cluster and the others of the scope from
   * the first.
   */
  record Request(BitSet scope, BitSet set) {}

  /** A cluster to be mixed. */
  private static final class Mix {
    private final BitSet fromA = new BitSet();
    private final BitSet fromB = new BitSet();
    private final List<Request> requests = new ArrayList<>();

    private boolean takes(BitSet first, BitSet second) {
      return !fromB.intersects(first) && !fromA.intersects(second);
    }
  }

  /** Asks for a set of a scope. */
  void add(BitSet scope, BitSet set) {
    BitSet first = (BitSet) scope.clone();
    first.andNot(set);
    if (!asked.add(new Request(scope, set))) {
      return;
    }
    Mix mix = all.stream().filter(m -> m.takes(first, set)).findFirst().orElseGet(this::another);
    mix.fromA.or(first);
    mix.fromB.or(set);
    mix.requests.add(new Request(scope, set));
  }

  private Mix another() {
    Mix out = new Mix();
    all.add(out);
    return out;
  }

  /**
   * Mixes each cluster and answers what was asked of it.
   *
   * @return whether all could be mixed
   */
  boolean each(Choices choices, BiConsumer<Request, Hybrids.Mixed> answer) {
    for (int next = 0; next < all.size(); ) {
      if (choices.exhausted()) {
        return false;
      }
      int end = Math.min(next + choices.hybrids().atOnce(), all.size());
      List<Mix> some = all.subList(next, end);
      List<Hybrids.Mixed> mixed =
          choices.hybrids().mixed(some.stream().map(m -> choices.recipe(m.fromB)).toList());
      for (int i = 0; i < some.size(); i++) {
        Hybrids.Mixed cluster = mixed.get(i);
        some.get(i).requests.forEach(request -> answer.accept(request, cluster));
      }
      next = end;
    }
    return true;
  }
}
