package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranges inside of one that has an except, which lies inside of them. A range inherits by its first
 * address (checkAndDeriveL4InfoFromAnyMatchingCIDRs in pkg/fwruleprocessor): nothing at all when
 * that is in the except, everything when it is not, and then the pods and ranges in the except
 * inherit it in turn.
 */
final class NarrowerRanges {
  static final String ROW = "aws-vpc-cni.except-in-narrower-range";

  private final Cluster cluster;
  private final Map<Side, List<Named>> named = new HashMap<>();

  /** The policies of a namespace in one direction. */
  private record Side(String namespace, Direction direction) {}

  /** A range that a policy names. */
  private record Named(NetworkPolicySpec by, IpSet range) {}

  /**
   * What becomes of a range with excepts.
   *
   * @param lost what it allows and narrower ones may close
   * @param won what it excepts and narrower ones may open
   */
  record Change(IpSet lost, IpSet won) {
    static final Change NONE = new Change(IpSet.NONE, IpSet.NONE);
  }

  NarrowerRanges(List<NetworkPolicySpec> specs, Cluster cluster) {
    this.cluster = cluster;
    for (NetworkPolicySpec spec : specs) {
      for (Direction direction : Direction.values()) {
        List<Named> here =
            named.computeIfAbsent(new Side(spec.namespace(), direction), _ -> new ArrayList<>());
        spec.rules(direction).stream()
            .flatMap(r -> r.blocks().stream())
            .forEach(b -> here.add(new Named(spec, b.addresses())));
      }
    }
  }

  /** What narrower ranges that some pod has together with a policy's range do to it. */
  Change of(Peer.Block range, NetworkPolicySpec by, Direction direction) {
    List<IpSet> inside =
        named.getOrDefault(new Side(by.namespace(), direction), List.of()).stream()
            .filter(n -> n.range().subsetOf(range.addresses()))
            .filter(n -> !n.range().equals(range.addresses()))
            .filter(n -> !excepts(range, n.range()).isEmpty())
            .filter(n -> cluster.together(n.by(), by))
            .map(Named::range)
            .distinct()
            .toList();
    List<IpSet> lost = new ArrayList<>();
    List<IpSet> won = new ArrayList<>();
    for (IpSet inner : inside) {
      List<IpSet> excepts = excepts(range, inner);
      if (excepts.stream().anyMatch(first(inner)::subsetOf)) {
        lost.add(inner.and(range.net()));
      } else if (range.except().stream().noneMatch(first(inner)::subsetOf)) {
        won.addAll(excepts);
      }
    }
    return new Change(IpSet.union(lost), IpSet.union(won));
  }

  private static List<IpSet> excepts(Peer.Block range, IpSet inner) {
    return range.except().stream().filter(e -> e.subsetOf(inner) && !e.equals(inner)).toList();
  }

  private static IpSet first(IpSet range) {
    return IpSet.of(range.ranges().getFirst().first());
  }
}
