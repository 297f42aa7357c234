package io.github.polverdict.dialects.antrea.policy;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order of all rules of a snapshot: by the priority of their tier, then that of their policy,
 * then their place in it (pkg/agent/types/networkpolicy.go, Priority). Rules of two policies with
 * one priority are so served by their places, and only those of one place have no order.
 */
public final class Ranks {
  private static final Comparator<Key> ORDER =
      Comparator.comparingInt(Key::tier)
          .thenComparingDouble(Key::policy)
          .thenComparingInt(Key::rule);

  private final List<Key> keys;

  private record Key(int tier, double policy, int rule) {}

  private Ranks(Set<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Collects the priorities of policies before any of their rules is given its rank. */
  public static final class Builder {
    private final Set<Key> keys = new TreeSet<>(ORDER);

    /** A policy with so many rules in its longer direction. */
    public Builder add(int tier, double policy, int rules) {
      for (int i = 0; i < rules; i++) {
        keys.add(new Key(tier, policy, i));
      }
      return this;
    }

    public Ranks build() {
      return new Ranks(keys);
    }
  }

  /** The rank of a rule of a policy that was added. */
  public int of(int tier, double policy, int rule) {
    int found = Collections.binarySearch(keys, new Key(tier, policy, rule), ORDER);
    if (found < 0) {
      throw new IllegalStateException("no policy of tier " + tier + " has priority " + policy);
    }
    return found;
  }
}
