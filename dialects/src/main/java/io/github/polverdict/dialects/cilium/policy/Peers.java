package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.cilium.policy.EndpointQuery.Scoping;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who the peers of a rule are. */
final class Peers {
  private static final Set<Kind> HOSTS = Set.of(Kind.NODE, Kind.HOST_POD);
  private static final Set<Kind> CLUSTER = Set.of(Kind.POD, Kind.NODE, Kind.HOST_POD);
  private static final Set<String> RELATIVE = Set.of("host", "remote-node");

  private final Snapshot snapshot;
  private final Cidrs cidrs;
  private final Scoping scoping;
  private final Cluster cluster;

  /** The kinds of endpoint inside the cluster that ranges match, and that whole families match. */
  record Cidrs(Set<Kind> byAddress, Set<Kind> byWholeRange) {
    PeerSpec of(IpSet addresses, boolean whole) {
      return new PeerSpec.InRange(addresses, whole ? byWholeRange : byAddress);
    }
  }

  /**
   * What holds for the cluster as a whole.
   *
   * @param groups its CiliumCIDRGroups
   * @param emptyServices whether a Service that is not there stands for everybody where there are
   *     ports
   * @param anyService whether Services with a selector count, too
   */
  record Cluster(Groups groups, boolean emptyServices, boolean anyService) {}

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

  Peers(Snapshot snapshot, Cidrs cidrs, Scoping scoping, Cluster cluster) {
    this.snapshot = snapshot;
    this.cidrs = cidrs;
    this.scoping = scoping;
    this.cluster = cluster;
  }

  /**
   * The peers of a rule's entry but for those that depend on the subject's own node. A list that is
   * there and empty makes an entry one about nobody, whatever else it names; one without a peer is
   * about everybody when it names traffic.
   */
  List<Peer> of(Field entry) {
    List<Peer> out = new ArrayList<>();
    List<String> keys = Sanity.peers(entry).toList();
    if (keys.stream().anyMatch(k -> Sanity.isEmptyList(k, entry.get(k)))) {
      return out;
    }
    for (String key : keys) {
      entry.get(key).items().forEach(item -> out.addAll(of(key, item)));
    }
    boolean services = keys.stream().allMatch(k -> k.endsWith("Services"));
    boolean nobody = services && out.isEmpty() && (keys.isEmpty() || cluster.emptyServices());
    if (nobody && Traffic.isNamed(entry)) {
      out.add(new Peer(PeerSpec.ANYONE, entry));
    }
    return out;
  }

  private List<Peer> of(String key, Field item) {
    return switch (key.replaceFirst("^(from|to)", "")) {
      case "Endpoints" -> {
        EndpointQuery query = EndpointQuery.read(item);
        yield query.isRelative()
            ? List.of()
            : List.of(
                new Peer(
                    query.peer(scoping, Optional.empty()),
                    query.peer(scoping.apart(), Optional.empty()),
                    List.of(),
                    item));
      }
      case "Entities" -> entity(item).stream().map(who -> new Peer(who, item)).toList();
      case "CIDR" ->
          Groups.cidr(item).stream()
              .map(a -> new Peer(cidrs.of(a, Groups.isWhole(a)), item))
              .toList();
      case "CIDRSet" -> cidrSet(item);
      case "Nodes" -> List.of();
      case "Services" -> services(item);
      case "FQDNs" -> List.of(outside(item, "the addresses that pods look up for " + name(item)));
      case String _ -> List.of(outside(item, "the addresses of the group"));
    };
  }

