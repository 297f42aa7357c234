package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.PodLike;
import io.github.polverdict.dialects.kubernetes.PodLike.Declared;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses of Services that the controller adds to egress rules, for the agent looks before
 * translation (getMatchingServiceClusterIPs in pkg/resolvers/endpoints.go): a Service whose own
 * selector, taken for labels, satisfies the peer's, with the first of its ports that leads to each
 * port of the rule.
 */
final class ServicePorts {
  private final Cluster cluster;
  private final Context context;
  private final Resolved resolved;

  ServicePorts(Cluster cluster, Context context, Resolved resolved) {
    this.cluster = cluster;
    this.context = context;
    this.resolved = resolved;
  }

  /** The Service ports that one port of a rule opens, and whether all controllers find them. */
  private record Found(TrafficSet traffic, boolean sure) {}

  List<Rule> rules(NetworkPolicySpec spec, RuleEntry rule) {
    List<Rule> out = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      if (peer instanceof Peer.Pods selected) {
        for (Document service : cluster.services()) {
          if (cluster.isMeant(selected, service, spec)) {
            Cluster.clusterIp(service)
                .map(IpSet::of)
                .ifPresent(at -> out.addAll(rules(at, rule, service, selected, spec)));
          }
        }
      }
    }
    return out;
  }

  private List<Rule> rules(
      IpSet at, RuleEntry rule, Document service, Peer peer, NetworkPolicySpec spec) {
    PeerSpec who = new PeerSpec.InRange(at, Set.of());
    String row = "egress-clusterip-synthesis";
    if (rule.everything()) {
      return List.of(cluster.allow(who, TrafficSet.ALL, peer, row));
    }
    TrafficSet sure = TrafficSet.NONE;
    TrafficSet perhaps = TrafficSet.NONE;
    for (PortEntry entry : rule.ports()) {
      Found found = found(entry, rule, service);
      sure = found.sure() ? sure.or(found.traffic()) : sure;
      perhaps = found.sure() ? perhaps : perhaps.or(found.traffic());
    }
    Optional<TrafficSet> truth = resolved.traffic(spec, Direction.EGRESS, at);
    if (truth.isPresent()) {
      sure = sure.or(perhaps.and(truth.get()));
      perhaps = TrafficSet.NONE;
    }
    List<Rule> out = new ArrayList<>();
    if (!sure.isEmpty()) {
      out.add(cluster.allow(who, sure, peer, row));
    }
    if (!perhaps.isEmpty()) {
      String unclear = "named-target-ports";
      Doubt doubt = Doubt.Unverified.of(context.origin("aws-vpc-cni." + unclear));
      out.add(cluster.allow(who, perhaps, peer, unclear).onlyIf(doubt));
    }
    return out;
  }

  private Found found(PortEntry entry, RuleEntry rule, Document service) {
    Optional<Port> port = entry.port();
    if (port.isEmpty()) {
      return new Found(TrafficSet.all(entry.protocol()), true);
    }
    Optional<Integer> direct = direct(entry, port.get(), service);
    if (direct.isPresent()) {
      return new Found(from(entry, direct.get()), true);
    }
    Set<Optional<Integer>> byPod =
        backing(service).map(p -> through(p, entry, service)).collect(Collectors.toSet());
    List<Integer> numbers = byPod.stream().flatMap(Optional::stream).sorted().toList();
    TrafficSet any = TrafficSet.NONE;
    for (int number : numbers) {
      any = any.or(from(entry, number));
    }
    return new Found(any, byPod.size() == 1 && !mayLeadElsewhere(numbers, entry, rule, service));
  }

  /** The range of a rule from the Service's port on: the controller keeps its end. */
  private static TrafficSet from(PortEntry entry, int first) {
    int end =
        entry.port().orElse(null) instanceof Port.Number(int _, var last)
            ? last.orElse(first)
            : first;
    return TrafficSet.of(entry.protocol(), first, Math.max(first, end));
  }

  /** LookupServiceListenPort: a target port of the same type and text. */
  private static Optional<Integer> direct(PortEntry entry, Port port, Document service) {
    return ports(service, entry)
        .filter(p ->
            switch (port) {
              case Port.Name(String name) -> target(p).string().filter(name::equals).isPresent();
              case Port.Number(int first, var _) ->
                  target(p).integer().filter(n -> n == first).isPresent();
            })
        .flatMap(p -> p.get("port").integer().stream())
        .findFirst();
  }

  private static Stream<Field> ports(Document service, PortEntry entry) {
    return service.at("spec", "ports").items().stream()
        .filter(p -> p.get("protocol").text("TCP").equals(entry.protocol().name()));
  }

  private static Field target(Field port) {
    return port.get("targetPort").present() ? port.get("targetPort") : port.get("port");
  }

  private Stream<PodLike> backing(Document service) {
    return cluster
        .podsOf(service.id().namespace())
        .filter(p -> p.has(service.at("spec", "selector").strings()));
  }

  /** LookupListenPortFromPodSpec: by what one pod declares. */
  private static Optional<Integer> through(PodLike pod, PortEntry entry, Document service) {
    Optional<Declared> declared = declared(pod, entry);
    return ports(service, entry)
        .filter(p ->
            target(p).string().isPresent()
                ? declared.map(Declared::name).filter(target(p).text("")::equals).isPresent()
                : declared
                    .map(Declared::number)
                    .filter(n -> target(p).integer().filter(n::equals).isPresent())
                    .isPresent())
        .flatMap(p -> p.get("port").integer().stream())
        .findFirst();
  }

  private static Optional<Declared> declared(PodLike pod, PortEntry entry) {
    return pod.ports().stream()
        .filter(d -> d.protocol().equals(entry.protocol().name()))
        .filter(d ->
            switch (entry.port().orElse(null)) {
              case null -> false;
              case Port.Name(String name) -> d.name().equals(name);
              case Port.Number(int first, var _) -> d.number() == first;
            })
        .findFirst();
  }

  /**
   * Whether the Service's port leads by name to a number that the rule does not allow, in some pod;
   * some controllers leave such a port out (hasTargetPortBypass).
   */
  private boolean mayLeadElsewhere(
      List<Integer> numbers, PortEntry entry, RuleEntry rule, Document service) {
    if (!(entry.port().orElse(null) instanceof Port.Number)) {
      return false;
    }
    Set<String> names =
        ports(service, entry)
            .filter(p -> p.get("port").integer().filter(numbers::contains).isPresent())
            .flatMap(p -> target(p).string().stream())
            .collect(Collectors.toSet());
    return backing(service)
        .flatMap(p -> p.ports().stream())
        .filter(d -> d.protocol().equals(entry.protocol().name()) && names.contains(d.name()))
        .anyMatch(d -> rule.ports().stream().noneMatch(e -> allows(e, d)));
  }

  private static boolean allows(PortEntry entry, Declared declared) {
    return entry.protocol().name().equals(declared.protocol())
        && switch (entry.port().orElse(null)) {
          case null -> true;
          case Port.Name _ -> false;
          case Port.Number(int first, var end) ->
              first <= declared.number() && declared.number() <= end.orElse(first);
        };
  }
}
