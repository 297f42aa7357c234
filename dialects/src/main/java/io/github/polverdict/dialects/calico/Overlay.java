package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.calico.policy.CalicoObjects;
import io.github.polverdict.dialects.calico.policy.Forwarded.Tunnels;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The network between nodes: with which addresses a node's own packets reach pods of other nodes.
 * Felix masquerades them to the address of the tunnel that they leave through (felix/rules
 * static.go, StaticNATPostroutingChains); flannel's device has the first address of the podCIDR.
 */
final class Overlay {
  private static final String CALICO = "projectcalico.org/";
  private static final List<String> IPIP = List.of("IPv4IPIPTunnelAddr");
  private static final List<String> VXLAN = List.of("IPv4VXLANTunnelAddr", "IPv6VXLANTunnelAddr");
  private static final List<String> WIREGUARD =
      List.of("IPv4WireguardInterfaceAddr", "IPv6WireguardInterfaceAddr");
  private static final List<String> OWN = List.of("IPv4Address", "IPv6Address");
  private static final Guise UNKNOWN = new Guise.SomeNode(IpSet.ALL);

  private final List<Document> nodes;
  private final List<Document> pools;
  private final List<Look> looks = new ArrayList<>();

  /**
   * What a node looks like to some pods.
   *
   * @param open the fact without which it is not known whether it does; empty when it surely does
   */
  record Look(PeerSpec to, Guise guise, Optional<String> open) {}

  private Overlay(Snapshot snapshot) {
    this.nodes = snapshot.ofKind("Node");
    this.pools = CalicoObjects.all(snapshot, "IPPool");
  }

  /** The first look that is so counts; when none is, a node has its own address. */
  static List<Look> of(Snapshot snapshot, Context context) {
    Overlay overlay = new Overlay(snapshot);
    switch (context.setting("networking")) {
      case "flannel" -> overlay.flannel();
      case "calico" -> overlay.calico(context);
      case String _ -> {}
    }
    return List.copyOf(overlay.looks);
  }

  /** Whether what goes between nodes to pods goes through a device of its own. */
  static Tunnels tunnels(Snapshot snapshot, Context context) {
    if (context.setting("networking").equals("other")) {
      return Tunnels.NOT_KNOWN;
    }
    List<Look> looks = of(snapshot, context);
    boolean sure =
        looks.stream()
            .anyMatch(l ->
                l.open().isEmpty() && l.to().equals(Passages.PODS) && !l.guise().equals(UNKNOWN));
    return looks.isEmpty() ? Tunnels.NONE : sure ? Tunnels.ALL : Tunnels.NOT_KNOWN;
  }

  /** Every address that nodes may have to pods besides their own. */
  static IpSet addresses(List<Look> looks) {
    List<IpSet> out = new ArrayList<>();
    for (Look look : looks) {
      switch (look.guise()) {
        case Guise.TunnelOf(var tunnels) -> out.addAll(tunnels.values());
        case Guise.SomeNode(IpSet also) -> out.add(also);
        case Guise.World _, Guise.Outsider _, Guise.NodeOf _, Guise.Called _ -> {}
      }
    }
    return IpSet.union(out);
  }

  private void flannel() {
    Map<String, IpSet> devices = new TreeMap<>();
    boolean known = !nodes.isEmpty();
    for (Document node : nodes) {
      String backend = annotations(node).get("flannel.alpha.coreos.com/backend-type").text("vxlan");
      List<IpSet> first = new ArrayList<>();
      for (Field cidr : cidrs(node)) {
        cidr.text()
            .flatMap(IpSet::cidr)
            .ifPresent(c -> first.add(IpSet.of(c.ranges().getFirst().first())));
      }
      if (!backend.equals("host-gw")) {
        known &= !first.isEmpty();
        devices.put(node.id().name(), completed(node, IpSet.union(first)));
      }
    }
    if (!known) {
      looks.add(new Look(Passages.PODS, UNKNOWN, Optional.empty()));
    } else if (!devices.isEmpty()) {
      looks.add(new Look(Passages.PODS, new Guise.TunnelOf(devices), Optional.empty()));
    }
  }

  private static List<Field> cidrs(Document node) {
    List<Field> both = node.at("spec", "podCIDRs").items();
    return both.isEmpty() ? List.of(node.at("spec", "podCIDR")) : both;
  }

