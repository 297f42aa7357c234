package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.questions.table.Outside.Held;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for a pair of sides.
 *
 * @param family of the addresses; empty when it holds for every family that both have
 */
public record Entry<T>(Side src, Side dst, Optional<Family> family, T what) {

  /** Entries with outside neighbours that agree put together; what is inside keeps its order. */
  public static <T> List<Entry<T>> merged(List<Entry<T>> entries) {
    Map<Run<T>, List<Held<T>>> runs = new LinkedHashMap<>();
    List<Entry<T>> out = new ArrayList<>();
    for (Entry<T> entry : entries) {
      if (entry.src() instanceof Side.Range(IpSet.Range range)) {
        Run<T> run = new Run<>(entry.dst(), false, entry.family(), entry.what());
        runs.computeIfAbsent(run, _ -> new ArrayList<>()).add(new Held<>(range, entry.what()));
      } else if (entry.dst() instanceof Side.Range(IpSet.Range range)) {
        Run<T> run = new Run<>(entry.src(), true, entry.family(), entry.what());
        runs.computeIfAbsent(run, _ -> new ArrayList<>()).add(new Held<>(range, entry.what()));
      } else {
        out.add(entry);
      }
    }
    runs.forEach((run, held) -> Outside.merged(held).forEach(h -> out.add(run.entry(h.range()))));
    return out;
  }

  /** Entries of one inside side and one direction that say the same. */
  private record Run<T>(Side inside, boolean outgoing, Optional<Family> family, T what) {
    Entry<T> entry(IpSet.Range range) {
      Side outside = new Side.Range(range);
      return outgoing
          ? new Entry<>(inside, outside, Optional.empty(), what)
          : new Entry<>(outside, inside, Optional.empty(), what);
    }
  }

  /** Entries of several families that say the same put together. */
  public static <T> List<Entry<T>> acrossFamilies(List<Entry<T>> entries, int families) {
    Map<Entry<T>, Set<Family>> same = new LinkedHashMap<>();
    for (Entry<T> entry : entries) {
      Entry<T> bare = new Entry<>(entry.src(), entry.dst(), Optional.empty(), entry.what());
      Set<Family> in = same.computeIfAbsent(bare, _ -> EnumSet.noneOf(Family.class));
      entry.family().ifPresent(in::add);
    }
    List<Entry<T>> out = new ArrayList<>();
    same.forEach((bare, in) -> {
      boolean one = families > 1 && in.size() == 1;
      out.add(
          one ? new Entry<>(bare.src(), bare.dst(), in.stream().findFirst(), bare.what()) : bare);
    });
    return out;
  }
}
