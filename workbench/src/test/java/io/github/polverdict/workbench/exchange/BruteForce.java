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
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.table.Compared;
import io.github.polverdict.questions.table.Side;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries every set of inputs on its own, and so knows the smallest ones. */
final class BruteForce {
  private static final int MOST_FIELDS = 6;

  private final Mixer mixer;
  private final List<Ingredient> inputs;
  private final Map<Reach, Reach> known = new HashMap<>();
  private final List<Set<Ingredient>> subsets = new ArrayList<>();
  private final Map<Set<Ingredient>, Compared> mixed = new HashMap<>();

  BruteForce(Mixer mixer) {
    this.mixer = mixer;
    this.inputs = mixer.differing();
    assertThat(inputs).as("brute force is for few inputs").hasSizeLessThan(9);
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

  /** Each change has exactly the smallest sets that flip all of its traffic and that last. */
  void check(List<Change> changes) {
    for (Change change : changes) {
      if (change.ways().size() == 1 && change.ways().getFirst().size() == 1) {
        checkFields(change.ways().getFirst().getFirst(), change);
      }
      int least = inputs.size() + 1;
      Set<Set<Ingredient>> smallest = new HashSet<>();
      for (Set<Ingredient> set : subsets) {
        if (set.size() <= least && flips(set, change) && lasts(set, change)) {
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

  /** Of the fields of its only input it has exactly the smallest sets that flip its traffic. */
  private void checkFields(Ingredient input, Change change) {
    int count = mixer.fields(input);
    if (count < 2 || count > MOST_FIELDS) {
      return;
    }
    Set<Set<String>> smallest = new HashSet<>();
    for (int size = 1; size <= count && smallest.isEmpty(); size++) {
      for (int bits = 1; bits < 1 << count; bits++) {
        BitSet set = BitSet.valueOf(new long[] {bits});
        if (set.cardinality() == size && flips(some(input, set), change)) {
          smallest.add(says(input, set));
        }
      }
    }
    Set<Set<String>> told = new HashSet<>();
    for (List<DiffAnswer.Detail> one : change.fields()) {
      told.add(one.stream().map(DiffAnswer.Detail::says).collect(Collectors.toSet()));
    }
    assertThat(told).as("fields of %s", change).isEqualTo(smallest);
  }

  private Compared some(Ingredient input, BitSet fields) {
    return new Compared(mixer.mixed(Set.of(input), Map.of(input, fields)), false, known);
  }

  private Set<String> says(Ingredient input, BitSet fields) {
    return fields.stream().mapToObj(i -> mixer.field(input, i)).collect(Collectors.toSet());
  }

  /** The second without the set behaves as the first, or nothing else of the second undoes it. */
  private boolean lasts(Set<Ingredient> set, Change change) {
    Set<Ingredient> others = new HashSet<>(inputs);
    others.removeAll(set);
    return !flips(others, change)
        || subsets.stream().filter(s -> s.containsAll(set)).allMatch(s -> flips(s, change));
  }

  private boolean flips(Set<Ingredient> set, Change change) {
    return flips(java.util.Objects.requireNonNull(mixed.get(set)), change);
  }

  private static boolean flips(Compared cluster, Change change) {
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
      String service = party.name().replaceFirst(" by .*", "");
      Via via =
          party.name().endsWith("node port")
              ? Via.NODE_PORT
              : party.name().endsWith("balancer") ? Via.LOAD_BALANCER : Via.CLUSTER_IP;
      List<Side> out = new ArrayList<>();
      for (Protocol protocol : Protocol.values()) {
        traffic
            .numbers(protocol)
            .ranges()
            .forEach(r -> out.add(new Side.Called(service, via, protocol, r[0])));
      }
      return out;
    }
    return List.of(new Side.Inside(party.name()));
  }
}
