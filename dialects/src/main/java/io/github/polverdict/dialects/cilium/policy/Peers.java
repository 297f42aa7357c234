package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.cilium.policy.EndpointQuery.Scoping;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who the peers of a rule are. */
final class Peers {
  /** Whoever is outside the cluster. */
  static final PeerSpec WORLD = ofKind(Set.of(Kind.EXTERNAL));

  private static final Set<Kind> HOSTS = Set.of(Kind.NODE, Kind.HOST_POD);
  private static final String OTHER_CLUSTERS =
      "which addresses are those of pods of other clusters of the mesh";
  private static final Set<String> RELATIVE = Set.of("host", "remote-node");

  private final Snapshot snapshot;
  private final Cidrs cidrs;
  private final Scoping scoping;
  private final Cluster cluster;
  private final NarrowerRanges narrower;

  /**
   * What ranges match.
   *
   * @param byAddress the kinds of endpoint inside the cluster
   * @param byWholeRange those that whole families match
   * @param families what whole families are beside themselves
   */
  record Cidrs(Set<Kind> byAddress, Set<Kind> byWholeRange, Families families) {
    PeerSpec of(IpSet addresses, boolean whole) {
      return new PeerSpec.InRange(addresses, whole ? byWholeRange : byAddress);
    }

    /** A range without what is taken away from it. */
    PeerSpec of(IpSet range, List<IpSet> except, boolean ofSet) {
      IpSet other = families.beside(range, !except.isEmpty(), ofSet);
      return of(range.minus(IpSet.union(except)).or(other), Groups.isWhole(range));
    }
  }

  /**
   * What holds for the cluster as a whole.
   *
   * @param groups its CiliumCIDRGroups
   * @param emptyServices whether a Service that is not there stands for everybody where there are
   *     ports
   * @param emptyLists whether empty lists of peers do so
   * @param services what its Services stand for
   * @param derived the labels that agents give endpoints
   */
  record Cluster(
      Groups groups,
      boolean emptyServices,
      boolean emptyLists,
      Services services,
      Derived derived) {}

  /**
   * One peer, and why it may be nobody; usually nothing.
   *
   * @param named who it is where the name of a port is looked up at each of them
   */
  record Peer(PeerSpec who, PeerSpec named, List<Doubt> onlyIf, Field place) {
    Peer(PeerSpec who, List<Doubt> onlyIf, Field place) {
      this(who, who, onlyIf, place);
    }

    Peer(PeerSpec who, Field place) {
      this(who, List.of(), place);
    }
  }

  Peers(Snapshot snapshot, Cidrs cidrs, Scoping scoping, Cluster cluster, NarrowerRanges narrower) {
    this.snapshot = snapshot;
    this.cidrs = cidrs;
    this.scoping = scoping;
    this.cluster = cluster;
    this.narrower = narrower;
  }

  /** The same where it is denied. */
  List<Peer> denied(Peer peer, Direction direction) {
    return narrower.denied(peer, direction);
  }

  /**
   * The peers of a rule's entry but for those that depend on the subject's own node. A list that is
   * there and empty makes an entry one about nobody, whatever else it names; one without a peer is
   * about everybody when it names traffic.
   */
  List<Peer> of(Field entry) {
    List<Peer> out = new ArrayList<>();
    List<String> keys = Sanity.peers(entry).toList();
    if (isNobody(entry)) {
      return out;
    }
    for (String key : keys) {
      entry.get(key).items().forEach(item -> out.addAll(of(key, item)));
    }
    boolean services = keys.stream().allMatch(k -> k.endsWith("Services"));
    boolean nobody = services && out.isEmpty() && (keys.isEmpty() || cluster.emptyServices());
    boolean blank =
        cluster.emptyLists()
            && !keys.isEmpty()
            && keys.stream().allMatch(k -> entry.get(k).items().stream().allMatch(this::isNone));
    if ((nobody || blank) && Traffic.isNamed(entry)) {
      out.add(new Peer(PeerSpec.ANYONE, unread(out), entry));
    } else if (services && cluster.emptyServices() && Traffic.isNamed(entry)) {
      maybeNobody(out).ifPresent(doubts -> out.add(new Peer(PeerSpec.ANYONE, doubts, entry)));
    }
    return out;
  }

