package io.github.polverdict.lab.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is played together, turn after turn, until it is known which ones end an agent: a turn that
 * did is played again by halves, and one alone a second time, for an agent of another node may end
 * only now of what the turn before it did.
 *
 * @param <T> what is played
 */
final class Turns<T> {
  private final Deque<List<T>> left;
  private final Set<T> suspects = new HashSet<>();

  Turns(List<List<T>> turns) {
    this.left = new ArrayDeque<>(turns);
  }

  boolean more() {
    return !left.isEmpty();
  }

  List<T> next() {
    return left.removeFirst();
  }

  /** Hears that an agent ended in a turn: returns the one that did it, once that is sure. */
  Optional<T> ended(List<T> turn) {
    T first = turn.getFirst();
    if (turn.size() > 1) {
      left.addFirst(turn.subList(turn.size() / 2, turn.size()));
      left.addFirst(turn.subList(0, turn.size() / 2));
    } else if (suspects.add(first)) {
      left.addFirst(turn);
    } else {
      return Optional.of(first);
    }
    return Optional.empty();
  }
}
