package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.PodLike;
import io.github.polverdict.dialects.kubernetes.SelectedBy;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pods on their node's network as peers of egress: the address set of a podSelector has their
 * addresses, which are the nodes' (pod_selector_address_set.go). What they send comes with others.
 */
final class HostPods {
  private static final String ROW = "ovn-kubernetes.hostnetwork-pods-by-selector";
  private static final Selector ALL = new Selector.OfKind(Set.of(Kind.HOST_POD));

  private final Context context;
  private final SelectedBy selectedBy;
  private final List<PodLike> all;

  HostPods(Snapshot snapshot, Context context) {
    this.context = context;
    this.selectedBy = new SelectedBy(snapshot);
    List<PodLike> pods = PodLike.pods(snapshot);
    this.all =
        Stream.concat(
                pods.stream(),
                PodLike.templates(snapshot).stream()
                    .filter(t -> mayRun(t.document()))
                    .filter(t ->
                        pods.stream()
                            .noneMatch(
                                p -> p.namespace().equals(t.namespace()) && p.has(t.labels()))))
            .filter(PodLike::onHostNetwork)
            .toList();
  }

  /** Whether there may be pods of it that are not in the files. */
  private static boolean mayRun(Document workload) {
    return !workload.live() && workload.at("spec", "replicas").integer().orElse(1) > 0;
  }

  private static boolean isSelected(PodLike pod, Peer.Pods peer) {
    return peer.pods().filter(q -> q.matches(pod.labels())).isPresent();
  }

  /** The rules of an egress block, for the nodes of the pods that they select too. */
  Block asPeers(Block block, NetworkPolicySpec spec) {
    if (block.direction() == Direction.INGRESS || !context.active(ROW)) {
      return block;
    }
    Map<Origin, Peer.Pods> selectors = new HashMap<>();
    for (RuleEntry rule : spec.egress()) {
      for (Peer peer : rule.peers()) {
        if (peer instanceof Peer.Pods pods && pods.pods().isPresent()) {
          selectors.put(peer.place().origin(), pods);
        }
      }
    }
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : block.rules()) {
      rules.add(rule);
      Optional.ofNullable(selectors.get(rule.origin().place()))
          .ifPresent(pods -> {
            rules.add(onHosts(rule, pods, spec.namespace()));
            unsure(pods, spec.namespace()).map(d -> onAnyHost(rule, d)).ifPresent(rules::add);
          });
    }
    return block.withRules(rules);
  }

  private Rule onHosts(Rule rule, Peer.Pods peer, String home) {
    Selector selected =
        Selector.and(
            ALL,
            peer.namespaces()
                .map(q -> q.selector(Scope.NAMESPACE))
                .orElseGet(() -> new Selector.InNamespace(home)),
            peer.pods().orElseThrow().selector(Scope.ENDPOINT));
    List<IpSet> addresses =
        all.stream()
            .filter(pod -> isSelected(pod, peer) && selectedBy.reaches(peer, home, pod.namespace()))
            .filter(pod -> selectedBy.unknown(peer, pod.namespace()).isEmpty())
            .map(PodLike::addresses)
            .toList();
    List<PeerSpec> hosts =
        List.of(
            new PeerSpec.Selected(selected),
            new PeerSpec.InRange(IpSet.union(addresses), Passages.HOST_KINDS));
    return rule.withPeers(hosts).bent(context.origin(ROW));
  }

  private Rule onAnyHost(Rule rule, Doubt doubt) {
    return rule.withPeers(List.of(Passages.HOSTS)).bent(context.origin(ROW)).onlyIf(doubt);
  }

  /** Why a peer may hold the address of a node that it is not known to hold. */
  private Optional<Doubt> unsure(Peer.Pods peer, String home) {
    return selectedBy
        .unread(peer, home, Set.of("Pod"))
        .or(() ->
            all.stream()
                .filter(pod -> isSelected(pod, peer))
                .flatMap(pod -> unsure(pod, peer, home).stream())
                .findFirst());
  }

  private Optional<Doubt> unsure(PodLike pod, Peer.Pods peer, String home) {
    Optional<Doubt> unknown = selectedBy.unknown(peer, pod.namespace());
    if (unknown.isPresent()
        || !pod.addresses().isEmpty()
        || !selectedBy.reaches(peer, home, pod.namespace())) {
      return unknown;
    }
    String where = "on which nodes " + pod.document().id().text() + " runs";
    return Optional.of(new Doubt.KnownAtRuntime(where, pod.document().origin()));
  }
}
