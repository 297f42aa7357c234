package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.calico.policy.CalicoObjects;
import io.github.polverdict.dialects.calico.policy.Forwarded.Tunnels;
import io.github.polverdict.dialects.calico.policy.HostEndpoints;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.Guard;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What does not pass a node's HostEndpoint, and what packets look like that do. */
final class HostPassages {
  private final Snapshot snapshot;
  private final Context context;
  private final HostEndpoints endpoints;
  private final List<Passage> out = new ArrayList<>();

  HostPassages(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.endpoints = new HostEndpoints(snapshot);
  }

  List<Passage> all() {
    endpoints.open().forEach(this::notKnown);
    Tunnels tunnels = Overlay.tunnels(snapshot, context);
    for (Guard guard : endpoints.guards()) {
      PeerSpec hosts = new PeerSpec.Selected(guard.hosts());
      ownPods(hosts, new PeerSpec.Selected(guard.pods()));
      loopback(guard, hosts);
      if (!guard.isForAll() && tunnels != Tunnels.NONE) {
        throughTunnels(guard, hosts, tunnels);
      }
    }
    if (!endpoints.guards().isEmpty()) {
      masqueraded();
      receivedElsewhere();
    }
    return List.copyOf(out);
  }

  /** Both gates of the node's hosts and, towards other nodes and the outside, of its pods. */
  private void notKnown(Guard guard) {
    Origin.BuiltIn row = context.origin("calico.host-endpoint-interface");
    Doubt[] open = guard.open().stream().toArray(Doubt[]::new);
    for (Selector theirs : List.of(guard.hosts(), guard.pods())) {
      PeerSpec ends = new PeerSpec.Selected(theirs);
      Where where = theirs.equals(guard.pods()) ? Where.OTHER_NODE : Where.ANY;
      for (Direction gate : Direction.values()) {
        Passage passage = Passages.of(new Effect.Uncertain(gate), row).where(where).onlyIf(open);
        out.add(
            gate == Direction.EGRESS
                ? passage.between(ends, PeerSpec.ANYONE)
                : passage.between(PeerSpec.ANYONE, ends));
      }
    }
  }

  /** DefaultEndpointToHostAction is for what pods send to their node; the way back is open. */
  private void ownPods(PeerSpec hosts, PeerSpec pods) {
    Origin.BuiltIn row = context.origin("calico.host-endpoint-own-pods");
    out.add(Passages.of(new Effect.Bypass(Direction.INGRESS), row).between(pods, hosts));
    out.add(Passages.of(new Effect.Bypass(Direction.EGRESS), row).between(hosts, pods));
  }

  /** What stays on a node passes its loopback interface. */
  private void loopback(Guard guard, PeerSpec hosts) {
    boolean bpf = context.active("calico.bpf-loopback");
    if (guard.all().isPresent() && !bpf) {
      if (!guard.isForAll()) {
        between(guard, hosts, hosts, "calico.host-endpoint-of-two-kinds");
      }
      return;
    }
    Origin.BuiltIn row =
        context.origin(bpf ? "calico.bpf-loopback" : "calico.host-endpoint-loopback");
    for (Direction gate : Direction.values()) {
      out.add(Passages.of(new Effect.Bypass(gate), row).between(hosts, hosts));
    }
  }

  /** What a node sends to pods of other nodes through a tunnel does not pass its own interface. */
  private void throughTunnels(Guard guard, PeerSpec hosts, Tunnels tunnels) {
    if (guard.all().isPresent()) {
      between(guard, hosts, Passages.PODS, "calico.host-endpoint-of-two-kinds");
      return;
    }
    Origin.BuiltIn row = context.origin("calico.host-endpoint-tunnel");
    Passage past =
        Passages.of(new Effect.Bypass(Direction.EGRESS), row)
            .between(hosts, Passages.PODS)
            .where(Where.OTHER_NODE);
    Doubt open = new Doubt.KnownAtRuntime("whether a tunnel is used between the nodes", row);
    out.add(tunnels == Tunnels.ALL ? past : past.onlyIf(open));
  }

  /** Two HostEndpoints share what a node sends. */
  private void between(Guard guard, PeerSpec from, PeerSpec to, String name) {
    Origin.BuiltIn row = context.origin(name);
    for (Direction gate : Direction.values()) {
      PeerSpec own = new PeerSpec.Selected(guard.hosts());
      boolean judged = gate == Direction.EGRESS || to.equals(own);
      if (judged) {
        out.add(
            Passages.of(new Effect.Uncertain(gate), row)
                .between(from, to)
                .onlyIf(Doubt.Unverified.of(row)));
      }
    }
  }

  /** A pod's packets have their node's address when they come to another node. */
  private void masqueraded() {
    Origin.BuiltIn row = context.origin("calico.nat-outgoing");
    if (context.active("calico.nat-outgoing-not-to-hosts")) {
      return;
    }
    List<Document> pools = CalicoObjects.all(snapshot, "IPPool");
    for (Document pool : pools) {
      if (pool.at("spec", "natOutgoing").bool().orElse(false)) {
        Optional<IpSet> range = pool.at("spec", "cidr").text().flatMap(IpSet::cidr);
        range.ifPresent(r -> out.add(masqueraded(row, new PeerSpec.InRange(r, Set.of(Kind.POD)))));
      }
    }
    if (pools.isEmpty()) {
      Passage passage = masqueraded(row, Passages.PODS);
      boolean flannel = context.setting("networking").equals("flannel");
      Doubt open =
          new Doubt.KnownAtRuntime("whether the pods' pool has natOutgoing (none was read)", row);
      out.add(flannel ? passage : passage.onlyIf(open));
    }
  }

  private static Passage masqueraded(Origin.BuiltIn row, PeerSpec pods) {
    Guise node = new Guise.NodeOf(End.SOURCE);
    return Passages.of(new Effect.SeenAs(Direction.INGRESS, node), row)
        .between(pods, Passages.HOSTS)
        .where(Where.OTHER_NODE);
  }

  /** A call of a node's port may reach a pod of another node's network. */
  private void receivedElsewhere() {
    if (!Passages.onlyOneNode(snapshot)) {
      Origin.BuiltIn row = context.origin("calico.forwarded-by-another-node");
      for (Guard guard : endpoints.guards()) {
        out.add(
            Passages.of(new Effect.Uncertain(Direction.INGRESS), row)
                .between(PeerSpec.ANYONE, new PeerSpec.Selected(guard.hosts()))
                .via(Via.NODE_PORT, Via.LOAD_BALANCER)
                .onlyIf(new Doubt.KnownAtRuntime("which node receives it", row)));
      }
    }
  }
}
