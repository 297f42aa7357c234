package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Address ranges as kube-router programmes them: all ipBlocks of one rule share one set, so that an
 * except of one peer cuts out of another's cidr (pkg/controllers/netpol/policy.go,
 * evalIPBlockPeer).
 */
final class Ranges {
  private static final IpSet V6 =
      IpSet.cidr("2000::/3").orElseThrow().or(IpSet.cidr("fd00::/8").orElseThrow());

  private Ranges() {}

  static NetworkPolicySpec shared(NetworkPolicySpec spec, Context context) {
    NetworkPolicySpec out = spec.mapRules(rule -> partial(rule, context));
    if (context.active("kube-router.nft-except-first")) {
      return out.mapRules(rule -> cut(rule, false, context.origin("kube-router.nft-except-first")));
    }
    return out.mapRules(rule -> cut(rule, true, context.origin("kube-router.except-rule-scoped")));
  }

  /** Whether two different ranges of one rule, or two of its excepts, have addresses in common. */
  static boolean overlap(NetworkPolicySpec spec) {
    return spec.isolates().stream()
        .flatMap(direction -> spec.rules(direction).stream())
        .anyMatch(rule -> {
          List<Peer.Block> blocks = blocks(rule);
          return overlapping(blocks.stream().map(Peer.Block::addresses).toList())
              || overlapping(blocks.stream().flatMap(b -> b.except().stream()).toList());
        });
  }

  private static boolean overlapping(List<IpSet> ranges) {
    List<IpSet> different = ranges.stream().distinct().toList();
    for (int i = 0; i < different.size(); i++) {
      IpSet one = different.get(i);
      if (different.subList(i + 1, different.size()).stream().anyMatch(one::overlaps)) {
        return true;
      }
    }
    return false;
  }

  private static List<Peer.Block> blocks(RuleEntry rule) {
    return rule.peers().stream()
        .filter(Peer.Block.class::isInstance)
        .map(Peer.Block.class::cast)
        .toList();
  }

  /** {@code ::/0} is programmed as 2000::/3 and fd00::/8. */
  private static RuleEntry partial(RuleEntry rule, Context context) {
    if (!context.active("kube-router.v6-default-route-partial")) {
      return rule;
    }
    boolean whole =
        rule.peers().stream()
            .anyMatch(p -> p instanceof Peer.Block b && b.addresses().equals(IpSet.ALL_V6));
    if (!whole) {
      return rule;
    }
    List<Peer> peers = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      boolean replace = peer instanceof Peer.Block b && b.addresses().equals(IpSet.ALL_V6);
      peers.add(
          replace ? new Peer.Block(peer.place(), V6, ((Peer.Block) peer).except(), true) : peer);
    }
    return rule.withPeers(peers, context.origin("kube-router.v6-default-route-partial"));
  }

  /**
   * Cuts every except of the rule out of every cidr of it.
   *
   * @param unlessWider whether a cidr that lies within the except keeps its addresses (longest
   *     prefix)
   */
  private static RuleEntry cut(RuleEntry rule, boolean unlessWider, Origin.BuiltIn because) {
    List<Peer.Block> blocks = blocks(rule);
    List<Peer> peers = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      peers.add(peer instanceof Peer.Block block ? cut(block, blocks, unlessWider) : peer);
    }
    return peers.equals(rule.peers()) ? rule : rule.withPeers(peers, because);
  }

  private static Peer.Block cut(Peer.Block block, List<Peer.Block> all, boolean unlessWider) {
    List<IpSet> except = new ArrayList<>(block.except());
    for (Peer.Block other : all) {
      for (IpSet hole : other.except()) {
        boolean own = block.except().contains(hole);
        boolean wins = !unlessWider || !block.addresses().subsetOf(hole);
        if (!own && wins && hole.overlaps(block.addresses())) {
          except.add(hole);
        }
      }
    }
    return except.size() == block.except().size()
        ? block
        : new Peer.Block(block.place(), block.addresses(), except, block.strict());
  }
}
