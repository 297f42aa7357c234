package io.github.polverdict.questions.naming;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import java.util.ArrayList;
import java.util.List;

/** Addresses as blocks of a NetworkPolicy. */
public final class Cidrs {
  private Cidrs() {}

  /** The fewest blocks that are exactly the set, in order. */
  public static List<String> of(IpSet set) {
    List<String> out = new ArrayList<>();
    for (IpSet.Range range : set.ranges()) {
      IpAddress from = range.first();
      while (true) {
        int prefix = widest(from, range.last());
        out.add(from + "/" + prefix);
        IpAddress last = from.masked(prefix, true);
        if (last.compareTo(range.last()) >= 0) {
          break;
        }
        from = last.next().orElseThrow();
      }
    }
    return out;
  }

  /** A block of addresses without some. */
  public record Block(String cidr, List<String> except) {
    public Block {
      except = List.copyOf(except);
    }
  }

  /** The set in the shorter form: as blocks, or as all addresses of a family without others. */
  public static List<Block> blocks(IpSet set) {
    List<Block> out = new ArrayList<>();
    for (Family family : Family.values()) {
      List<String> plain = of(set.of(family));
      IpSet every = family == Family.IPV4 ? IpSet.ALL_V4 : IpSet.ALL_V6;
      List<String> others = of(every.minus(set));
      if (others.size() + 1 < plain.size()) {
        out.add(new Block(family == Family.IPV4 ? "0.0.0.0/0" : "::/0", others));
      } else {
        plain.forEach(cidr -> out.add(new Block(cidr, List.of())));
      }
    }
    return out;
  }

  /** The shortest prefix of a block that begins here and does not go beyond. */
  private static int widest(IpAddress from, IpAddress last) {
    int prefix = from.family().bits();
    while (prefix > 0
        && from.masked(prefix - 1, false).equals(from)
        && from.masked(prefix - 1, true).compareTo(last) <= 0) {
      prefix--;
    }
    return prefix;
  }
}
