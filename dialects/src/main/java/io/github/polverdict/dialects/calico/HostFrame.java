package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.calico.policy.CalicoObjects;
import io.github.polverdict.dialects.calico.policy.Failsafes;
import io.github.polverdict.dialects.calico.policy.HostEndpoints;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.Guard;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What holds for nodes with a HostEndpoint whatever the policies say: the failsafe ports before
 * them, the HostEndpoint's profiles after them (felix/rules/endpoints.go, endpointIptablesChain).
 */
final class HostFrame {
  private final Snapshot snapshot;
  private final Context context;
  private final List<Guard> guards;

  HostFrame(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.guards = new HostEndpoints(snapshot).guards();
  }

  /** None where no node has a HostEndpoint, or may have one. */
  List<TierFrame> before() {
    List<Block> out = new ArrayList<>();
    if (!guards.isEmpty()) {
      Selector hosts = new Selector.Or(guards.stream().map(Guard::hosts).toList());
      for (Direction direction : Direction.values()) {
        out.add(failsafes(hosts, direction));
      }
      Unread.of(snapshot, CalicoObjects.types("GlobalNetworkPolicy"))
          .ifPresent(why -> out.addAll(PolicyCompiler.anything("policies of nodes", hosts, why)));
    }
    Unread.of(snapshot, CalicoObjects.types("HostEndpoint"))
        .ifPresent(why ->
            out.addAll(
                PolicyCompiler.anything(
                    "host endpoints", new Selector.OfKind(Passages.HOST_KINDS), why)));
    return out.isEmpty() ? List.of() : List.of(new TierFrame("failsafes", out, Action.PASS));
  }

  /** The nodes whose loopback interface has a HostEndpoint: one for all interfaces. */
  Set<String> judgedLoopbacks() {
    return context.active("calico.bpf-loopback")
        ? Set.of()
        : guards.stream()
            .filter(g -> g.all().isPresent())
            .map(Guard::node)
            .collect(Collectors.toSet());
  }

  private Block failsafes(Selector hosts, Direction direction) {
    boolean in = direction == Direction.INGRESS;
    Origin.BuiltIn row = context.origin("calico.failsafe-ports");
    String setting = in ? "FailsafeInboundHostPorts" : "FailsafeOutboundHostPorts";
    Failsafes ports =
        Failsafes.parse(context.setting(setting)).orElseGet(() -> new Failsafes(List.of()));
    List<Rule> rules = new ArrayList<>();
    for (Failsafes.Failsafe port : ports.all()) {
      PeerSpec who =
          port.other().equals(IpSet.ALL)
              ? PeerSpec.ANYONE
              : new PeerSpec.InRange(port.other(), Kind.INSIDE);
      rules.add(allow(who, port.traffic(), row));
    }
    rules.add(tunnels());
    return new Block("failsafe ports", hosts, direction, false, rules, List.of(), row);
  }

  /** Felix lets its own tunnels pass between the nodes; which there are is not looked at here. */
  private Rule tunnels() {
    Origin.BuiltIn row = context.origin("calico.host-tunnels");
    int port = FelixSettings.vxlanPort(context.setting("VXLANPort"));
    TrafficSet both =
        TrafficSet.of(Protocol.UDP, port, port)
            .or(TrafficSet.of(Protocol.UDP, 51820, 51821))
            .or(TrafficSet.of(Protocol.OTHER, 4, 4));
    return allow(Passages.HOSTS, both, row).onlyIf(Doubt.Unverified.of(row));
  }

  private static Rule allow(PeerSpec who, TrafficSet traffic, Origin origin) {
    return Rule.allow(List.of(who), List.of(new TrafficSpec.Numeric(traffic)), origin);
  }

  /** What the profiles leave closed. */
  List<TierFrame> after() {
    List<Block> out = new ArrayList<>();
    for (Guard guard : guards) {
      if (!guard.isOpen()) {
        for (Direction direction : Direction.values()) {
          out.add(closed(guard, direction));
        }
      }
    }
    return guards.isEmpty() ? List.of() : List.of(new TierFrame("profiles", out, Action.PASS));
  }

  private Block closed(Guard guard, Direction direction) {
    Origin.BuiltIn row = context.origin("calico.host-endpoint-closed");
    Origin origin = new Origin.Bent(guard.place(), row);
    Rule rule =
        new Rule(
            0,
            List.of(PeerSpec.ANYONE),
            List.of(TrafficSpec.ALL),
            Action.DENY,
            doubts(guard.profiles(), guard.place()),
            origin);
    return new Block(
        guard.name(), guard.hosts(), direction, false, List.of(rule), List.of(), origin);
  }

  /** What a profile of one's own allows is not modelled. */
  private static List<Doubt> doubts(Set<String> profiles, Origin place) {
    return profiles.stream()
        .sorted()
        .<Doubt>map(p -> new Doubt.Unsupported("Profile " + p, "calico", place))
        .toList();
  }
}
