package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.aws.policy.ClusterWideReader.ClusterRule;
import io.github.polverdict.dialects.aws.policy.ClusterWideReader.Policy;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Addresses for which the ClusterNetworkPolicies of a pod have more rules than the agent's entry
 * has room for: a port each, those of wider ranges too; of rules without ports one for each
 * priority and action (removeDuplicateL4Rules in pkg/fwruleprocessor). The surplus is dropped, in
 * no order (ComputeTrieValueForCPE in pkg/utils).
 */
final class ClusterLimit {
  private final List<Policy> policies;
  private final Cluster cluster;
  private final Origin.BuiltIn row;

  /** A rule, with its policy's place in the list. */
  private record Line(int policy, ClusterRule rule) {}

  /** What rules without ports have in common of which the agent keeps one. */
  private record Portless(boolean admin, int priority, Action action) {}

  /** A rule with the addresses that it leads to: those of pods, and ranges. */
  private record Reach(Line line, Set<IpSet> pods, List<IpSet> ranges) {
    boolean leadsTo(IpSet address) {
      return pods.contains(address) || ranges.stream().anyMatch(address::subsetOf);
    }
  }

  ClusterLimit(List<Policy> policies, Cluster cluster, Context context) {
    this.policies = policies;
    this.cluster = cluster;
    this.row = context.origin("aws-vpc-cni.cnp-24-ports-per-cidr");
  }

  /** Traffic of pods whose entries may lack rules, by the sets of policies that pods have. */
  List<Passage> passages() {
    List<Passage> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      List<Line> all = new ArrayList<>();
      for (int i = 0; i < policies.size(); i++) {
        for (ClusterRule rule : policies.get(i).rules(direction)) {
          all.add(new Line(i, rule));
        }
      }
      if (size(all) > PortLimit.ROOM) {
        List<Reach> reaches = all.stream().map(this::reach).toList();
        for (BitSet set : sets()) {
          Selector subject = subject(set);
          full(reaches.stream().filter(r -> set.get(r.line().policy())).toList())
              .forEach((some, at) ->
                  out.add(PortLimit.perhaps(subject, direction, IpSet.union(at), some, row)));
        }
      }
    }
    return out;
  }

  /** The places that rules take in an entry. */
  private int size(List<Line> of) {
    int out = 0;
    Set<Portless> portless = new HashSet<>();
    for (Line line : of) {
      out += line.rule().entry().ports().size();
      if (line.rule().entry().ports().isEmpty()) {
        Policy policy = policies.get(line.policy());
        portless.add(new Portless(policy.admin(), policy.priority(), line.rule().action()));
      }
    }
    return out + portless.size();
  }

  private Reach reach(Line line) {
    Set<IpSet> pods = new LinkedHashSet<>();
    List<IpSet> ranges = new ArrayList<>();
    for (Peer peer : line.rule().entry().peers()) {
      switch (peer) {
        case Peer.Block block -> ranges.add(block.addresses());
        case Peer.Pods selected ->
            cluster
                .pods(selected, "")
                .flatMap(p -> p.address().stream())
                .map(IpSet::of)
                .forEach(pods::add);
      }
    }
    return new Reach(line, pods, ranges);
  }

  /** The sets of policies that pods have, by their places in the list. */
  private Set<BitSet> sets() {
    List<Set<String>> namespaces =
        policies.stream().map(p -> cluster.namespaces(p.namespaces())).toList();
    Set<BitSet> out = new LinkedHashSet<>();
    cluster
        .pods()
        .forEach(pod -> {
          BitSet set = new BitSet();
          IntStream.range(0, policies.size())
              .filter(i -> namespaces.get(i).contains(pod.namespace()))
              .filter(i -> policies.get(i).pods().matches(pod.labels()))
              .forEach(set::set);
          out.add(set);
        });
    return out;
  }

  /** The entries that have no room, by the traffic that their rules speak of. */
  private Map<TrafficSet, List<IpSet>> full(List<Reach> reaches) {
    Map<BitSet, List<IpSet>> entries = new LinkedHashMap<>();
    if (size(reaches.stream().map(Reach::line).toList()) > PortLimit.ROOM) {
      reaches.stream()
          .flatMap(r -> Stream.concat(r.pods().stream(), r.ranges().stream()))
          .distinct()
          .forEach(at -> {
            BitSet here = new BitSet();
            IntStream.range(0, reaches.size())
                .filter(i -> reaches.get(i).leadsTo(at))
                .forEach(here::set);
            entries.computeIfAbsent(here, _ -> new ArrayList<>()).add(at);
          });
    }
    Map<TrafficSet, List<IpSet>> out = new LinkedHashMap<>();
    entries.forEach((here, at) -> {
      List<Line> lines = here.stream().mapToObj(i -> reaches.get(i).line()).toList();
      if (size(lines) > PortLimit.ROOM) {
        TrafficSet some = TrafficSet.NONE;
        for (Line line : lines) {
          some = some.or(Cluster.numbers(line.rule().entry()));
        }
        out.computeIfAbsent(some, _ -> new ArrayList<>()).addAll(at);
      }
    });
    return out;
  }

  private Selector subject(BitSet set) {
    List<Selector> all = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      Selector subject = policies.get(i).subject();
      all.add(set.get(i) ? subject : new Selector.Not(subject));
    }
    return new Selector.And(all);
  }
}
