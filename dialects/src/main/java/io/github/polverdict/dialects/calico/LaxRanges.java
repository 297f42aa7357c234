package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ranges that the API server takes and Calico's own parser may refuse: leading zeros. Whether the
 * rule then holds for every address was read from source and never seen.
 */
final class LaxRanges {
  private LaxRanges() {}

  static boolean in(NetworkPolicySpec spec) {
    return spec.blocks().stream().anyMatch(b -> !b.strict());
  }

  /** What holds in any case: everything else, and what is left of ranges with a lax exception. */
  static NetworkPolicySpec sure(NetworkPolicySpec spec) {
    return spec.mapRules(rule -> rule.anyone() ? rule : only(rule, sure(rule.peers())));
  }

  private static List<Peer> sure(List<Peer> peers) {
    return peers.stream().filter(p -> !(p instanceof Peer.Block b && !readable(b))).toList();
  }

  /** The same blocks, each with the rules that may be there too. */
  static List<Placed> joined(
      List<Placed> sure, NetworkPolicySpec spec, Reading reading, Doubt doubt) {
    NetworkPolicySpec wide = spec.mapRules(rule -> only(rule, wide(rule.peers())));
    List<Block> open = NetworkPolicies.placed(wide, reading).stream().map(Placed::block).toList();
    return sure.stream().map(p -> new Placed(p.tier(), joined(p.block(), open, doubt))).toList();
  }

  /** What the ranges stand for if they are refused: every address, or one without exceptions. */
  private static List<Peer> wide(List<Peer> peers) {
    List<Peer> out = new ArrayList<>();
    for (Peer peer : peers) {
      if (peer instanceof Peer.Block b && !b.strict()) {
        IpSet all = readable(b) ? b.addresses() : IpSet.ALL;
        out.add(new Peer.Block(b.place(), all, List.of(), true));
      }
    }
    return out;
  }

  private static Block joined(Block sure, List<Block> open, Doubt doubt) {
    Stream<Rule> more =
        open.stream()
            .filter(b -> b.direction() == sure.direction())
            .flatMap(b -> b.rules().stream())
            .map(r ->
                new Rule(r.rank(), r.peers(), r.traffic(), r.action(), List.of(doubt), r.origin()));
    return sure.withRules(Stream.concat(sure.rules().stream(), more).toList());
  }

  private static boolean readable(Peer.Block block) {
    return IpSet.cidr(block.place().get("ipBlock").get("cidr").text("")).isPresent();
  }

  private static RuleEntry only(RuleEntry rule, List<Peer> peers) {
    return new RuleEntry(rule.place(), false, peers, rule.everything(), rule.ports(), rule.bent());
  }
}
