package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Cilium makes of a valid NetworkPolicy (pkg/k8s/network_policy.go, ParseNetworkPolicy). */
final class CiliumBends {
  private CiliumBends() {}

  /** Whether the agent fails to parse the policy and leaves it out. */
  static boolean dropped(NetworkPolicySpec spec, Context context) {
    return context.active("cilium.unparsable-port-drops-policy")
        && spec.portEntries().stream()
            .anyMatch(e -> e.port().isEmpty() || e.protocol() == Protocol.SCTP);
  }

  static NetworkPolicySpec bent(NetworkPolicySpec spec, Context context) {
    NetworkPolicySpec out = new ClusterLabel(context).answered(spec);
    if (context.active("cilium.policytypes-ignored-when-rules-present")) {
      out =
          Bends.isolatingByRules(
              out, context.origin("cilium.policytypes-ignored-when-rules-present"));
    }
    if (context.active("cilium.endport")) {
      out = Bends.firstPortOnly(out, context.origin("cilium.endport"));
    }
    if (context.active("cilium.ipblock-opens-own-namespace-cve")) {
      Origin.BuiltIn because = context.origin("cilium.ipblock-opens-own-namespace-cve");
      out = out.mapRules(rule -> openedToOwnNamespace(rule, because));
    }
    return out;
  }

  private static RuleEntry openedToOwnNamespace(RuleEntry rule, Origin.BuiltIn because) {
    List<Peer> peers = new ArrayList<>(rule.peers());
    for (Peer peer : rule.peers()) {
      if (peer instanceof Peer.Block) {
        LabelQuery everyPod = new LabelQuery(peer.place(), List.of());
        peers.add(new Peer.Pods(peer.place(), Optional.of(everyPod), Optional.empty()));
      }
    }
    return peers.size() == rule.peers().size() ? rule : rule.withPeers(peers, because);
  }
}
