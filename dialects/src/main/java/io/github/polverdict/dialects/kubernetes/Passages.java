package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Passages and frames that many engines share. */
public final class Passages {
  /** What nodes and what runs on their network are. */
  public static final Set<Kind> HOST_KINDS = Set.of(Kind.NODE, Kind.HOST_POD);

  /** Nodes and what runs on their network. */
  public static final PeerSpec HOSTS = ofKind(Kind.NODE, Kind.HOST_POD);

  /** Pods with a network of their own. */
  public static final PeerSpec PODS = ofKind(Kind.POD);

  /** What is outside of the cluster. */
  public static final PeerSpec OUTSIDE = ofKind(Kind.EXTERNAL);

  private Passages() {}

  public static PeerSpec ofKind(Kind... kinds) {
    return new PeerSpec.Selected(new Selector.OfKind(Set.of(kinds)));
  }

  /** The gate does not look at traffic between endpoints that stand so to each other. */
  public static Passage bypass(Where where, Direction gate, Origin origin) {
    return of(new Effect.Bypass(gate), origin).where(where);
  }

  /** A host reaches pods past their ingress gate. */
  public static Passage nodeToPod(Where where, Origin origin) {
    return of(new Effect.Bypass(Direction.INGRESS), origin).between(HOSTS, PODS).where(where);
  }

  /** A pod reaches hosts past its egress gate. */
  public static Passage podToNode(Where where, Origin origin) {
    return of(new Effect.Bypass(Direction.EGRESS), origin).between(PODS, HOSTS).where(where);
  }

  /**
   * A passage between ends of any kind, by any address, wherever they are; narrow it from there.
   */
  public static Passage of(Effect effect, Origin origin) {
    return new Passage(
        PeerSpec.ANYONE,
        PeerSpec.ANYONE,
        TrafficSet.ALL,
        Set.of(),
        Where.ANY,
        effect,
        List.of(),
        origin);
  }

  /** The names of the nodes that there are: those that were read, and those that pods name. */
  public static Set<String> nodes(Snapshot snapshot) {
    Set<String> out = new TreeSet<>();
    snapshot.ofKind("Node").forEach(n -> out.add(n.id().name()));
    snapshot.ofKind("Pod").forEach(p -> p.at("spec", "nodeName").text().ifPresent(out::add));
    out.remove("");
    return out;
  }

  /** Whether the cluster surely has one node only: those that pods name may not be all. */
  public static boolean onlyOneNode(Snapshot snapshot) {
    return snapshot.ofKind("Node").size() == 1 && nodes(snapshot).size() == 1;
  }

  /**
   * Pods to which any node may forward outside traffic, when they are reached that way: by a node's
   * port, a balancer or an external address of a Service with externalTrafficPolicy Cluster. Empty
   * when there are none.
   */
  public static Optional<PeerSpec> forwardedByAnyNode(Snapshot snapshot) {
    return forwardable(snapshot)
        .map(pods ->
            new PeerSpec.AllOf(List.of(new PeerSpec.Selected(pods), new PeerSpec.Forwarded())));
  }

  /** The pods that are reached that way, however they are called. */
  public static Optional<Selector> forwardable(Snapshot snapshot) {
    List<Selector> out = new ArrayList<>();
    for (Document service : snapshot.ofKind("Service")) {
      Field spec = service.at("spec");
      boolean outward =
          Set.of("NodePort", "LoadBalancer").contains(spec.get("type").text(""))
              || !spec.get("externalIPs").items().isEmpty();
      if (outward && !spec.get("externalTrafficPolicy").text("").equals("Local")) {
        Map<String, String> labels = spec.get("selector").strings();
        out.add(
            labels.isEmpty() ? Selector.pods() : Selector.pods(service.id().namespace(), labels));
      }
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(new Selector.Or(out));
  }

  /** The address of each node's flannel.1: the first of its podCIDR. */
  public static Map<String, IpSet> flannelAddresses(Snapshot snapshot) {
    Map<String, IpSet> out = new HashMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      node.at("spec", "podCIDR")
          .text()
          .flatMap(IpSet::cidr)
          .map(cidr -> IpSet.of(cidr.ranges().getFirst().first()))
          .ifPresent(address -> out.put(node.id().name(), address));
    }
    return out;
  }

  /** The frame of an engine that has only NetworkPolicies: isolated pods deny, others allow. */
  public static Frame frame(List<Passage> passages, View view, Traits traits) {
    TierFrame tier = new TierFrame(Reading.TIER, List.of(), Action.DENY);
    return new Frame(
        true,
        Standard.in(Reading.TIER),
        List.of(tier),
        passages,
        view,
        traits,
        Action.ALLOW,
        List.of());
  }
}
