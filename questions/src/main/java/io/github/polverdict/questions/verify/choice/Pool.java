package io.github.polverdict.questions.verify.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Flow classes to choose from: all of them, or of very many a sample in which each is as likely as
 * any other. Those that are wanted in any case are always in it.
 */
final class Pool {
  private static final int MOST = 200_000;

  private final Set<FlowClass> wanted;
  private final Random random;
  private final List<Chance> sure = new ArrayList<>();
  private final List<Chance> sample = new ArrayList<>();
  private long others;

  Pool(Set<FlowClass> wanted, Random random) {
    this.wanted = wanted;
    this.random = random;
  }

  void add(Chance chance) {
    if (!wanted.isEmpty() && wanted.contains(chance.key())) {
      sure.add(chance);
      return;
    }
    others++;
    if (sample.size() < MOST) {
      sample.add(chance);
    } else {
      long place = random.nextLong(others);
      if (place < MOST) {
        sample.set((int) place, chance);
      }
    }
  }

  /** How many there are, in the sample or not. */
  long size() {
    return sure.size() + others;
  }

  /** Those that are wanted, then the sample in random order. */
  List<Chance> shuffled() {
    List<Chance> out = new ArrayList<>(sample);
    Shuffle.of(out, random);
    out.addAll(0, sure);
    return out;
  }
}
