package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Addresses that only CiliumNodes tell: those of cilium_host, of the health and of the ingress
 * endpoint of each node. To the agents they are host, remote-node, health or ingress, never the
 * outside (pkg/k8s/apis/cilium.io/v2/types.go, NodeSpec; pkg/node/manager/manager.go).
 */
final class NodeAddresses {
  static final String KIND = "CiliumNode.cilium.io";
  private static final String ROW = "cilium.node-addresses";

  private NodeAddresses() {}

  /** Doubts for what is asked about such an address as if it were something outside. */
  static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Document> nodes = snapshot.ofKind(KIND);
    IpSet known = known(snapshot);
    IpSet more = IpSet.union(nodes.stream().map(NodeAddresses::own).toList()).minus(known);
    if (more.isEmpty()) {
      return List.of();
    }
    Document first = nodes.getFirst();
    Doubt doubt =
        new Doubt.KnownAtRuntime(
            "which node it is, or which endpoint of Cilium's own, that CiliumNodes give the"
                + " address to: ask for the node",
            first.origin());
    Origin origin = new Origin.Bent(first.origin(), context.origin(ROW));
    PeerSpec at = new PeerSpec.InRange(more, Set.of());
    List<Passage> out = new ArrayList<>();
    for (Direction gate : Direction.values()) {
      Passage open = Passages.of(new Effect.Uncertain(gate), origin).onlyIf(doubt);
      out.add(open.between(at, PeerSpec.ANYONE));
      out.add(open.between(PeerSpec.ANYONE, at));
    }
    return out;
  }

  private static IpSet own(Document node) {
    Field spec = node.at("spec");
    return IpSet.union(
        Stream.concat(
                spec.get("addresses").items().stream().map(a -> a.get("ip")),
                Stream.of("health", "ingress")
                    .flatMap(k -> Stream.of(spec.get(k).get("ipv4"), spec.get(k).get("ipv6"))))
            .flatMap(f -> address(f).stream())
            .toList());
  }

  /** What nodes are known by without them. */
  private static IpSet known(Snapshot snapshot) {
    return IpSet.union(
        snapshot.ofKind("Node").stream()
            .flatMap(n -> n.at("status", "addresses").items().stream())
            .flatMap(a -> address(a.get("address")).stream())
            .toList());
  }

  private static Optional<IpSet> address(Field field) {
    return field.text().flatMap(IpAddress::parse).map(IpSet::of);
  }
}
