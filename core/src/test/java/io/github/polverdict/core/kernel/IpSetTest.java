package io.github.polverdict.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpSetTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** The first, last and some middle addresses of each family, where mistakes are made. */
  private static final List<IpAddress> SPOTS = spots();

  private static List<IpAddress> spots() {
    List<IpAddress> out = new ArrayList<>();
    for (IpAddress.Family family : IpAddress.Family.values()) {
      Optional<IpAddress> next = Optional.of(new IpAddress(family, 0, 0));
      Optional<IpAddress> before = Optional.of(new IpAddress(family, 0, 0).masked(0, true));
      for (int i = 0; i < 5; i++) {
        next.ifPresent(out::add);
        before.ifPresent(out::add);
        next = next.flatMap(IpAddress::next);
        before = before.flatMap(IpAddress::previous);
      }
    }
    for (long low = -3; low < 3; low++) { // across the two halves of an IPv6 address
      out.add(new IpAddress(IpAddress.Family.IPV6, low < 0 ? 6 : 7, low));
    }
    return out.stream().sorted().toList();
  }

  private record Both(IpSet set, Predicate<IpAddress> contains) {}

  private Both some() {
    IpSet set = IpSet.NONE;
    Predicate<IpAddress> contains = _ -> false;
    for (int i = random.nextInt(4); i > 0; i--) {
      IpAddress a = SPOTS.get(random.nextInt(SPOTS.size()));
      IpAddress b = SPOTS.get(random.nextInt(SPOTS.size()));
      if (a.family() == b.family()) {
        IpAddress first = a.compareTo(b) < 0 ? a : b;
        IpAddress last = a.compareTo(b) < 0 ? b : a;
        set = set.or(IpSet.of(first, last));
        contains =
            contains.or(x ->
                x.family() == first.family() && x.compareTo(first) >= 0 && x.compareTo(last) <= 0);
      }
    }
    return new Both(set, contains);
  }

  private void same(IpSet set, Predicate<IpAddress> contains) {
    for (IpAddress spot : SPOTS) {
      assertThat(set.contains(spot))
          .as("%s in %s, seed %d", spot, set, seed)
          .isEqualTo(contains.test(spot));
    }
    assertThat(IpSet.union(set.ranges().stream().map(r -> IpSet.of(r.first(), r.last())).toList()))
        .as("normal form, seed %d", seed)
        .isEqualTo(set);
  }

  @Test
  void operationsAreThoseOfTheAddresses() {
    for (int i = 0; i < 1000; i++) {
      Both a = some();
      Both b = some();
      same(a.set().or(b.set()), a.contains().or(b.contains()));
      same(a.set().and(b.set()), a.contains().and(b.contains()));
      same(a.set().minus(b.set()), a.contains().and(b.contains().negate()));
      same(a.set().complement(), a.contains().negate());
      assertThat(a.set().subsetOf(b.set()))
          .as("seed %d", seed)
          .isEqualTo(a.set().minus(b.set()).isEmpty());
      assertThat(a.set().complement().complement()).as("seed %d", seed).isEqualTo(a.set());
    }
  }

  @Test
  void hostBitsOfARangeAreMaskedAway() {
    assertThat(IpSet.cidr("10.1.2.3/8")).get().hasToString("10.0.0.0-10.255.255.255");
    assertThat(IpSet.cidr("fd00::1:2/112")).get().hasToString("fd00::1:0-fd00::1:ffff");
    assertThat(IpSet.cidr("0.0.0.0/0")).contains(IpSet.ALL_V4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "010.0.0.0/8", "::/129", "/8", "a/8"})
  void whatIsNoRangeIsNotRead(String text) {
    assertThat(IpSet.cidr(text)).isEmpty();
  }
}
