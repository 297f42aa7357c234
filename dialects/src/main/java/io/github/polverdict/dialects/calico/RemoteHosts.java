package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a pod sees of another node, and what becomes of its calls of the own one: the host's packets
 * carry the tunnel's address where the pool is encapsulated, and what a pod sends to its own host
 * is judged once more by DefaultEndpointToHostAction.
 */
final class RemoteHosts {
  private static final List<String> TUNNELS =
      List.of(
          "projectcalico.org/IPv4IPIPTunnelAddr",
          "projectcalico.org/IPv4VXLANTunnelAddr",
          "projectcalico.org/IPv4WireguardInterfaceAddr");

  private RemoteHosts() {}

  static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active("canal.remote-host-to-pod-source")) {
      out.add(tunnel(flannel(snapshot), context.origin("canal.remote-host-to-pod-source")));
    } else {
      Map<String, IpSet> tunnels = tunnels(snapshot);
      if (!tunnels.isEmpty()) {
        Origin.BuiltIn origin = context.origin("calico.remote-host-to-pod-source");
        Passage passage = tunnel(tunnels, origin);
        boolean sometimes =
            snapshot.ofKind("IPPool").stream()
                .anyMatch(p ->
                    (p.at("spec", "ipipMode").text("") + p.at("spec", "vxlanMode").text(""))
                        .contains("CrossSubnet"));
        Doubt doubt =
            new Doubt.KnownAtRuntime(
                "whether the two nodes are in one subnet (CrossSubnet)", origin);
        out.add(sometimes ? passage.onlyIf(doubt) : passage);
      }
    }
    if (context.active("calico.pod-to-own-host-return")) {
      Origin.BuiltIn origin = context.origin("calico.pod-to-own-host-return");
      Doubt doubt = new Doubt.KnownAtRuntime("what the node's own INPUT chain does", origin);
      out.add(
          Passages.of(new Effect.Uncertain(Direction.EGRESS), origin)
              .between(Passages.PODS, Passages.HOSTS)
              .where(Where.SAME_NODE)
              .onlyIf(doubt));
    }
    return out;
  }

  private static Passage tunnel(Map<String, IpSet> addresses, Origin origin) {
    return Passages.of(new Effect.SeenAs(Direction.INGRESS, new Guise.TunnelOf(addresses)), origin)
        .between(Passages.HOSTS, Passages.PODS)
        .where(Where.OTHER_NODE);
  }

  private static Map<String, IpSet> tunnels(Snapshot snapshot) {
    Map<String, IpSet> out = new TreeMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      Field annotations = node.at("metadata", "annotations");
      TUNNELS.stream()
          .map(name -> annotations.get(name).text())
          .flatMap(Optional::stream)
          .map(IpAddress::parse)
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(address -> out.put(node.id().name(), IpSet.of(address)));
    }
    return out;
  }

  /** flannel.1 has the first address of the node's podCIDR. */
  private static Map<String, IpSet> flannel(Snapshot snapshot) {
    Map<String, IpSet> out = new TreeMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      node.at("spec", "podCIDR")
          .text()
          .flatMap(IpSet::cidr)
          .ifPresent(cidr -> out.put(node.id().name(), IpSet.of(cidr.ranges().getFirst().first())));
    }
    return out;
  }
}
