package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How processes of nodes look: with the management port's address, the second of the node's pod
 * subnet (annotation {@code k8s.ovn.org/node-subnets}); and the namespace that stands for them in
 * OpenShift.
 */
final class HostNetwork {
  static final String NAMESPACE = "openshift-host-network";
  private static final Pattern SUBNET = Pattern.compile("[0-9a-fA-F:.]+/[0-9]{1,3}");

  private final Map<String, IpSet> managementPorts;
  private final Optional<Map<String, String>> labels; // of the namespace that stands for nodes
  private final Context context;

  HostNetwork(Snapshot snapshot, Context context) {
    this.managementPorts = managementPorts(snapshot);
    this.context = context;
    this.labels =
        snapshot
            .find("Namespace", "", NAMESPACE)
            .map(n -> {
              Map<String, String> all = new HashMap<>(n.at("metadata", "labels").strings());
              all.put("kubernetes.io/metadata.name", NAMESPACE);
              return all;
            });
  }

  static Map<String, IpSet> managementPorts(Snapshot snapshot) {
    Map<String, IpSet> out = new HashMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      Matcher subnets =
          SUBNET.matcher(
              node.at("metadata", "annotations").get("k8s.ovn.org/node-subnets").text(""));
      List<IpSet> second = new ArrayList<>();
      while (subnets.find()) {
        IpSet.cidr(subnets.group())
            .map(s -> s.ranges().getFirst().first())
            .flatMap(IpAddress::next)
            .flatMap(IpAddress::next)
            .map(IpSet::of)
            .ifPresent(second::add);
      }
      if (!second.isEmpty()) {
        out.put(node.id().name(), IpSet.union(second));
      }
    }
    return out;
  }

  /** Peers that select that namespace as a whole also are every node's management port. */
  NetworkPolicySpec asPeers(NetworkPolicySpec spec) {
    if (labels.isEmpty() || managementPorts.isEmpty()) {
      return spec;
    }
    IpSet all = IpSet.union(List.copyOf(managementPorts.values()));
    return spec.mapRules(rule -> withHosts(rule, all));
  }

  private RuleEntry withHosts(RuleEntry rule, IpSet hosts) {
    List<Peer> peers = new ArrayList<>(rule.peers());
    for (Peer peer : rule.peers()) {
      if (peer instanceof Peer.Pods pods
          && pods.pods().isEmpty()
          && pods.namespaces().filter(this::selects).isPresent()) {
        peers.add(new Peer.Block(peer.place(), hosts, List.of(), true));
      }
    }
    return peers.size() == rule.peers().size()
        ? rule
        : rule.withPeers(peers, context.origin("ovn-kubernetes.hostnetwork-peer"));
  }

  private boolean selects(LabelQuery query) {
    return query.matches(labels.orElse(Map.of()));
  }
}