  /** The doubts of peers of which none is sure; Services without endpoints are none. */
  private static Optional<List<Doubt>> maybeNobody(List<Peer> peers) {
    return peers.stream().anyMatch(p -> p.onlyIf().isEmpty())
        ? Optional.empty()
        : peers.stream().findFirst().map(Peer::onlyIf);
  }

  /** Why groups that seem to have no ranges may have some: the doubts of what may be in them. */
  private static List<Doubt> unread(List<Peer> references) {
    return references.stream().flatMap(p -> p.onlyIf().stream()).distinct().toList();
  }

  private boolean isNobody(Field entry) {
    return !cluster.emptyLists()
        && Sanity.peers(entry).anyMatch(k -> Sanity.isEmptyList(k, entry.get(k)));
  }

  /** Whether an item is a reference to a group that has no ranges or is not there. */
  private boolean isNone(Field item) {
    return item.get("cidrGroupRef")
        .text()
        .filter(name -> cluster.groups().named(name).isEmpty())
        .isPresent();
  }

  private List<Peer> of(String key, Field item) {
    return switch (key.replaceFirst("^(from|to)", "")) {
      case "Endpoints" -> query(item).isRelative() ? List.of() : endpoints(item);
      case "Entities" -> entities(item);
      case "CIDR" ->
          Groups.cidr(item).stream()
              .map(a -> new Peer(cidrs.of(a, List.of(), false), item))
              .toList();
      case "CIDRSet" -> cidrSet(item);
      case "Nodes" -> List.of();
      case "Services" -> cluster.services().peers(item);
      case "FQDNs" -> List.of(found(item, "the addresses that pods look up for " + name(item)));
      case String _ -> List.of(found(item, "the addresses of the group"));
    };
  }

  private EndpointQuery query(Field item) {
    return EndpointQuery.read(item, cluster.derived());
  }

  /** Whom a selector selects here, and outside addresses that are pods of other clusters. */
  private List<Peer> endpoints(Field item) {
    EndpointQuery query = query(item);
    List<Peer> out = new ArrayList<>();
    out.add(
        new Peer(
            query.peer(scoping, Optional.empty()),
            query.peer(scoping.apart(), Optional.empty()),
            List.of(),
            item));
    if (query.reachesOtherClusters()) {
      out.add(outside(item, OTHER_CLUSTERS));
    }
    return out;
  }

  /** Those peers of an entry that depend on the subject's own node. */
  List<Peer> of(Field entry, String node) {
    List<Peer> out = new ArrayList<>();
    if (isNobody(entry)) {
      return out;
    }
    Optional<String> own = Optional.of(node).filter(_ -> !scoping.oneHost());
    Selector here = own.<Selector>map(Selector.OnNode::new).orElse(Selector.ALL);
    for (String side : List.of("from", "to")) {
      for (Field item : entry.get(side + "Entities").items()) {
        if (RELATIVE.contains(item.text(""))) {
          Selector which = item.text("").equals("host") ? here : new Selector.Not(here);
          out.add(new Peer(hosts(which), item));
        }
      }
      for (Field item : entry.get(side + "Nodes").items()) {
        Selector labelled = LabelQuery.read(item).selector(Scope.NODE);
        out.add(new Peer(hosts(Selector.and(new Selector.Not(here), labelled)), item));
      }
      for (Field item : entry.get(side + "Endpoints").items()) {
        EndpointQuery query = query(item);
        if (query.isRelative()) {
          out.add(new Peer(query.peer(scoping, own), item));
        }
      }
    }
    return out;
  }

  private static PeerSpec hosts(Selector which) {
    return new PeerSpec.Selected(Selector.and(new Selector.OfKind(HOSTS), which));
  }

  private static String name(Field fqdn) {
    return fqdn.get("matchName").text(fqdn.get("matchPattern").text(""));
  }

  /** Addresses that only the running engine knows: of nodes, too, where ranges match nodes. */
  private Peer found(Field item, String what) {
    Set<Kind> kinds = EnumSet.of(Kind.EXTERNAL);
    HOSTS.stream().filter(cidrs.byAddress()::contains).forEach(kinds::add);
    return atRuntime(ofKind(kinds), item, what);
  }

  /** Addresses that only the running engine knows; never those of pods and nodes. */
  static Peer outside(Field item, String what) {
    return atRuntime(WORLD, item, what);
  }