  /** Those peers of an entry that depend on the subject's own node. */
  List<Peer> of(Field entry, String node) {
    List<Peer> out = new ArrayList<>();
    if (Sanity.peers(entry).anyMatch(k -> Sanity.isEmptyList(k, entry.get(k)))) {
      return out;
    }
    Selector here = new Selector.OnNode(node);
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
        EndpointQuery query = EndpointQuery.read(item);
        if (query.isRelative()) {
          out.add(new Peer(query.peer(scoping, Optional.of(node)), item));
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

  /** Addresses that only the running engine knows; never those of pods and nodes. */
  private static Peer outside(Field item, String what) {
    return new Peer(
        new PeerSpec.Selected(new Selector.OfKind(Set.of(Kind.EXTERNAL))),
        List.of(new Doubt.KnownAtRuntime(what, item.origin())),
        item);
  }

  /** An entity but those of nodes; nobody for Cilium's own endpoints. */
  private List<PeerSpec> entity(Field entity) {
    return switch (entity.text("")) {
      case "all" -> List.of(PeerSpec.ANYONE);
      case "world" -> List.of(ofKind(Set.of(Kind.EXTERNAL)));
      case "cluster", "cluster-mesh" -> List.of(ofKind(CLUSTER), apiServer(entity));
      case "kube-apiserver" -> List.of(apiServer(entity));
      case String _ -> List.of();
    };
  }

  private static PeerSpec ofKind(Set<Kind> kinds) {
    return new PeerSpec.Selected(new Selector.OfKind(kinds));
  }

  /** The addresses behind default/kubernetes, of which some are nodes'. */
  private PeerSpec apiServer(Field entity) {
    List<IpSet> found = new ArrayList<>();
    for (Document slice : snapshot.ofKind("EndpointSlice")) {
      boolean kubernetes =
          slice.id().namespace().equals("default")
              && slice
                  .at("metadata", "labels", "kubernetes.io/service-name")
                  .text("")
                  .equals("kubernetes");
      for (Field endpoint : kubernetes ? slice.at("endpoints").items() : List.<Field>of()) {
        endpoint.get("addresses").items().forEach(a -> address(a).ifPresent(found::add));
      }
    }
    for (Field subset :
        snapshot
            .find("Endpoints", "default", "kubernetes")
            .map(d -> d.at("subsets").items())
            .orElse(List.of())) {
      subset.get("addresses").items().forEach(a -> address(a.get("ip")).ifPresent(found::add));
    }
    if (!found.isEmpty()) {
      return new PeerSpec.InRange(IpSet.union(found), HOSTS);
    }
    String what = "the addresses of the API server (EndpointSlices of default/kubernetes)";
    return new PeerSpec.Runtime(
        IpSet.NONE, IpSet.ALL, new Doubt.KnownAtRuntime(what, entity.origin()));
  }

  private static Optional<IpSet> address(Field field) {
    return field.text().flatMap(IpAddress::parse).map(IpSet::of);
  }

  /**
   * A selector of groups that asks for nothing is one of everybody; one that asks for nothing to be
   * there has all of the world, and all pods, where ranges match pods.
   */
  private List<Peer> cidrSet(Field item) {
    List<IpSet> except = new ArrayList<>();
    item.get("except").items().forEach(e -> Groups.cidr(e).ifPresent(except::add));
    Optional<IpSet> own = Groups.cidr(item.get("cidr"));
    boolean whole = own.filter(Groups::isWhole).isPresent();
    Field selector = item.get("cidrGroupSelector");
    if (!selector.present()) {
      String name = item.get("cidrGroupRef").text("");
      IpSet addresses = own.orElseGet(() -> cluster.groups().named(name));
      Peer sure = new Peer(cidrs.of(addresses.minus(IpSet.union(except)), whole), item);
      return own.isPresent() ? List.of(sure) : withUnread(List.of(sure), item);
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

  /** Groups that could not be read may have any address of the world. */
  private List<Peer> withUnread(List<Peer> known, Field item) {
    List<Peer> out = new ArrayList<>(known);
    Unread.of(snapshot, Set.of(CiliumPolicies.GROUP))
        .ifPresent(d -> out.add(new Peer(ofKind(Set.of(Kind.EXTERNAL)), List.of(d), item)));
    return out;
  }

  /**
   * What the Services stand for that an entry selects or names, of all namespaces unless it says
   * one (pkg/policy/k8s/service.go of v1.20.2, processRule).
   */
  private List<Peer> services(Field item) {
    boolean selects = item.get("k8sServiceSelector").present();
    Field which = item.get(selects ? "k8sServiceSelector" : "k8sService");
    String namespace = which.get("namespace").text("");
    LabelQuery labels = LabelQuery.read(which.get("selector"));
    String name = which.get("serviceName").text("");
    List<Peer> out = new ArrayList<>();
    for (Document service : snapshot.ofKind("Service")) {
      boolean there = namespace.isEmpty() || service.id().namespace().equals(namespace);
      boolean meant =
          selects
              ? labels.matches(service.at("metadata", "labels").strings())
              : service.id().name().equals(name);
      if (there && meant) {
        service(service, item).ifPresent(out::add);
      }
    }
    Unread.of(snapshot, Set.of("Service"), namespace)
        .ifPresent(why -> out.add(new Peer(PeerSpec.ANYONE, List.of(why), item)));
    return out;
  }

  /** The pods behind a Service, by its own selector. */
  private Optional<Peer> service(Document service, Field item) {
    Map<String, String> labels = service.at("spec", "selector").strings();
    if (labels.isEmpty()) {
      return Optional.of(outside(item, "the endpoints of a Service without a selector"));
    }
    Selector pods = Selector.pods(service.id().namespace(), labels);
    return cluster.anyService()
        ? Optional.of(new Peer(new PeerSpec.Selected(pods), item))
        : Optional.empty();
  }
}
