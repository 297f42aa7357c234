package io.github.polverdict.workbench.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tries every set of inputs on its own, and so knows the smallest ones. */
final class BruteForce {
  private final List<Ingredient> inputs;
  private final List<Set<Ingredient>> subsets = new ArrayList<>();
  private final Map<Set<Ingredient>, Compared> mixed = new HashMap<>();

  BruteForce(Mixer mixer) {
    this.inputs = mixer.differing();
    assertThat(inputs).as("brute force is for few inputs").hasSizeLessThan(9);
    Map<Reach, Reach> known = new HashMap<>();
    for (int bits = 0; bits < 1 << inputs.size(); bits++) {
      Set<Ingredient> set = new HashSet<>();
      for (int i = 0; i < inputs.size(); i++) {
        if ((bits >> i & 1) == 1) {
          set.add(inputs.get(i));
        }
      }
      subsets.add(set);
      mixed.put(set, new Compared(mixer.mixed(set), false, known));
    }
  }

  /** Each change has exactly the smallest sets that flip all of its traffic. */
  void check(List<Change> changes) {
    for (Change change : changes) {
      int least = inputs.size() + 1;
      Set<Set<Ingredient>> smallest = new HashSet<>();
      for (Set<Ingredient> set : subsets) {
        if (flips(set, change) && set.size() <= least) {
          if (set.size() < least) {
            smallest.clear();
          }
          least = set.size();
          smallest.add(set);
        }
      }
      Set<Set<Ingredient>> told = new HashSet<>();
      change.ways().forEach(way -> told.add(Set.copyOf(way)));
      assertThat(told).as("ways of %s", change).isEqualTo(smallest);
    }
  }

  private boolean flips(Set<Ingredient> set, Change change) {
    Compared cluster = java.util.Objects.requireNonNull(mixed.get(set));
    Family family = change.family().orElse(Family.IPV4);
    TrafficSet traffic = change.traffic();
    for (Side src : sides(change.src(), traffic)) {
      for (Side dst : sides(change.dst(), traffic)) {
        Optional<Reach> reach = cluster.reach(src, dst, family);
        if (reach.isEmpty()
            || !reach.get().with(change.b().outcome()).and(traffic).equals(traffic)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Side> sides(Party party, TrafficSet traffic) {
    if (party.kind() == Kind.EXTERNAL) {
      String[] ends = party.name().split("-", -1);
      IpAddress first = IpAddress.parse(ends[0]).orElseThrow();
      IpAddress last = IpAddress.parse(ends[1]).orElseThrow();
      return List.of(
          new Side.Range(new IpSet.Range(first, first)),
          new Side.Range(new IpSet.Range(last, last)));
    }
    if (party.kind() == Kind.NETWORK_SET) {
      List<Side> out = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        traffic
            .numbers(protocol)
            .ranges()
            .forEach(r -> out.add(new Side.Called(party.name(), Via.CLUSTER_IP, protocol, r[0])));
      }
      return out;
    }
    return List.of(new Side.Inside(party.name()));
  }
}
