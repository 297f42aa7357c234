package io.github.polverdict.dialects.cilium;

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
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What holds for Cilium as a whole: what its datapath drops, and its modes. */
final class CiliumFrame {
  private static final TrafficSet FRAG_NEEDED = TrafficSet.messages(3, 4);

  private CiliumFrame() {}

  static Frame of(Snapshot snapshot, Context context, Localhost localhost) {
    List<TierFrame> tiers = new ArrayList<>();
    tiers.add(new TierFrame("datapath", datapath(context), Action.DENY));
    List<Block> own = new ArrayList<>(always(context));
    own.addAll(localhost.blocks());
    tiers.add(new TierFrame(Reading.TIER, own, Action.DENY));
    boolean clusterWide = context.active("cilium.kcnp");
    if (clusterWide) {
      tiers.add(1, new TierFrame(ClusterReading.ADMIN, List.of(), Action.PASS));
      tiers.add(new TierFrame(ClusterWide.DEFAULT, own, Action.DENY));
    }
    boolean audits = context.active("cilium.audit-mode");
    Traits traits =
        new Traits(Established.IS_CUT, denial(context), audits ? Mode.AUDITING : Mode.ENFORCING);
    return new Frame(
        !context.active("cilium.enable-policy-never"),
        new Standard(Reading.TIER, clusterWide ? ClusterWide.DEFAULT : Reading.TIER),
        tiers,
        CiliumPassages.of(snapshot, context, localhost),
        LabelFilter.view(context),
        traits,
        Action.ALLOW,
        LocalRedirects.of(snapshot, context));
  }

  private static Denial denial(Context context) {
    if (context.active("cilium.policy-deny-response-ipv4")) {
      return Denial.REFUSED_OUTWARD_V4;
    }
    return context.active("cilium.policy-deny-response")
        ? Denial.REFUSED_OUTWARD
        : Denial.SILENT_DROP;
  }

  /** Packets that no policy is asked about. These blocks isolate nobody. */
  private static List<Block> datapath(Context context) {
    List<Rule> rules = new ArrayList<>();
    if (context.active("cilium.sctp-disabled")) {
      rules.add(
          rule(TrafficSet.all(Protocol.SCTP), Action.DENY, context.origin("cilium.sctp-disabled")));
    }
    if (context.active("cilium.other-l4-protocols-dropped")
        && !context.active("cilium.extended-protocols")) {
      TrafficSet others = TrafficSet.all(Protocol.OTHER);
      rules.add(rule(others, Action.DENY, context.origin("cilium.other-l4-protocols-dropped")));
    }
    if (context.active("cilium.icmp-frag-needed")) {
      rules.add(rule(FRAG_NEEDED, Action.ALLOW, context.origin("cilium.icmp-frag-needed")));
    }
    return blocks(
        "Cilium's datapath", false, rules, context.origin("cilium.other-l4-protocols-dropped"));
  }

  private static Rule rule(TrafficSet traffic, Action action, Origin origin) {
    return new Rule(
        0,
        List.of(PeerSpec.ANYONE),
        List.of(new TrafficSpec.Numeric(traffic)),
        action,
        List.of(),
        origin);
  }

  /** In mode always every endpoint is isolated both ways without any policy. */
  private static List<Block> always(Context context) {
    return context.active("cilium.enable-policy-always")
        ? blocks(
            "enable-policy=always", true, List.of(), context.origin("cilium.enable-policy-always"))
        : List.of();
  }

  private static List<Block> blocks(
      String name, boolean isolates, List<Rule> rules, Origin origin) {
    List<Block> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      out.add(new Block(name, Selector.pods(), direction, isolates, rules, List.of(), origin));
    }
    return out;
  }
}
