package io.github.polverdict.dialects.azurenpm;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the chains of Azure NPM see: new connections that are forwarded, after translation. */
final class AzureNpmFrame {
  private AzureNpmFrame() {}

  static Frame of(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active("azure-npm.forward-only")) {
      var origin = context.origin("azure-npm.forward-only");
      out.add(Passages.nodeToPod(Where.SAME_NODE, origin));
      out.add(Passages.podToNode(Where.SAME_NODE, origin));
    }
    if (context.active("azure-npm.lb-nodeport-bypass")) {
      Passages.forwardedByAnyNode(snapshot).ifPresent(pods -> out.add(fromOutside(pods, context)));
    }
    if (context.active("azure-npm.ipv6")) {
      out.addAll(ipv6(context));
    }
    return Passages.frame(out, View.CLEAR, Traits.USUAL);
  }

  private static Passage fromOutside(PeerSpec pods, Context context) {
    return Passages.of(
            new Effect.Bypass(Direction.INGRESS), context.origin("azure-npm.lb-nodeport-bypass"))
        .between(Passages.OUTSIDE, pods)
        .via(Via.NODE_PORT, Via.LOAD_BALANCER);
  }

  private static List<Passage> ipv6(Context context) {
    var origin = context.origin("azure-npm.ipv6");
    PeerSpec sixes = new PeerSpec.InRange(IpSet.ALL_V6, Set.of(Kind.values()));
    return List.of(Direction.values()).stream()
        .map(gate ->
            Passages.of(new Effect.Uncertain(gate), origin)
                .between(sixes, sixes)
                .onlyIf(Doubt.Unverified.of(origin)))
        .toList();
  }
}
