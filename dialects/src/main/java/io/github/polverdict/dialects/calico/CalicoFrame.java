package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane.Denial;
import io.github.polverdict.core.model.Plane.Established;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.calico.policy.CalicoPolicies;
import io.github.polverdict.dialects.calico.policy.Tiers;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for Calico as a whole: static rules of Felix before the tier of NetworkPolicies, and
 * after it the pod's profile, which allows.
 */
final class CalicoFrame {
  /** The tier of Felix' static rules. */
  static final String FIRST = "felix";

  private CalicoFrame() {}

  static Frame of(Snapshot snapshot, Context context) {
    List<TierFrame> tiers = new ArrayList<>();
    HostFrame hosts = new HostFrame(snapshot, context);
    tiers.addAll(hosts.before());
    tiers.add(new TierFrame(FIRST, encapsulation(context), Action.DENY));
    tiers.addAll(
        new CalicoPolicies(snapshot, context, FIRST).ofHosts(Overlay.tunnels(snapshot, context)));
    tiers.addAll(new Tiers(snapshot, context).frames());
    tiers.addAll(hosts.after());
    boolean rejects = context.active("calico.reject") || context.active("calico.reject-nftables");
    Traits traits =
        new Traits(
            Established.SURVIVES,
            rejects ? Denial.REFUSED : Denial.SILENT_DROP,
            Mode.ENFORCING,
            hosts.judgedLoopbacks());
    return new Frame(
        true,
        Standard.in(Tiers.DEFAULT),
        tiers,
        new CalicoPassages(snapshot, context).all(),
        View.CLEAR,
        traits,
        Action.ALLOW,
        List.of());
  }

  /** Pods may not send encapsulated packets, with or without a policy. Isolates nobody. */
  private static List<Block> encapsulation(Context context) {
    List<Rule> rules = new ArrayList<>();
    if (context.active("calico.encap-from-pods-dropped")) {
      int port = FelixSettings.vxlanPort(context.setting("VXLANPort"));
      rules.add(
          deny(
              TrafficSet.of(Protocol.UDP, port, port),
              context.origin("calico.encap-from-pods-dropped")));
    }
    for (String row : List.of("calico.ipip-from-pods-dropped", "calico.bpf-ipip-dropped")) {
      if (context.active(row)) {
        rules.add(deny(TrafficSet.of(Protocol.OTHER, 4, 4), context.origin(row)));
      }
    }
    Origin origin = context.origin("calico.encap-from-pods-dropped");
    return List.of(
        new Block(
            "Felix' own static rule set",
            Selector.pods(),
            Direction.EGRESS,
            false,
            rules,
            List.of(),
            origin));
  }

  private static Rule deny(TrafficSet traffic, Origin origin) {
    return new Rule(
        0,
        List.of(PeerSpec.ANYONE),
        List.of(new TrafficSpec.Numeric(traffic)),
        Action.DENY,
        List.of(),
        origin);
  }
}
