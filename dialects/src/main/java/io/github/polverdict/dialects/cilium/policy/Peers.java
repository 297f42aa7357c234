package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who the peers of a rule are, but for those that depend on the subject's own node. */
final class Peers {
  private static final Set<Kind> HOSTS = Set.of(Kind.NODE, Kind.HOST_POD);
  private static final Set<Kind> CLUSTER = Set.of(Kind.POD, Kind.NODE, Kind.HOST_POD);

  private final Snapshot snapshot;
  private final Cidrs cidrs;
  private final String namespace;
  private final boolean byLabels;

  /** The kinds of endpoint inside the cluster that ranges match, and that whole families match. */
  record Cidrs(Set<Kind> byAddress, Set<Kind> byWholeRange) {
    PeerSpec of(IpSet addresses) {
      boolean whole = addresses.equals(IpSet.ALL_V4) || addresses.equals(IpSet.ALL_V6);
      return new PeerSpec.InRange(addresses, whole ? byWholeRange : byAddress);
    }
  }

  /** One peer, and why it may be nobody; usually nothing. */
  record Peer(PeerSpec who, List<Doubt> onlyIf, Field place) {
    Peer(PeerSpec who, Field place) {
      this(who, List.of(), place);
    }
  }

  /**
   * @param namespace the policy's own; empty for one of the whole cluster
   * @param byLabels whether selectors may name other namespaces by their labels
   */
  Peers(Snapshot snapshot, Cidrs cidrs, String namespace, boolean byLabels) {
    this.snapshot = snapshot;
    this.cidrs = cidrs;
    this.namespace = namespace;
    this.byLabels = byLabels;
  }

  /** The peers of a rule's entry by their field, {@code fromEndpoints} for example. */
  List<Peer> of(String key, Field field) {
    List<Peer> out = new ArrayList<>();
    for (Field item : field.items()) {
      switch (key.replaceFirst("^(from|to)", "")) {
        case "Endpoints" ->
            out.add(
                new Peer(
                    new PeerSpec.Selected(EndpointQuery.read(item).selector(namespace, byLabels)),
                    item));
        case "Entities" -> entity(item).ifPresent(who -> out.add(new Peer(who, item)));
        case "CIDR" -> cidr(item).ifPresent(a -> out.add(new Peer(cidrs.of(a), item)));
        case "CIDRSet" -> out.add(new Peer(cidrs.of(cidrSet(item)), item));
        case "Nodes" ->
            out.add(
                new Peer(
                    new PeerSpec.Selected(
                        Selector.and(
                            new Selector.OfKind(HOSTS),
                            LabelQuery.read(item).selector(Scope.NODE))),
                    item));
        case "Services" -> services(item).ifPresent(out::add);
        case "FQDNs" -> out.add(outside(item, "the addresses that pods look up for " + name(item)));
        case String _ -> out.add(outside(item, "the addresses of the group"));
      }
    }
    return out;
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

  /** An entity but {@code host} and {@code remote-node}; nobody for Cilium's own endpoints. */
  private Optional<PeerSpec> entity(Field entity) {
    return switch (entity.text("")) {
      case "all" -> Optional.of(PeerSpec.ANYONE);
      case "world" -> Optional.of(ofKind(Set.of(Kind.EXTERNAL)));
      case "world-ipv4" -> Optional.of(new PeerSpec.InRange(IpSet.ALL_V4, Set.of()));
      case "world-ipv6" -> Optional.of(new PeerSpec.InRange(IpSet.ALL_V6, Set.of()));
      case "cluster", "cluster-mesh" -> Optional.of(ofKind(CLUSTER));
      case "kube-apiserver" -> Optional.of(apiServer(entity));
      case String _ -> Optional.empty();
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

  /** {@code 10.0.0.0/8}, or an address for itself. */
  private static Optional<IpSet> cidr(Field field) {
    return field.text().flatMap(t -> IpSet.cidr(t).or(() -> IpAddress.parse(t).map(IpSet::of)));
  }

  private IpSet cidrSet(Field item) {
    List<IpSet> except = new ArrayList<>();
    item.get("except").items().forEach(e -> cidr(e).ifPresent(except::add));
    return cidr(item.get("cidr"))
        .orElseGet(() -> IpSet.union(groups(item)))
        .minus(IpSet.union(except));
  }

  private List<IpSet> groups(Field item) {
    List<IpSet> out = new ArrayList<>();
    Field selector = item.get("cidrGroupSelector");
    for (Document group : snapshot.ofKind(CiliumPolicies.GROUP)) {
      Map<String, String> labels = group.at("metadata", "labels").strings();
      boolean meant =
          selector.present()
              ? LabelQuery.read(selector).matches(labels)
              : item.get("cidrGroupRef").text("").equals(group.id().name());
      for (Field range : meant ? group.at("spec", "externalCIDRs").items() : List.<Field>of()) {
        cidr(range).ifPresent(out::add);
      }
    }
    return out;
  }

  /** The pods behind a Service, by its own selector. */
  private Optional<Peer> services(Field item) {
    Field named = item.get("k8sService");
    Optional<Document> service =
        snapshot.find(
            "Service", named.get("namespace").text(namespace), named.get("serviceName").text(""));
    if (service.isEmpty()) {
      return item.get("k8sServiceSelector").present()
          ? Optional.of(outside(item, "the Services that k8sServiceSelector selects"))
          : Optional.empty();
    }
    Map<String, String> labels = service.get().at("spec", "selector").strings();
    if (labels.isEmpty()) {
      return Optional.of(outside(item, "the endpoints of a Service without a selector"));
    }
    List<Selector> all = new ArrayList<>();
    all.add(Selector.pods());
    all.add(new Selector.InNamespace(service.get().id().namespace()));
    labels.forEach((k, v) -> all.add(new Selector.LabelIn(Scope.ENDPOINT, k, Set.of(v))));
    return Optional.of(new Peer(new PeerSpec.Selected(new Selector.And(all)), item));
  }
}
