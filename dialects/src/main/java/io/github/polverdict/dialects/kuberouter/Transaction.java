package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one policy that nft does not take means for all: the sync ends before any pod's chain is
 * written ({@code "Aborting sync. Failed to sync network policy chains"}, npc_nftables.go,
 * fullPolicySync), so each node keeps the rules of before, and has none after a restart.
 */
final class Transaction {
  private static final String OVERLAPPING = "kube-router.nft-overlapping-cidrs";
  private static final String NO_NUMBER = "kube-router.nft-port-without-number";

  private Transaction() {}

  /** Why the sync ends early, if a policy of the snapshot makes it. */
  static Optional<Doubt> aborted(Snapshot snapshot, Context context) {
    return aborted(OVERLAPPING, Ranges::overlap, snapshot, context)
        .or(() -> aborted(NO_NUMBER, Transaction::withoutNumber, snapshot, context));
  }

  private static Optional<Doubt> aborted(
      String row, Predicate<NetworkPolicySpec> breaks, Snapshot snapshot, Context context) {
    return context.active(row) && NetworkPolicies.valid(snapshot).stream().anyMatch(breaks)
        ? Optional.of(Doubt.Unverified.of(context.origin(row)))
        : Optional.empty();
  }

  private static boolean withoutNumber(NetworkPolicySpec spec) {
    return spec.isolates().stream()
        .flatMap(direction -> spec.rules(direction).stream())
        .flatMap(rule -> rule.ports().stream())
        .anyMatch(entry -> entry.port().isEmpty());
  }

  /** The same blocks, of which it is not known whether they are in force. */
  static List<Placed> perhaps(List<Placed> policy, Doubt doubt) {
    return policy.stream().map(p -> new Placed(p.tier(), p.block().onlyIf(doubt))).toList();
  }
}