  private static Peer atRuntime(PeerSpec who, Field item, String what) {
    return new Peer(who, List.of(new Doubt.KnownAtRuntime(what, item.origin())), item);
  }

  private List<Peer> entities(Field item) {
    List<Peer> out = new ArrayList<>();
    entity(item).forEach(who -> out.add(new Peer(who, item)));
    if (item.text("").equals("cluster-mesh") && cluster.derived().mesh()) {
      out.add(outside(item, OTHER_CLUSTERS));
    }
    return out;
  }

  /** An entity but those of nodes; nobody for Cilium's own endpoints. */
  private List<PeerSpec> entity(Field entity) {
    return switch (entity.text("")) {
      case "all" -> List.of(PeerSpec.ANYONE);
      case "world" -> List.of(WORLD);
      case "cluster", "cluster-mesh" -> List.of(named(), apiServer(entity));
      case "kube-apiserver" -> List.of(apiServer(entity));
      case String _ -> List.of();
    };
  }

  /** The nodes, and whoever carries the cluster's name. */
  private PeerSpec named() {
    Selector nodes = new Selector.OfKind(HOSTS);
    return new PeerSpec.Selected(new Selector.Or(List.of(nodes, cluster.derived().ownCluster())));
  }

  private static PeerSpec ofKind(Set<Kind> kinds) {
    return new PeerSpec.Selected(new Selector.OfKind(kinds));
  }

  /** The addresses behind default/kubernetes, of which some are nodes'. */
  private PeerSpec apiServer(Field entity) {
    IpSet found = cluster.services().addresses("default", "kubernetes");
    if (!found.isEmpty()) {
      return new PeerSpec.InRange(found, HOSTS);
    }
    String what = "the addresses of the API server (EndpointSlices of default/kubernetes)";
    return new PeerSpec.Runtime(
        IpSet.NONE, IpSet.ALL, new Doubt.KnownAtRuntime(what, entity.origin()));
  }

  /**
   * A selector of groups that asks for nothing is one of everybody; one that asks for nothing to be
   * there has all of the world, and all pods, where ranges match pods.
   */
  private List<Peer> cidrSet(Field item) {
    List<IpSet> except = new ArrayList<>();
    item.get("except").items().forEach(e -> Groups.cidr(e).ifPresent(except::add));
    Optional<IpSet> own = Groups.cidr(item.get("cidr"));
    Field selector = item.get("cidrGroupSelector");
    if (!selector.present()) {
      if (own.isPresent()) {
        return inFamilies(own.get(), except, item);
      }
      IpSet named = cluster.groups().named(item.get("cidrGroupRef").text(""));
      return withUnread(
          List.of(new Peer(cidrs.of(named.minus(IpSet.union(except)), false), item)), item);
    }
    LabelQuery query = LabelQuery.read(selector);
    if (query.requirements().isEmpty() && except.isEmpty()) {
      return List.of(new Peer(PeerSpec.ANYONE, item));
    }
    List<Peer> out = new ArrayList<>();
    IpSet addresses = cluster.groups().selected(query).minus(IpSet.union(except));
    out.add(new Peer(cidrs.of(addresses, false), item));
    if (query.onlyNegative() && cidrs.byAddress().contains(Kind.POD)) {
      out.add(new Peer(ofKind(Set.of(Kind.POD, Kind.EXTERNAL)), item));
      String which = "whether the node's address is an identity of its own";
      Doubt doubt = new Doubt.KnownAtRuntime(which, item.origin());
      out.add(new Peer(ofKind(HOSTS), List.of(doubt), item));
    }
    return withUnread(out, item);
  }

  private List<Peer> inFamilies(IpSet range, List<IpSet> except, Field item) {
    List<Peer> out = new ArrayList<>();
    out.add(new Peer(cidrs.of(range, except, true), item));
    cidrs
        .families()
        .perhapsFour(range)
        .ifPresent(d -> out.add(new Peer(cidrs.of(IpSet.ALL_V4, true), List.of(d), item)));
    return out;
  }

  /** Groups that could not be read may have any address of the world. */
  private List<Peer> withUnread(List<Peer> known, Field item) {
    List<Peer> out = new ArrayList<>(known);
    Unread.of(snapshot, Set.of(CiliumPolicies.GROUP))
        .ifPresent(d -> out.add(new Peer(WORLD, List.of(d), item)));
    return out;
  }
}
