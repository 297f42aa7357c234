package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Ranges of outside addresses that several clusters may cut differently. */
public final class Outside {
  private Outside() {}

  /** The coarsest ranges of a family that none of the universes cuts further, by address. */
  public static List<IpSet.Range> cut(List<Parties> all, Family family) {
    TreeSet<IpAddress> starts = new TreeSet<>();
    for (Parties parties : all) {
      parties.outside().stream()
          .map(Parties::range)
          .filter(r -> r.first().family() == family)
          .forEach(r -> {
            starts.add(r.first());
            r.last().next().ifPresent(starts::add);
          });
    }
    List<IpSet.Range> out = new ArrayList<>();
    for (IpAddress start : starts) {
      IpAddress after = starts.higher(start);
      IpAddress last = after == null ? start.masked(0, true) : after.previous().orElse(start);
      boolean everywhere = all.stream().allMatch(p -> p.outside(start).isPresent());
      if (everywhere) {
        out.add(new IpSet.Range(start, last));
      }
    }
    return out;
  }

  /** How a range is called. */
  public static Party party(IpSet.Range range) {
    return new Party(range.first() + "-" + range.last(), Kind.EXTERNAL);
  }

  /** Whether one range begins where the other ends. */
  public static boolean touch(IpSet.Range before, IpSet.Range after) {
    return before.last().next().filter(after.first()::equals).isPresent();
  }

  /** Ranges with what holds for them, neighbours that agree put together. */
  public static <T> List<Held<T>> merged(List<Held<T>> sorted) {
    List<Held<T>> out = new ArrayList<>();
    for (Held<T> next : sorted) {
      Held<T> last = out.isEmpty() ? null : out.getLast();
      if (last != null && last.what().equals(next.what()) && touch(last.range(), next.range())) {
        IpSet.Range both = new IpSet.Range(last.range().first(), next.range().last());
        out.set(out.size() - 1, new Held<>(both, last.what()));
      } else {
        out.add(next);
      }
    }
    return out;
  }

  /** A range and what holds for it. */
  public record Held<T>(IpSet.Range range, T what) {}
}
