package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.NameCache;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Set;

/**
 * Addresses that a NodeLocal DNSCache binds to a dummy device of each node: agents count them as
 * the node's own since 1.17 (pkg/datapath/tables/node_address.go: getAddressesFromDevice).
 */
final class NameCaches {
  private NameCaches() {}

  static List<Passage> passages(Snapshot snapshot, Context context) {
    IpSet addresses =
        IpSet.union(
            NameCache.all(snapshot).stream()
                .flatMap(c -> c.addresses().stream())
                .map(IpSet::of)
                .toList());
    if (addresses.isEmpty()) {
      return List.of();
    }
    boolean host = context.active("cilium.nodelocal-dns-host");
    Origin.BuiltIn origin =
        context.origin(host ? "cilium.nodelocal-dns-host" : "cilium.nodelocal-dns-identity");
    Passage passage =
        Passages.of(new Effect.SeenAs(Direction.EGRESS, new Guise.NodeOf(End.SOURCE)), origin)
            .between(Passages.PODS, new PeerSpec.InRange(addresses, Set.of()));
    Doubt which =
        new Doubt.KnownAtRuntime(
            "whether the agent takes the DNS cache's address for the node's own", origin);
    if (Passages.nodes(snapshot).isEmpty()) {
      return List.of(passage.onlyIf(new Doubt.KnownAtRuntime("which nodes there are", origin)));
    }
    return List.of(host ? passage : passage.onlyIf(which));
  }
}
