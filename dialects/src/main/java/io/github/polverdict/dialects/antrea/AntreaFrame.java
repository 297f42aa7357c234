package io.github.polverdict.dialects.antrea;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane.Denial;
import io.github.polverdict.core.model.Plane.Established;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.antrea.policy.AntreaPolicies;
import io.github.polverdict.dialects.antrea.policy.ServicePolicies;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Antrea's pipeline. All tiers before NetworkPolicies are one, ordered by rank, for Pass leaves
 * them all (pkg/agent/openflow/network_policy.go); those after NetworkPolicies are one, too.
 */
final class AntreaFrame {
  static final AntreaPolicies.Names NAMES = new AntreaPolicies.Names("Antrea tiers", "Baseline");

  private final Snapshot snapshot;
  private final Context context;
  private final Map<String, IpSet> gateways;
  private final Effect asOwnGateway;
  private final Effect asSomeGateway;
  private final List<Passage> passages = new ArrayList<>();

  private AntreaFrame(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.gateways = gateways(snapshot, context);
    this.asOwnGateway = new Effect.SeenAs(Direction.INGRESS, new Guise.TunnelOf(gateways));
    IpSet all = IpSet.union(List.copyOf(gateways.values()));
    this.asSomeGateway = new Effect.SeenAs(Direction.INGRESS, new Guise.SomeNode(all));
  }

  static Frame of(Snapshot snapshot, Context context) {
    AntreaFrame frame = new AntreaFrame(snapshot, context);
    frame.hairpin();
    frame.nodes();
    frame.services();
    return new Frame(
        true,
        Standard.in(Reading.TIER),
        List.of(
            new TierFrame(NAMES.before(), List.of(), Action.PASS),
            new TierFrame(Reading.TIER, List.of(), Action.DENY),
            new TierFrame(NAMES.after(), List.of(), Action.PASS)),
        frame.passages,
        View.CLEAR,
        new Traits(Established.SURVIVES, frame.denial(), Mode.ENFORCING),
        Action.ALLOW,
        List.of());
  }

  /** Rules may refuse instead of dropping; which rule it is, is known only with the decision. */
  private Denial denial() {
    boolean rejects =
        snapshot.documents().stream()
            .filter(AntreaPolicies::is)
            .flatMap(d -> List.of(d.at("spec", "ingress"), d.at("spec", "egress")).stream())
            .flatMap(f -> f.items().stream())
            .anyMatch(r -> r.get("action").text("").equals("Reject"));
    return rejects ? Denial.NOT_DEFINED : Denial.SILENT_DROP;
  }

  /**
   * Pods that call themselves through a Service: past their ingress gate, or with the address of
   * their node's gateway. Without AntreaProxy kube-proxy hides the source before egress is judged.
   */
  private void hairpin() {
    proxied("antrea.hairpin", new Effect.Bypass(Direction.INGRESS));
    proxied("antrea.hairpin-policed", asOwnGateway);
    String row = "antrea.hairpin-no-proxy";
    itself(row, asOwnGateway, PeerSpec.ANYONE, Via.CLUSTER_IP, Via.LOAD_BALANCER);
    itself(row, new Effect.Bypass(Direction.EGRESS), PeerSpec.ANYONE, Via.CLUSTER_IP);
  }

  /** By what AntreaProxy translates. */
  private void proxied(String row, Effect effect) {
    itself(row, effect, PeerSpec.ANYONE, Via.CLUSTER_IP);
    itself(row, effect, Unproxied.others(snapshot, context), Via.LOAD_BALANCER);
    if (!context.active("antrea.nodeport-from-pod")) {
      itself(row, effect, PeerSpec.ANYONE, Via.NODE_PORT);
    }
  }

  private void itself(String row, Effect effect, PeerSpec to, Via... via) {
    if (context.active(row)) {
      passages.add(
          Passages.of(effect, context.origin(row))
              .between(PeerSpec.ANYONE, to)
              .where(Where.ITSELF)
              .via(via));
    }
  }

