package io.github.polverdict.questions.diff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Mixed clusters that answer many requests at once: for a flow only the inputs of its scope must be
 * as asked, so that requests that don't contradict each other share a cluster.
 */
final class Mixes {
  private final List<Mix> all = new ArrayList<>();

  /**
   * What must be known: with these inputs from the second cluster and the others of the scope from
   * the first.
   */
  record Request(BitSet scope, BitSet set) {}

  /** A cluster to be mixed. */
  static final class Mix {
    private final BitSet fromA = new BitSet();
    private final BitSet fromB = new BitSet();
    private final List<Request> requests = new ArrayList<>();

    private boolean takes(BitSet first, BitSet second) {
      return !fromB.intersects(first) && !fromA.intersects(second);
    }

    BitSet fromB() {
      return fromB;
    }

    List<Request> requests() {
      return requests;
    }
  }

  /** Asks for a set of a scope. */
  void add(BitSet scope, BitSet set) {
    BitSet first = (BitSet) scope.clone();
    first.andNot(set);
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

  List<Mix> all() {
    return all;
  }
}
