package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code 0.0.0.0/0} and {@code ::/0} mean beside their own family: a selector of the world,
 * which agents have not always told apart by families (pkg/policy/api/cidr.go).
 *
 * @param both the row by which each means both; empty where that is not so
 * @param onlyFour the row by which only IPv4 is enabled and {@code ::/0} means it
 * @param perhapsFour the row by which that is not known
 */
public record Families(
    Optional<Origin.BuiltIn> both,
    Optional<Origin.BuiltIn> onlyFour,
    Optional<Origin.BuiltIn> perhapsFour) {

  /** What this version and configuration makes of them. */
  public static Families of(Snapshot snapshot, Context context) {
    return new Families(
        context.row("cilium.ipblock-zero-both-families"),
        context.row("cilium.ipblock-other-family-zero"),
        context.row("cilium.ipblock-other-family-zero-unsaid").filter(_ -> !hasSix(snapshot)));
  }

  private static boolean hasSix(Snapshot snapshot) {
    Stream<Field> pods =
        snapshot.ofKind("Pod").stream()
            .filter(p -> !p.at("spec", "hostNetwork").bool().orElse(false))
            .flatMap(p -> p.at("status", "podIPs").items().stream())
            .map(i -> i.get("ip"));
    Stream<Field> ranges =
        snapshot.ofKind("Node").stream().flatMap(n -> n.at("spec", "podCIDRs").items().stream());
    return Stream.concat(pods, ranges).anyMatch(f -> f.text("").contains(":"));
  }

  /** The row by which a range means more than its family, if there is any. */
  public Optional<Origin.BuiltIn> because() {
    return both.or(() -> onlyFour);
  }

  /**
   * The addresses of the other family that a range also means; usually none.
   *
   * @param excepts whether something is taken away from it
   * @param ofSet whether it is an ipBlock or an item of a CIDRSet
   */
  public IpSet beside(IpSet range, boolean excepts, boolean ofSet) {
    boolean four = range.equals(IpSet.ALL_V4);
    boolean six = range.equals(IpSet.ALL_V6);
    if (both.isPresent() && !excepts && (four || six)) {
      return four ? IpSet.ALL_V6 : IpSet.ALL_V4;
    }
    return onlyFour.isPresent() && ofSet && six ? IpSet.ALL_V4 : IpSet.NONE;
  }

  /** Why a range of an ipBlock, or of a CIDRSet, may mean all of IPv4, too; usually nothing. */
  public Optional<Doubt> perhapsFour(IpSet range) {
    return perhapsFour.filter(_ -> range.equals(IpSet.ALL_V6)).map(Doubt.Unverified::of);
  }
}
