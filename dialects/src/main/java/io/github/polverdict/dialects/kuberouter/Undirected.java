package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Placed;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy of both types, before 1.3 any policy, has one chain that is entered without asking for
 * the direction (pkg/controllers/netpol/pod.go, setupPodNetpolRules). So between two of its own
 * subjects its ingress rules also open the source's egress, and its egress rules the destination's
 * ingress.
 */
final class Undirected {
  private Undirected() {}

  static List<Placed> leaks(List<Placed> policy, Origin.BuiltIn because) {
    List<Placed> out = new ArrayList<>();
    for (Placed placed : policy) {
      for (Rule rule : placed.block().rules()) {
        out.add(new Placed(placed.tier(), leak(placed.block(), rule, because)));
      }
    }
    return out;
  }

  /**
   * The other gate of a flow between two subjects: whoever is a peer of the rule may use it there.
   */
  private static Block leak(Block block, Rule rule, Origin.BuiltIn because) {
    Direction other =
        switch (block.direction()) {
          case INGRESS -> Direction.EGRESS;
          case EGRESS -> Direction.INGRESS;
        };
    Origin origin = new Origin.Bent(rule.origin().place(), because);
    List<Doubt> doubts = new ArrayList<>(rule.onlyIf());
    List<Selector> subject = new ArrayList<>(List.of(block.subject()));
    for (PeerSpec peer : rule.peers()) {
      switch (peer) {
        case PeerSpec.Anyone _ -> subject.add(Selector.ALL);
        case PeerSpec.Selected(Selector selector) -> subject.add(selector);
        case PeerSpec.InRange _ ->
            doubts.add(
                new Doubt.KnownAtRuntime(
                    "whether the address of the other subject is in the ipBlock", origin));
        case PeerSpec.Runtime runtime -> doubts.add(runtime.doubt());
        case PeerSpec.Called _, PeerSpec.CalledBy _, PeerSpec.Forwarded _, PeerSpec.AllOf _ ->
            throw new IllegalStateException("NetworkPolicies have no such peer");
      }
    }
    Rule opened =
        new Rule(
            rule.rank(),
            List.of(new PeerSpec.Selected(block.subject())),
            rule.traffic(),
            rule.action(),
            doubts,
            origin);
    return new Block(
        block.name(), new Selector.And(subject), other, false, List.of(opened), List.of(), origin);
  }
}
