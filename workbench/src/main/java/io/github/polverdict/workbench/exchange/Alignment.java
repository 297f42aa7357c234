package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which item of one list corresponds to which of another, in their order, so that most of what they
 * say is in common (Needleman and Wunsch 1970). What has nothing in common is no couple.
 */
final class Alignment {
  /** Longer lists are taken in order, but for what is the same at both ends. */
  private static final int MOST_CELLS = 40_000;

  private final List<Set<String>> a;
  private final List<Set<String>> b;
  private final List<Value> itemsA;
  private final List<Value> itemsB;

  /**
   * An item of each list.
   *
   * @param a its index, -1 when the first list has no such item
   */
  record Couple(int a, int b) {}

  private Alignment(List<Value> a, List<Value> b) {
    this.itemsA = a;
    this.itemsB = b;
    this.a = a.stream().map(Alignment::sayings).toList();
    this.b = b.stream().map(Alignment::sayings).toList();
  }

  /** Every item of both, in the order of both. */
  static List<Couple> of(List<Value> a, List<Value> b) {
    int start = 0;
    int shorter = Math.min(a.size(), b.size());
    while (start < shorter && Trees.same(a.get(start), b.get(start))) {
      start++;
    }
    int ends = 0;
    while (ends < shorter - start
        && Trees.same(a.get(a.size() - 1 - ends), b.get(b.size() - 1 - ends))) {
      ends++;
    }
    List<Couple> out = new ArrayList<>();
    for (int i = 0; i < start; i++) {
      out.add(new Couple(i, i));
    }
    Alignment middle =
        new Alignment(a.subList(start, a.size() - ends), b.subList(start, b.size() - ends));
    for (Couple couple : middle.couples()) {
      out.add(
          new Couple(
              couple.a() < 0 ? -1 : couple.a() + start, couple.b() < 0 ? -1 : couple.b() + start));
    }
    for (int i = ends; i > 0; i--) {
      out.add(new Couple(a.size() - i, b.size() - i));
    }
    return out;
  }

  private List<Couple> couples() {
    if ((long) a.size() * b.size() > MOST_CELLS) {
      return inOrder();
    }
    double[][] best = new double[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        double alone = Math.max(best[i + 1][j], best[i][j + 1]);
        best[i][j] = Math.max(alone, likeness(i, j) + best[i + 1][j + 1]);
      }
    }
    List<Couple> out = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      boolean both = i < a.size() && j < b.size() && likeness(i, j) > 0;
      if (both && best[i][j] == likeness(i, j) + best[i + 1][j + 1]) {
        out.add(new Couple(i++, j++));
      } else if (j == b.size() || (i < a.size() && best[i][j] == best[i + 1][j])) {
        out.add(new Couple(i++, -1));
      } else {
        out.add(new Couple(-1, j++));
      }
    }
    return out;
  }

  private List<Couple> inOrder() {
    List<Couple> out = new ArrayList<>();
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      out.add(new Couple(i < a.size() ? i : -1, i < b.size() ? i : -1));
    }
    return out;
  }

  /** Between 0, nothing in common, and 1, all; what has the same form has a little. */
  private double likeness(int i, int j) {
    Set<String> both = new HashSet<>(a.get(i));
    both.retainAll(b.get(j));
    int all = a.get(i).size() + b.get(j).size() - both.size();
    double little = alike(itemsA.get(i), itemsB.get(j)) ? 0.01 : 0;
    return little + 0.98 * (all == 0 ? 1 : (double) both.size() / all);
  }

  /** Whether one may have been changed into the other: two values, or some key in common. */
  private static boolean alike(Value one, Value other) {
    if (one instanceof Mapping m && other instanceof Mapping n) {
      return m.entries().keySet().stream().anyMatch(n.entries()::containsKey);
    }
    return one instanceof Scalar == other instanceof Scalar;
  }

  /** Each place of a tree with what stands there. */
  private static Set<String> sayings(Value value) {
    Set<String> out = new HashSet<>();
    say("", value, out);
    return out;
  }

  private static void say(String path, Value value, Set<String> out) {
    switch (value) {
      case Scalar s -> out.add(path + "=" + s.text());
      case Sequence s -> s.items().forEach(i -> say(path + "[]", i, out));
      case Mapping m -> m.entries().forEach((k, v) -> say(path + "." + k, v, out));
    }
  }
}
