package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.cilium.policy.Families;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What Cilium makes of a valid NetworkPolicy (pkg/k8s/network_policy.go, ParseNetworkPolicy). */
final class CiliumBends {
  private CiliumBends() {}

  /** The row by which the agent fails to parse the policy and leaves it out, if it does. */
  static Optional<String> dropped(NetworkPolicySpec spec, Context context) {
    boolean ports =
        spec.portEntries().stream()
            .anyMatch(e -> e.port().isEmpty() || e.protocol() == Protocol.SCTP);
    boolean ranges =
        spec.ingress().stream()
            .flatMap(r -> r.peers().stream())
            .anyMatch(Peer.Block.class::isInstance);
    return Stream.of(
            Optional.of("cilium.unparsable-port-drops-policy").filter(_ -> ports),
            Optional.of("cilium.ipblock-rejected-own-cluster").filter(_ -> ranges))
        .flatMap(Optional::stream)
        .filter(context::active)
        .findFirst();
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
      out = out.mapIngress(rule -> beside(rule, b -> Optional.of(ownNamespace(b)), because));
    }
    return out;
  }

  /** A policy with what its ranges surely mean beside their own family. */
  static NetworkPolicySpec inBothFamilies(NetworkPolicySpec spec, Families families) {
    return families
        .because()
        .map(because -> spec.mapRules(rule -> beside(rule, b -> otherFamily(b, families), because)))
        .orElse(spec);
  }

  private static Optional<Peer> otherFamily(Peer.Block block, Families families) {
    return Optional.of(families.beside(block.addresses(), !block.except().isEmpty(), true))
        .filter(other -> !other.isEmpty())
        .map(other -> new Peer.Block(block.place(), other, List.of(), block.strict()));
  }

  /** A policy's blocks with whom its peers may mean beside those that they surely do. */
  static List<Placed> perhapsMore(
      NetworkPolicySpec spec,
      List<Placed> placed,
      Families families,
      Set<Kind> byWholeRange,
      Context context) {
    ClusterLabel label = new ClusterLabel(context);
    Map<Origin, PeerSpec> more = new HashMap<>();
    for (Peer peer : spec.peers()) {
      label
          .otherClusters(peer)
          .or(() -> allOfFour(peer, families, byWholeRange))
          .ifPresent(who -> more.put(peer.place().origin(), who));
    }
    return placed.stream().map(p -> with(p, more)).toList();
  }

  private static Placed with(Placed placed, Map<Origin, PeerSpec> more) {
    List<Rule> rules =
        placed.block().rules().stream()
            .map(r -> Optional.ofNullable(more.get(r.origin().place())).map(r::withPeer).orElse(r))
            .toList();
    return new Placed(placed.tier(), placed.block().withRules(rules));
  }

  /** What a range may mean beside its own family. */
  private static Optional<PeerSpec> allOfFour(
      Peer peer, Families families, Set<Kind> byWholeRange) {
    return peer instanceof Peer.Block block
        ? families
            .perhapsFour(block.addresses())
            .map(d -> perhaps(new PeerSpec.InRange(IpSet.ALL_V4, byWholeRange), d))
        : Optional.empty();
  }

  /** A peer, if a fact is so. */
  static PeerSpec perhaps(PeerSpec who, Doubt doubt) {
    return new PeerSpec.AllOf(List.of(who, new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, doubt)));
  }

  private static Peer ownNamespace(Peer.Block block) {
    LabelQuery everyPod = new LabelQuery(block.place(), List.of());
    return new Peer.Pods(block.place(), Optional.of(everyPod), Optional.empty());
  }

  /** A rule with more peers for its ranges. */
  private static RuleEntry beside(
      RuleEntry rule, Function<Peer.Block, Optional<Peer>> more, Origin.BuiltIn because) {
    List<Peer> peers = new ArrayList<>(rule.peers());
    for (Peer peer : rule.peers()) {
      if (peer instanceof Peer.Block block) {
        more.apply(block).ifPresent(peers::add);
      }
    }
    return peers.size() == rule.peers().size() ? rule : rule.withPeers(peers, because);
  }
}
