package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How processes of nodes look to pods: with the address of the node's management port when they
 * call a pod, with that of its gateway router when they call a Service; and the namespace that
 * stands for both kinds of address. The annotations of Nodes tell them.
 */
final class HostNetwork {
  /** bindata/network/ovn-kubernetes of openshift/cluster-network-operator. */
  private static final Map<String, Map<String, String>> USUAL =
      Map.of(
          "openshift-host-network", Map.of("policy-group.network.openshift.io/host-network", ""));

  private static final Pattern RANGE = Pattern.compile("[0-9a-fA-F:.]+/[0-9]{1,3}");

  private final Context context;
  private final List<Map<String, String>> stands; // labels of the namespaces that stand for nodes

  HostNetwork(Snapshot snapshot, Context context) {
    this.context = context;
    this.stands =
        List.of(context.setting("host-network-namespace").split(" ", -1)).stream()
            .map(name -> labels(snapshot, name))
            .toList();
  }

  /** What the manifests of the engine give such a namespace, unless it was read. */
  private static Map<String, String> labels(Snapshot snapshot, String name) {
    Map<String, String> out = new HashMap<>();
    snapshot
        .find("Namespace", "", name)
        .ifPresentOrElse(
            n -> out.putAll(n.at("metadata", "labels").strings()),
            () -> out.putAll(USUAL.getOrDefault(name, Map.of())));
    out.put("kubernetes.io/metadata.name", name);
    return out;
  }

  /** The second address of each node's pod subnet, which its management port has. */
  static Map<String, IpSet> managementPorts(Snapshot snapshot) {
    return addresses(snapshot, Set.of("k8s.ovn.org/node-subnets"), true);
  }

  /** The address of each node's gateway router in the join network. */
  static Map<String, IpSet> gatewayRouters(Snapshot snapshot) {
    return addresses(
        snapshot,
        Set.of(
            "k8s.ovn.org/node-gateway-router-lrp-ifaddr",
            "k8s.ovn.org/node-gateway-router-lrp-ifaddrs"),
        false);
  }

  private static Map<String, IpSet> addresses(
      Snapshot snapshot, Set<String> annotations, boolean second) {
    Map<String, IpSet> out = new TreeMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      List<IpSet> found = new ArrayList<>();
      for (String annotation : new TreeSet<>(annotations)) {
        Matcher ranges = RANGE.matcher(node.at("metadata", "annotations").get(annotation).text(""));
        while (ranges.find()) {
          (second ? second(ranges.group()) : itself(ranges.group())).ifPresent(found::add);
        }
      }
      if (!found.isEmpty()) {
        out.put(node.id().name(), IpSet.union(found));
      }
    }
    return out;
  }

  private static Optional<IpSet> second(String range) {
    return IpSet.cidr(range)
        .map(s -> s.ranges().getFirst().first())
        .flatMap(IpAddress::next)
        .flatMap(IpAddress::next)
        .map(IpSet::of);
  }

  private static Optional<IpSet> itself(String range) {
    return IpAddress.parse(range.substring(0, range.indexOf('/'))).map(IpSet::of);
  }

  /** The rules of peers that select such a namespace as a whole are for nodes too. */
  Block asPeers(Block block, NetworkPolicySpec spec) {
    Set<Origin> places = new HashSet<>();
    spec.peers().stream()
        .filter(this::standsForHosts)
        .forEach(peer -> places.add(peer.place().origin()));
    if (block.direction() == Direction.EGRESS || places.isEmpty()) {
      return block; // the addresses are not those by which pods call nodes
    }
    return block.withRules(
        block.rules().stream().flatMap(r -> withHosts(r, places).stream()).toList());
  }

  private List<Rule> withHosts(Rule rule, Set<Origin> places) {
    Origin place = rule.origin().place();
    if (!places.contains(place)) {
      return List.of(rule);
    }
    Origin.BuiltIn because = context.origin("ovn-kubernetes.hostnetwork-peer");
    return List.of(rule, rule.withPeers(List.of(Passages.HOSTS)).bent(because));
  }

  private boolean standsForHosts(Peer peer) {
    return peer instanceof Peer.Pods pods
        && pods.pods().isEmpty()
        && pods.namespaces().filter(q -> stands.stream().anyMatch(q::matches)).isPresent();
  }
}
