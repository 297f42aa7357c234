package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.PodLike;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.SelectedBy;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the controller resolves rules with (amazon-network-policy-controller-k8s,
 * pkg/resolvers/endpoints.go): pods, their declared ports, and those on their nodes' network.
 */
final class Cluster {
  private final Snapshot snapshot;
  private final Context context;
  private final List<PodLike> pods;
  private final SelectedBy selectedBy;
  private final Set<String> namespaces = new TreeSet<>();

  Cluster(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    this.pods = PodLike.in(snapshot);
    this.selectedBy = new SelectedBy(snapshot);
    snapshot.ofKind("Namespace").forEach(n -> namespaces.add(n.id().name()));
    pods.forEach(p -> namespaces.add(p.namespace()));
  }

  /**
   * Names of ports: at ingress all numbers that any selected pod declares, for all selected pods
   * and whatever peer; at egress those of each destination, for peers that are pods.
   */
  Reading.PortNames names() {
    Reading.PortNames ofDestination = Reading.onTheDestination(false);
    return (names, use, peer) -> {
      if (use.direction() == Direction.INGRESS) {
        return new TrafficSpec.Named(
            names, Resolution.UNION_OF_DECLARED, use.subject(), false, TrafficSet.NONE);
      }
      return peer.filter(Peer.Pods.class::isInstance).isPresent()
          ? ofDestination.resolve(names, use, peer)
          : new TrafficSpec.Numeric(TrafficSet.NONE);
    };
  }

  /** The namespaces with a policy's peers, by their names. */
  Set<String> namespaces(LabelQuery query) {
    return namespaces.stream()
        .filter(name -> query.matches(selectedBy.labels(name)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All pods. */
  Stream<PodLike> pods() {
    return pods.stream();
  }

  /** The pods that a peer selects. */
  Stream<PodLike> pods(Peer.Pods peer, NetworkPolicySpec spec) {
    return pods(peer, spec.namespace());
  }

  /** The pods that a peer of a policy in a namespace selects. */
  Stream<PodLike> pods(Peer.Pods peer, String own) {
    return pods.stream()
        .filter(p -> selectedBy.reaches(peer, own, p.namespace()))
        .filter(p -> peer.pods().map(q -> q.matches(p.labels())).orElse(true));
  }

  /** Whether some pod has both policies. */
  boolean together(NetworkPolicySpec one, NetworkPolicySpec other) {
    return podsOf(one.namespace())
        .anyMatch(p -> one.subject().matches(p.labels()) && other.subject().matches(p.labels()));
  }

  /** The pods of a namespace. */
  Stream<PodLike> podsOf(String namespace) {
    return pods.stream().filter(p -> p.namespace().equals(namespace));
  }

  /** Whether a Service's own selector, taken for labels, satisfies a peer's. */
  boolean isMeant(Peer.Pods peer, Document service, NetworkPolicySpec spec) {
    return selectedBy.reaches(peer, spec.namespace(), service.id().namespace())
        && peer.pods().map(q -> q.matches(service.at("spec", "selector").strings())).orElse(true);
  }

  List<Document> services() {
    return snapshot.ofKind("Service");
  }

  /**
   * Whether any rule of a direction leads to an address, so that the agent gets an entry. It closes
   * a direction that policyTypes leaves out only if there is one (deriveIngressAndEgressFirewall
   * Rules of the agent's policyendpoints_controller.go).
   */
  boolean leadsAnywhere(NetworkPolicySpec spec, Direction direction) {
    return spec.rules(direction).stream()
        .anyMatch(rule ->
            hasPorts(rule, spec, direction)
                && (rule.anyone()
                    || rule.peers().stream().anyMatch(peer -> leadsAnywhere(peer, spec))));
  }

  private boolean leadsAnywhere(Peer peer, NetworkPolicySpec spec) {
    return switch (peer) {
      case Peer.Block _ -> true;
      case Peer.Pods selected -> pods(selected, spec).findAny().isPresent();
    };
  }

  private boolean hasPorts(RuleEntry rule, NetworkPolicySpec spec, Direction direction) {
    boolean numbers =
        rule.everything()
            || rule.ports().stream().anyMatch(e -> !(e.port().orElse(null) instanceof Port.Name));
    boolean ofPods = rule.peers().stream().anyMatch(Peer.Pods.class::isInstance);
    Set<String> names = new HashSet<>();
    rule.ports()
        .forEach(e ->
            e.port()
                .ifPresent(p -> {
                  if (p instanceof Port.Name(String name)) {
                    names.add(name);
                  }
                }));
    return numbers
        || (direction == Direction.EGRESS && ofPods)
        || podsOf(spec.namespace())
            .filter(p -> spec.subject().matches(p.labels()))
            .flatMap(p -> p.ports().stream())
            .anyMatch(d -> names.contains(d.name()));
  }

  /** A pod on its node's network among the peers opens the whole node. */
  List<Rule> hosts(NetworkPolicySpec spec, RuleEntry rule) {
    List<Rule> out = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      if (peer instanceof Peer.Pods selected) {
        IpSet nodes =
            IpSet.union(
                pods(selected, spec)
                    .filter(PodLike::onHostNetwork)
                    .flatMap(p -> p.address().stream())
                    .map(IpSet::of)
                    .toList());
        if (!nodes.isEmpty()) {
          PeerSpec who = new PeerSpec.InRange(nodes, Passages.HOST_KINDS);
          out.add(allow(who, numbers(rule), peer, "hostnetwork-peer"));
        }
      }
    }
    return out;
  }

  /** The numbers among a rule's ports; everything when there are no ports. */
  static TrafficSet numbers(RuleEntry rule) {
    if (rule.everything()) {
      return TrafficSet.ALL;
    }
    TrafficSet out = TrafficSet.NONE;
    for (var entry : rule.ports()) {
      out =
          switch (entry.port().orElse(null)) {
            case null -> out.or(TrafficSet.all(entry.protocol()));
            case Port.Name _ -> out;
            case Port.Number(int first, var end) ->
                out.or(TrafficSet.of(entry.protocol(), first, end.orElse(first)));
          };
    }
    return out;
  }

  /** A rule that the controller makes of a peer besides the pods that it selects. */
  Rule allow(PeerSpec who, TrafficSet traffic, Peer peer, String row) {
    Origin origin = new Origin.Bent(peer.place().origin(), context.origin("aws-vpc-cni." + row));
    return Rule.allow(List.of(who), List.of(new TrafficSpec.Numeric(traffic)), origin);
  }

  /** The selector of the pods that a policy of a namespace is for. */
  static Selector subject(String namespace, LabelQuery query) {
    return Selector.and(
        Selector.pods(),
        new Selector.InNamespace(namespace),
        query.selector(Selector.Scope.ENDPOINT));
  }

  /** A selector of everything. */
  static LabelQuery everything(Document document) {
    return new LabelQuery(document.field(), List.of());
  }

  /** The address that a Service has; none when it is headless. */
  static Optional<IpAddress> clusterIp(Document service) {
    return service.at("spec", "clusterIP").text().flatMap(IpAddress::parse);
  }
}