  private void calico(Context context) {
    if (context.setting("encapsulation").equals("Never")) {
      return;
    }
    Map<String, IpSet> guarded = tunnels(WIREGUARD);
    if (!guarded.isEmpty()) {
      boolean all = guarded.size() == nodes.size();
      Optional<String> open =
          all ? Optional.empty() : Optional.of("whether WireGuard links the two nodes");
      looks.add(new Look(Passages.PODS, new Guise.TunnelOf(guarded), open));
      if (all) {
        return;
      }
    }
    List<Optional<Look>> byPool =
        pools.isEmpty()
            ? List.of(unpooled(context.setting("encapsulation").equals("Always")))
            : pools.stream().map(this::pool).toList();
    boolean alike = byPool.stream().distinct().count() == 1;
    for (int i = 0; i < (alike ? 1 : byPool.size()); i++) {
      PeerSpec to = alike ? Passages.PODS : addressed(pools.get(i));
      byPool.get(i).ifPresent(l -> looks.add(new Look(to, l.guise(), l.open())));
    }
  }

  private static PeerSpec addressed(Document pool) {
    return pool.at("spec", "cidr")
        .text()
        .flatMap(IpSet::cidr)
        .<PeerSpec>map(c -> new PeerSpec.InRange(c, Set.of(Kind.POD)))
        .orElse(Passages.PODS);
  }

  /** Without pools to read, the annotations that Calico writes on Nodes say what there may be. */
  private Optional<Look> unpooled(boolean always) {
    List<String> any = new ArrayList<>(IPIP);
    any.addAll(VXLAN);
    Map<String, IpSet> tunnels = tunnels(any);
    if (!tunnels.isEmpty()) {
      String open = "whether traffic between these nodes is encapsulated (no IPPool was read)";
      return look(new Guise.TunnelOf(tunnels), always ? Optional.empty() : Optional.of(open));
    }
    boolean bare = !always && !tunnels(OWN).isEmpty();
    return bare ? Optional.empty() : look(UNKNOWN, Optional.empty());
  }

  private static Optional<Look> look(Guise guise, Optional<String> open) {
    return Optional.of(new Look(Passages.PODS, guise, open));
  }

  /** Empty where nodes have their own addresses. */
  private Optional<Look> pool(Document pool) {
    String ipip = mode(pool, "ipipMode");
    String vxlan = mode(pool, "vxlanMode");
    boolean between = (ipip + vxlan).contains("CrossSubnet");
    if ((ipip + vxlan).equals("NeverNever") || (between && inOneSubnet())) {
      return Optional.empty();
    }
    Map<String, IpSet> tunnels = tunnels(ipip.equals("Never") ? VXLAN : IPIP);
    Guise guise = tunnels.isEmpty() ? UNKNOWN : new Guise.TunnelOf(tunnels);
    String open = "whether the two nodes are in one subnet (CrossSubnet)";
    return look(guise, between ? Optional.of(open) : Optional.empty());
  }

  private static String mode(Document pool, String kind) {
    return pool.at("spec", kind).text().filter(m -> !m.isEmpty()).orElse("Never");
  }

  /** Whether Calico found the addresses of all nodes in the same subnets. */
  private boolean inOneSubnet() {
    Set<List<Optional<IpSet>>> subnets = new HashSet<>();
    for (Document node : nodes) {
      Field notes = annotations(node);
      subnets.add(OWN.stream().map(n -> IpSet.cidr(notes.get(CALICO + n).text(""))).toList());
    }
    return subnets.size() == 1
        && subnets.stream().flatMap(List::stream).anyMatch(Optional::isPresent);
  }

  /** The addresses by node name of the annotations that are there. */
  private Map<String, IpSet> tunnels(List<String> names) {
    Map<String, IpSet> out = new TreeMap<>();
    for (Document node : nodes) {
      IpSet found = annotation(node, names);
      if (!found.isEmpty()) {
        out.put(node.id().name(), completed(node, found));
      }
    }
    return out;
  }

  private static IpSet annotation(Document node, List<String> names) {
    List<IpSet> out = new ArrayList<>();
    for (String name : names) {
      annotations(node)
          .get(CALICO + name)
          .text()
          .map(t -> t.replaceFirst("/.*", ""))
          .flatMap(IpAddress::parse)
          .ifPresent(a -> out.add(IpSet.of(a)));
    }
    return IpSet.union(out);
  }

  /** With the node's own addresses of the families that a tunnel has none of. */
  private static IpSet completed(Document node, IpSet tunnel) {
    List<IpSet> out = new ArrayList<>(List.of(tunnel));
    for (Field address : node.at("status", "addresses").items()) {
      address
          .get("address")
          .text()
          .flatMap(IpAddress::parse)
          .map(IpSet::of)
          .filter(own -> noneOf(tunnel, own.ranges().getFirst().first().family()))
          .ifPresent(out::add);
    }
    return IpSet.union(out);
  }

  private static boolean noneOf(IpSet tunnel, Family family) {
    return tunnel.of(family).isEmpty();
  }

  private static Field annotations(Document node) {
    return node.at("metadata", "annotations");
  }
}
