package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an ACL of OVN stands among the tiers here. ACLs of one direction are one list by priority,
 * in which a NetworkPolicy allows at 2001 and drops at 2000 (pkg/util/const.go); what is below that
 * is for those whom no policy isolates. From 1.12 on the egress of NetworkPolicies is in a stage
 * after load balancing; all other ACLs of that direction are in the stage before, and both must let
 * pass.
 */
final class Acls {
  /** The stage before load balancing, of connections to Services, which show their address. */
  static final String SERVICES = "Switch, Services";

  /** The same stage, of other connections. */
  static final String SWITCH = "Switch";

  /** What NetworkPolicies come before. */
  static final String SUBNET = "Subnet";

  static final int POLICY_ALLOWS = 2001;
  private static final int POLICY_DROPS = 2000;

  private final Context context;

  Acls(Context context) {
    this.context = context;
  }

  /** Whether the direction has a stage before that of NetworkPolicies. */
  private boolean apart(Direction direction) {
    return direction == Direction.EGRESS && context.active("kube-ovn.switch-before-lb");
  }

  /** A block for each ACL, for ACLs of one priority have no order. */
  List<Placed> placed(Acl acl) {
    if (apart(acl.direction())) {
      return before(acl);
    }
    if (acl.priority() > POLICY_DROPS) {
      return List.of(besidePolicies(acl));
    }
    List<Placed> out = new ArrayList<>();
    if (acl.priority() == POLICY_DROPS && acl.action() == Action.ALLOW) {
      List<Doubt> tie = new ArrayList<>(acl.onlyIf());
      tie.add(Doubt.Unverified.of(context.origin("kube-ovn.equal-priority")));
      out.add(placed(acl, Reading.TIER, 1, tie));
    }
    out.add(placed(acl, SUBNET, -acl.priority(), acl.onlyIf()));
    return out;
  }

  /** For one over priority 2000 that is in the stage of NetworkPolicies in both directions. */
  Placed besidePolicies(Acl acl) {
    return placed(acl, Reading.TIER, POLICY_ALLOWS - acl.priority(), acl.onlyIf());
  }

  /** Allowed here is not yet allowed; Services are seen by their own address and port. */
  private List<Placed> before(Acl acl) {
    List<PeerSpec> called = new ArrayList<>();
    for (PeerSpec peer : acl.peers()) {
      switch (peer) {
        case PeerSpec.InRange(IpSet range, var _) -> called.add(new PeerSpec.Called(range));
        case PeerSpec.Anyone _ -> called.add(new PeerSpec.Called(IpSet.ALL));
        case PeerSpec.Selected _,
            PeerSpec.Runtime _,
            PeerSpec.Called _,
            PeerSpec.CalledBy _,
            PeerSpec.Forwarded _,
            PeerSpec.AllOf _ -> {}
      }
    }
    List<Doubt> ports = new ArrayList<>(acl.onlyIf());
    TrafficSet traffic = acl.traffic();
    for (Protocol protocol : Protocol.values()) {
      TrafficSet all = TrafficSet.all(protocol);
      TrafficSet some = acl.traffic().and(all);
      if (!some.isEmpty() && !some.equals(all)) {
        traffic = traffic.or(all);
        ports.add(Doubt.Unverified.of(context.origin("kube-ovn.service-port-before-lb")));
      }
    }
    Acl wide = acl.to(called).carrying(traffic).given(ports.stream().distinct().toList());
    List<Placed> out = new ArrayList<>();
    if (!called.isEmpty()) {
      out.add(placed(goingOn(wide), SERVICES, -acl.priority(), wide.onlyIf()));
    }
    out.add(placed(goingOn(acl), SWITCH, -acl.priority(), acl.onlyIf()));
    return out;
  }

  private static Acl goingOn(Acl acl) {
    return acl.action() == Action.ALLOW ? acl.doing(Action.PASS) : acl;
  }

  private static Placed placed(Acl acl, String tier, int rank, List<Doubt> onlyIf) {
    Rule rule =
        new Rule(
            rank,
            acl.peers(),
            List.of(new TrafficSpec.Numeric(acl.traffic())),
            acl.action(),
            onlyIf,
            acl.origin());
    Block block =
        new Block(
            acl.name(),
            acl.subject(),
            acl.direction(),
            false,
            List.of(rule),
            List.of(),
            acl.origin());
    return new Placed(tier, block);
  }

  /** What the second of the two tiers of the stage begins with: Services had their turn. */
  static Block servicesHadTheirTurn(Origin origin) {
    Rule pass =
        new Rule(
            Integer.MIN_VALUE,
            List.of(new PeerSpec.Called(IpSet.ALL)),
            List.of(TrafficSpec.ALL),
            Action.PASS,
            List.of(),
            origin);
    return new Block(
        "Services", Selector.pods(), Direction.EGRESS, false, List.of(pass), List.of(), origin);
  }
}
