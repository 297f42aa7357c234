package io.github.polverdict.dialects.aws;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the controller resolves from other objects (amazon-network-policy-controller-k8s,
 * pkg/resolvers/endpoints.go): addresses of Services and of pods on their nodes' network.
 */
final class Cluster {
  private final Snapshot snapshot;
  private final Context context;
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  Cluster(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
    for (Document namespace : snapshot.ofKind("Namespace")) {
      Map<String, String> labels = new HashMap<>(namespace.at("metadata", "labels").strings());
      labels.put("kubernetes.io/metadata.name", namespace.id().name());
      namespaces.put(namespace.id().name(), labels);
    }
  }

  /** Egress names are resolved for peers that are pods only. */
  Reading.PortNames names() {
    Reading.PortNames usual = Reading.onTheDestination(false);
    return (names, use, peer) ->
        use.direction() == Direction.EGRESS && peer.filter(Peer.Pods.class::isInstance).isEmpty()
            ? new TrafficSpec.Numeric(TrafficSet.NONE)
            : usual.resolve(names, use, peer);
  }

  private boolean inNamespace(Peer.Pods peer, String namespace, NetworkPolicySpec spec) {
    return peer.namespaces()
        .map(q ->
            q.matches(
                namespaces.getOrDefault(
                    namespace, Map.of("kubernetes.io/metadata.name", namespace))))
        .orElse(namespace.equals(spec.namespace()));
  }

  /** A pod on its node's network among the peers opens the whole node. */
  List<Rule> hosts(NetworkPolicySpec spec, Direction direction) {
    List<Rule> out = new ArrayList<>();
    for (RuleEntry rule : spec.rules(direction)) {
      for (Peer peer : rule.peers()) {
        if (peer instanceof Peer.Pods pods) {
          IpSet nodes = nodesOf(pods, spec);
          if (!nodes.isEmpty()) {
            Set<Kind> kinds = Set.of(Kind.NODE, Kind.HOST_POD);
            out.add(
                allow(new PeerSpec.InRange(nodes, kinds), numbers(rule), peer, "hostnetwork-peer"));
          }
        }
      }
    }
    return out;
  }

  private IpSet nodesOf(Peer.Pods peer, NetworkPolicySpec spec) {
    List<IpSet> out = new ArrayList<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      Map<String, String> labels = pod.at("metadata", "labels").strings();
      if (pod.at("spec", "hostNetwork").bool().orElse(false)
          && inNamespace(peer, pod.id().namespace(), spec)
          && peer.pods().map(q -> q.matches(labels)).orElse(true)) {
        pod.at("status", "podIP")
            .text()
            .flatMap(IpAddress::parse)
            .map(IpSet::of)
            .ifPresent(out::add);
      }
    }
    return IpSet.union(out);
  }

  /** Addresses of Services whose own selector, taken for labels, satisfies a peer's. */
  List<Rule> services(NetworkPolicySpec spec) {
    List<Rule> out = new ArrayList<>();
    for (RuleEntry rule : spec.rules(Direction.EGRESS)) {
      for (Peer peer : rule.peers()) {
        for (Document service : snapshot.ofKind("Service")) {
          if (peer instanceof Peer.Pods pods && isMeant(pods, service, spec)) {
            address(service)
                .ifPresent(address ->
                    out.add(
                        allow(
                            new PeerSpec.InRange(address, Set.of()),
                            ports(rule, service),
                            peer,
                            "egress-clusterip-synthesis")));
          }
        }
      }
    }
    return out;
  }

  private boolean isMeant(Peer.Pods peer, Document service, NetworkPolicySpec spec) {
    Map<String, String> selector = service.at("spec", "selector").strings();
    boolean everyPod = peer.pods().map(q -> q.requirements().isEmpty()).orElse(true);
    return inNamespace(peer, service.id().namespace(), spec)
        && (everyPod || peer.pods().map((LabelQuery q) -> q.matches(selector)).orElse(true));
  }

  private static Optional<IpSet> address(Document service) {
    List<IpSet> out = new ArrayList<>();
    for (Field ip : service.at("spec", "clusterIPs").items()) {
      ip.text().flatMap(IpAddress::parse).map(IpSet::of).ifPresent(out::add);
    }
    service
        .at("spec", "clusterIP")
        .text()
        .flatMap(IpAddress::parse)
        .map(IpSet::of)
        .ifPresent(out::add);
    return out.isEmpty() ? Optional.empty() : Optional.of(IpSet.union(out));
  }

  /** The Service's own ports that lead to ports of the rule. */
  private static TrafficSet ports(RuleEntry rule, Document service) {
    if (rule.everything()) {
      return TrafficSet.ALL;
    }
    TrafficSet out = TrafficSet.NONE;
    for (Field port : service.at("spec", "ports").items()) {
      Protocol protocol = Protocol.valueOf(port.get("protocol").text("TCP"));
      int number = port.get("port").integer().orElse(0);
      String target = port.get("targetPort").text(String.valueOf(number));
      if (number > 0 && rule.ports().stream().anyMatch(e -> leadsTo(e, protocol, target))) {
        out = out.or(TrafficSet.of(protocol, number, number));
      }
    }
    return out;
  }

  private static boolean leadsTo(PortEntry entry, Protocol protocol, String target) {
    if (entry.protocol() != protocol) {
      return false;
    }
    return switch (entry.port().orElse(null)) {
      case null -> true;
      case Port.Name(String name) -> name.equals(target);
      case Port.Number(int first, var end) -> {
        int number = target.matches("[0-9]{1,5}") ? Integer.parseInt(target) : -1;
        yield first <= number && number <= end.orElse(first);
      }
    };
  }

  private static TrafficSet numbers(RuleEntry rule) {
    if (rule.everything()) {
      return TrafficSet.ALL;
    }
    TrafficSet out = TrafficSet.NONE;
    for (PortEntry entry : rule.ports()) {
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

  private Rule allow(PeerSpec who, TrafficSet traffic, Peer peer, String row) {
    Origin origin = new Origin.Bent(peer.place().origin(), context.origin("aws-vpc-cni." + row));
    return new Rule(
        0,
        List.of(who),
        List.of(new TrafficSpec.Numeric(traffic)),
        Action.ALLOW,
        List.of(),
        origin);
  }
}
