package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the controller has resolved policies to, the PolicyEndpoints: the agent serves these. Those
 * of a policy are the ones whose owner is that very object, so that another cluster's policy of the
 * same name is not held against them.
 */
final class Resolved {
  static final String KIND = "PolicyEndpoint.networking.k8s.aws";
  private static final int SHOWN = 3;

  private final List<Document> all;
  private final Cluster cluster;

  Resolved(Snapshot snapshot, Cluster cluster) {
    this.all = snapshot.ofKind(KIND);
    this.cluster = cluster;
  }

  private List<Document> of(NetworkPolicySpec spec) {
    String uid = spec.document().at("metadata", "uid").text("");
    return all.stream()
        .filter(e -> !uid.isEmpty() && e.id().namespace().equals(spec.namespace()))
        .filter(e ->
            e.at("metadata", "ownerReferences").items().stream()
                .anyMatch(o -> o.get("uid").text("").equals(uid)))
        .toList();
  }

  private static Stream<Field> entries(List<Document> of, Direction direction) {
    String side = direction.name().toLowerCase(Locale.ROOT);
    return of.stream().flatMap(e -> e.at("spec", side).items().stream());
  }

  /** The traffic to one address that the controller resolved; empty when nothing is known of it. */
  Optional<TrafficSet> traffic(NetworkPolicySpec spec, Direction direction, IpSet at) {
    List<Document> own = of(spec);
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(
            entries(own, direction)
                .filter(e -> address(e).equals(at))
                .map(Resolved::traffic)
                .reduce(TrafficSet.NONE, TrafficSet::or));
  }

  private static IpSet address(Field entry) {
    String text = entry.get("cidr").text("");
    int bits = text.indexOf(':') >= 0 ? 128 : 32;
    return IpSet.cidr(text.indexOf('/') >= 0 ? text : text + "/" + bits).orElse(IpSet.NONE);
  }

  private static TrafficSet traffic(Field entry) {
    List<Field> ports = entry.get("ports").items();
    TrafficSet out = ports.isEmpty() ? TrafficSet.ALL : TrafficSet.NONE;
    for (Field port : ports) {
      for (Protocol protocol : Protocol.values()) {
        if (port.get("protocol").text("TCP").equals(protocol.name())) {
          Optional<Integer> first = port.get("port").integer();
          int last = port.get("endPort").integer().or(() -> first).orElse(0);
          out =
              out.or(
                  first
                      .map(n -> TrafficSet.of(protocol, n, Math.max(n, last)))
                      .orElseGet(() -> TrafficSet.all(protocol)));
        }
      }
    }
    return out;
  }

  /** Where the addresses that were resolved are not those of the policy and the pods there are. */
  List<Finding> disagreements(NetworkPolicySpec spec) {
    List<Document> own = of(spec);
    List<Finding> out = new ArrayList<>();
    for (Direction direction : own.isEmpty() ? new Direction[0] : Direction.values()) {
      List<IpSet> there = entries(own, direction).map(Resolved::address).distinct().toList();
      List<IpSet> possible = expected(spec, direction, false);
      List<IpSet> lacking =
          expected(spec, direction, true).stream().filter(a -> !there.contains(a)).toList();
      List<IpSet> extra = there.stream().filter(a -> !possible.contains(a)).toList();
      if (!lacking.isEmpty() || !extra.isEmpty()) {
        String says =
            "%s: the agent has %s %s%s%s"
                .formatted(
                    spec.name(),
                    direction.name().toLowerCase(Locale.ROOT),
                    lacking.isEmpty() ? "" : "not to " + text(lacking),
                    lacking.isEmpty() || extra.isEmpty() ? "" : ", but ",
                    extra.isEmpty() ? "" : "to " + text(extra) + " that it no longer speaks of");
        String help = "wait for the controller, or look at its events: it has not caught up";
        out.add(new Finding("PV111", Severity.WARNING, says, help, own.getFirst().origin()));
      }
    }
    return out;
  }

  private static String text(List<IpSet> addresses) {
    List<String> shown = addresses.stream().limit(SHOWN).map(IpSet::toString).toList();
    int more = addresses.size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * The addresses that the policy leads to.
   *
   * @param surely without Services, and without rules by port name, which may lead nowhere
   */
  private List<IpSet> expected(NetworkPolicySpec spec, Direction direction, boolean surely) {
    List<IpSet> out = new ArrayList<>();
    for (RuleEntry rule : spec.rules(direction)) {
      boolean named =
          rule.ports().stream().anyMatch(p -> p.port().orElse(null) instanceof Port.Name);
      if (named && surely) {
        continue;
      }
      if (rule.anyone()) {
        out.addAll(List.of(IpSet.ALL_V4, IpSet.ALL_V6));
      }
      for (Peer peer : rule.peers()) {
        out.addAll(addresses(peer, spec, direction == Direction.EGRESS && !surely));
      }
    }
    return out.stream().distinct().toList();
  }

  private List<IpSet> addresses(Peer peer, NetworkPolicySpec spec, boolean ofServicesToo) {
    return switch (peer) {
      case Peer.Block block -> List.of(block.addresses());
      case Peer.Pods selected -> {
        Stream<IpAddress> pods = cluster.pods(selected, spec).flatMap(p -> p.address().stream());
        Stream<IpAddress> services =
            cluster.services().stream()
                .filter(s -> ofServicesToo && cluster.isMeant(selected, s, spec))
                .flatMap(s -> Cluster.clusterIp(s).stream());
        yield Stream.concat(pods, services).map(IpSet::of).toList();
      }
    };
  }
}
