package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Passages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries of the agent's table with more ports than they have room for: those of all policies of a
 * pod, with what the entry inherits from wider ranges. The surplus is dropped (ComputeTrieValue in
 * pkg/utils; issue 102).
 */
final class PortLimit {
  /** For how many lines an entry has room. */
  static final int ROOM = 24;

  private final List<NetworkPolicySpec> specs;
  private final Cluster cluster;
  private final Origin.BuiltIn row;

  PortLimit(List<NetworkPolicySpec> specs, Cluster cluster, Context context) {
    this.specs = specs;
    this.cluster = cluster;
    this.row = context.origin("aws-vpc-cni.24-ports-per-cidr");
  }

  /** One line of an entry: protocol, port and end. */
  private record Line(String text, TrafficSet traffic) {}

  /** Traffic of pods whose entries may lack ports. */
  List<Passage> passages() {
    List<Passage> out = new ArrayList<>();
    Map<String, List<NetworkPolicySpec>> byNamespace = new LinkedHashMap<>();
    specs.forEach(s -> byNamespace.computeIfAbsent(s.namespace(), _ -> new ArrayList<>()).add(s));
    for (List<NetworkPolicySpec> here : byNamespace.values()) {
      for (Direction direction : Direction.values()) {
        if (lines(here.stream().flatMap(s -> s.rules(direction).stream()).toList()) > ROOM) {
          out.addAll(ofNamespace(here, direction));
        }
      }
    }
    return out;
  }

  private static int lines(List<RuleEntry> rules) {
    return (int) rules.stream().flatMap(r -> of(r).stream()).map(Line::text).distinct().count();
  }

  /** By the sets of policies that pods have. */
  private List<Passage> ofNamespace(List<NetworkPolicySpec> here, Direction direction) {
    Set<Set<NetworkPolicySpec>> sets =
        cluster
            .podsOf(here.getFirst().namespace())
            .map(p ->
                here.stream()
                    .filter(s -> s.subject().matches(p.labels()))
                    .collect(Collectors.toCollection(LinkedHashSet::new)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Passage> out = new ArrayList<>();
    for (Set<NetworkPolicySpec> set : sets) {
      List<RuleEntry> rules = set.stream().flatMap(s -> s.rules(direction).stream()).toList();
      if (lines(rules) > ROOM) {
        Selector subject = subject(here, set);
        full(set, direction)
            .forEach((at, some) -> out.add(perhaps(subject, direction, at, some, row)));
      }
    }
    return out;
  }

  /** Traffic of pods with addresses whose entries may lack some of it. */
  static Passage perhaps(
      Selector subject, Direction direction, IpSet at, TrafficSet some, Origin.BuiltIn row) {
    PeerSpec pods = new PeerSpec.Selected(subject);
    PeerSpec there = new PeerSpec.InRange(at, Kind.INSIDE);
    boolean egress = direction == Direction.EGRESS;
    return Passages.of(new Effect.Uncertain(direction), row)
        .between(egress ? pods : there, egress ? there : pods)
        .carrying(some)
        .onlyIf(Doubt.Unverified.of(row));
  }

  private static Selector subject(List<NetworkPolicySpec> here, Set<NetworkPolicySpec> set) {
    List<Selector> all = new ArrayList<>();
    all.add(Selector.pods());
    all.add(new Selector.InNamespace(here.getFirst().namespace()));
    for (NetworkPolicySpec spec : here) {
      Selector selects = spec.subject().selector(Scope.ENDPOINT);
      all.add(set.contains(spec) ? selects : new Selector.Not(selects));
    }
    return new Selector.And(all);
  }

  /** The entries with too many lines, and all that they should let pass. */
  private Map<IpSet, TrafficSet> full(Set<NetworkPolicySpec> set, Direction direction) {
    Map<IpSet, Map<String, TrafficSet>> entries = new HashMap<>();
    for (NetworkPolicySpec spec : set) {
      spec.rules(direction)
          .forEach(r -> addresses(r, spec).forEach(a -> entries.put(a, new LinkedHashMap<>())));
    }
    entries.forEach((address, lines) -> {
      for (NetworkPolicySpec spec : set) {
        for (RuleEntry rule : spec.rules(direction)) {
          if (addresses(rule, spec).stream().anyMatch(address::subsetOf)) {
            of(rule).forEach(l -> lines.put(l.text(), l.traffic()));
          }
        }
      }
    });
    Map<IpSet, TrafficSet> out = new LinkedHashMap<>();
    entries.entrySet().stream()
        .filter(e -> e.getValue().size() > ROOM)
        .sorted(Comparator.comparing(e -> e.getKey().toString()))
        .forEach(e ->
            out.put(
                e.getKey(),
                e.getValue().values().stream().reduce(TrafficSet.NONE, TrafficSet::or)));
    return out;
  }

  private List<IpSet> addresses(RuleEntry rule, NetworkPolicySpec spec) {
    List<IpSet> out = new ArrayList<>();
    if (rule.anyone()) {
      out.addAll(List.of(IpSet.ALL_V4, IpSet.ALL_V6));
    }
    for (Peer peer : rule.peers()) {
      switch (peer) {
        case Peer.Block block -> out.add(block.addresses());
        case Peer.Pods selected ->
            cluster
                .pods(selected, spec)
                .flatMap(p -> p.address().stream())
                .map(IpSet::of)
                .forEach(out::add);
      }
    }
    return out;
  }

  private static List<Line> of(RuleEntry rule) {
    return rule.everything()
        ? List.of(new Line("all", TrafficSet.ALL))
        : rule.ports().stream().map(PortLimit::of).toList();
  }

  private static Line of(PortEntry entry) {
    return switch (entry.port().orElse(null)) {
      case null -> new Line(entry.protocol() + "", TrafficSet.all(entry.protocol()));
      case Port.Name(String name) -> new Line(entry.protocol() + name, TrafficSet.NONE);
      case Port.Number(int first, var end) ->
          new Line(
              entry.protocol() + " " + first + "-" + end.orElse(0),
              TrafficSet.of(entry.protocol(), first, end.orElse(first)));
    };
  }
}