  private void nodes() {
    Passage own = Passages.nodeToPod(Where.SAME_NODE, context.origin("antrea.own-node-bypass"));
    String row = "antrea.own-node-by-service";
    if (context.active(row)) {
      passages.add(own.via(Via.POD_ADDRESS));
      ownByService(context.origin(row));
    } else {
      passages.add(own);
    }
    for (String mode : List.of("antrea.remote-node-source", "antrea.remote-node-source-hybrid")) {
      if (context.active(mode) && !gateways.isEmpty()) {
        Origin.BuiltIn origin = context.origin(mode);
        Passage seen =
            Passages.of(asOwnGateway, origin)
                .between(Passages.HOSTS, Passages.PODS)
                .where(Where.OTHER_NODE);
        boolean sure = mode.equals("antrea.remote-node-source");
        passages.add(sure ? seen : seen.onlyIf(Doubt.Unverified.of(origin)));
      }
    }
  }

  /** Past the gate, or with the gateway's address. */
  private void ownByService(Origin.BuiltIn row) {
    Passage past = Passages.nodeToPod(Where.SAME_NODE, row).onlyIf(Doubt.Unverified.of(row));
    Passage seen =
        Passages.of(asOwnGateway, row)
            .between(Passages.HOSTS, Passages.PODS)
            .where(Where.SAME_NODE);
    for (Passage each : List.of(past, seen)) {
      passages.add(each.via(Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER));
    }
  }

  /**
   * The first address of each node's pod subnets, which its gateway has. Any may be that of a
   * gateway whose node's subnets are not known.
   */
  private static Map<String, IpSet> gateways(Snapshot snapshot, Context context) {
    Map<String, IpSet> out = new HashMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      List<Field> cidrs = new ArrayList<>(node.at("spec", "podCIDRs").items());
      cidrs.add(node.at("spec", "podCIDR"));
      List<IpSet> first = new ArrayList<>();
      for (Field cidr : cidrs) {
        cidr.text()
            .flatMap(IpSet::cidr)
            .flatMap(c -> c.ranges().getFirst().first().next())
            .map(IpSet::of)
            .ifPresent(first::add);
      }
      if (!first.isEmpty()) {
        out.put(node.id().name(), IpSet.union(first));
      }
    }
    if (!context.active("antrea.policyonly-mode")) {
      Passages.nodes(snapshot).forEach(name -> out.putIfAbsent(name, IpSet.ALL));
    }
    return out;
  }

  private void services() {
    passages.addAll(Unproxied.of(snapshot, context, asSomeGateway));
    passages.addAll(ServicePolicies.of(snapshot, context));
    if (!context.active("antrea.nodeport-from-pod")) {
      return;
    }
    passages.add(
        Passages.of(
                new Effect.SeenAs(Direction.EGRESS, new Guise.SomeNode(), true),
                context.origin("antrea.nodeport-from-pod"))
            .between(Passages.PODS, PeerSpec.ANYONE)
            .via(Via.NODE_PORT));
    passages.add(
        Passages.of(asSomeGateway, context.origin("antrea.nodeport-from-pod"))
            .where(Where.ITSELF)
            .via(Via.NODE_PORT));
    Passages.forwardedByAnyNode(snapshot).ifPresent(this::forwarded);
  }

  private void forwarded(PeerSpec pods) {
    passages.addAll(bypass(pods));
    Passage seen = Passages.of(asSomeGateway, context.origin("antrea.nodeport-source"));
    passages.add(seen.between(Passages.OUTSIDE, pods).via(Via.NODE_PORT, Via.LOAD_BALANCER));
    passages.add(seen.between(Passages.PODS, pods).via(Via.NODE_PORT));
  }

  /** What the pod's own node forwards, when the gateway's address was taken for the node's own. */
  private List<Passage> bypass(PeerSpec pods) {
    if (!context.active("antrea.nodeport-bypass-old")) {
      return List.of();
    }
    Origin row = context.origin("antrea.nodeport-bypass-old");
    Passage past =
        Passages.of(new Effect.Bypass(Direction.INGRESS), row)
            .between(Passages.OUTSIDE, pods)
            .via(Via.NODE_PORT, Via.LOAD_BALANCER);
    Doubt which = new Doubt.KnownAtRuntime("whether the pod's own node was called", row);
    return List.of(Passages.onlyOneNode(snapshot) ? past : past.onlyIf(which));
  }
}
