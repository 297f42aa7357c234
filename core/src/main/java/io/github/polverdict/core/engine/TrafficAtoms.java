package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Ranges;
import io.github.polverdict.core.kernel.TrafficSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All traffic, cut into pieces that every rule treats alike; a piece is a run of one protocol. */
final class TrafficAtoms {
  private final List<Atom> atoms = new ArrayList<>();
  private final Map<TrafficSet, BitSet> known = new HashMap<>();

  /** Numbers of one protocol, both ends included. */
  record Atom(Protocol protocol, int first, int last) {}

  TrafficAtoms(Collection<TrafficSet> sets) {
    for (Protocol protocol : Protocol.values()) {
      TreeSet<Integer> starts = new TreeSet<>(List.of(protocol.lowest()));
      for (TrafficSet set : sets) {
        for (int[] range : set.numbers(protocol).ranges()) {
          starts.add(Math.max(range[0], protocol.lowest()));
          starts.add(range[1] + 1);
        }
      }
      starts.removeIf(s -> s > protocol.highest());
      for (int start : starts) {
        Integer next = starts.higher(start);
        atoms.add(new Atom(protocol, start, next == null ? protocol.highest() : next - 1));
      }
    }
  }

  int size() {
    return atoms.size();
  }

  /** Each atom as traffic, in order. */
  List<TrafficSet> each() {
    return atoms.stream().map(a -> TrafficSet.of(a.protocol(), a.first(), a.last())).toList();
  }

  /** Every atom. */
  BitSet all() {
    BitSet out = new BitSet(atoms.size());
    out.set(0, atoms.size());
    return out;
  }

  /** The atom that a number of a protocol is in. */
  int of(Protocol protocol, int number) {
    return in(TrafficSet.of(protocol, number, number)).nextSetBit(0);
  }

  /** The atoms that the set has; it is a union of atoms. Not to be changed. */
  BitSet in(TrafficSet set) {
    BitSet out = known.get(set);
    if (out == null) {
      out = new BitSet(atoms.size());
      for (int i = 0; i < atoms.size(); i++) {
        out.set(i, set.contains(atoms.get(i).protocol(), atoms.get(i).first()));
      }
      known.put(set, out);
    }
    return out;
  }

  TrafficSet traffic(BitSet some) {
    if (some.cardinality() == atoms.size()) {
      return TrafficSet.ALL;
    }
    TrafficSet out = TrafficSet.NONE;
    for (Protocol protocol : Protocol.values()) {
      Ranges numbers = Ranges.NONE;
      for (int i = some.nextSetBit(0); i >= 0; i = some.nextSetBit(i + 1)) {
        if (atoms.get(i).protocol() == protocol) {
          numbers = numbers.or(Ranges.of(atoms.get(i).first(), atoms.get(i).last()));
        }
      }
      out = out.or(TrafficSet.of(protocol, numbers));
    }
    return out;
  }
}
