package io.github.polverdict.dialects.antrea;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.PodLike;
import io.github.polverdict.dialects.kubernetes.SelectedBy;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods on the host's network as peers of pod selectors, by the address that they share with their
 * node (networkpolicy_controller.go before 1.5, addressGroup members).
 */
final class HostPeers {
  private static final String ROW = "antrea.hostnetwork-peers-old";
  private static final Selector ON_HOSTS = new Selector.OfKind(Set.of(Kind.HOST_POD));

  private final SelectedBy namespaces;
  private final List<PodLike> pods;
  private final Origin.BuiltIn row;

  private HostPeers(Snapshot snapshot, Origin.BuiltIn row) {
    this.namespaces = new SelectedBy(snapshot);
    this.row = row;
    this.pods = PodLike.pods(snapshot).stream().filter(PodLike::onHostNetwork).toList();
  }

  static Compiled<List<Placed>> with(
      Compiled<List<Placed>> compiled, Snapshot snapshot, Context context) {
    if (!context.active(ROW)) {
      return compiled;
    }
    HostPeers peers = new HostPeers(snapshot, context.origin(ROW));
    List<Placed> placed =
        compiled.value().stream().map(p -> new Placed(p.tier(), peers.with(p.block()))).toList();
    return new Compiled<>(placed, compiled.findings(), compiled.standings());
  }

  private Block with(Block block) {
    List<Rule> out = new ArrayList<>(block.rules());
    block.rules().forEach(rule -> out.addAll(hosts(rule)));
    return block.withRules(out);
  }

  /** For what a rule selects on the host's network, and for whatever shares an address with it. */
  private List<Rule> hosts(Rule rule) {
    List<PeerSpec> hosts = new ArrayList<>();
    List<IpSet> theirs = new ArrayList<>();
    List<Rule> perhaps = new ArrayList<>();
    for (PeerSpec peer : rule.peers()) {
      if (peer instanceof PeerSpec.Selected(Selector who)) {
        hosts.add(new PeerSpec.Selected(Selector.and(ON_HOSTS, asHosts(who))));
        for (PodLike pod : pods) {
          if (selects(who, pod, false)) {
            theirs.add(pod.addresses());
          } else if (selects(who, pod, true)) {
            Rule here = rule.withPeers(List.of(at(pod.addresses()))).bent(row);
            perhaps.add(unread(pod).map(here::onlyIf).orElse(here));
          }
        }
      }
    }
    if (hosts.isEmpty()) {
      return List.of();
    }
    hosts.add(at(IpSet.union(theirs)));
    perhaps.addFirst(rule.withPeers(hosts).bent(row));
    return perhaps;
  }

  private static PeerSpec at(IpSet addresses) {
    return new PeerSpec.InRange(addresses, Passages.HOST_KINDS);
  }

  /** The selector without its wish for a network of their own. */
  private static Selector asHosts(Selector selector) {
    return switch (selector) {
      case Selector.OfKind(var kinds) when kinds.contains(Kind.POD) -> Selector.ALL;
      case Selector.Not(Selector of) -> new Selector.Not(asHosts(of));
      case Selector.And(var all) -> new Selector.And(all.stream().map(HostPeers::asHosts).toList());
      case Selector.Or(var any) -> new Selector.Or(any.stream().map(HostPeers::asHosts).toList());
      case Selector _ -> selector;
    };
  }

  /**
   * Whether the controller takes the pod for one that has a network of its own and is selected.
   *
   * @param unread what is assumed of labels that could not be read
   */
  private boolean selects(Selector selector, PodLike pod, boolean unread) {
    return switch (selector) {
      case Selector.All _ -> true;
      case Selector.OfKind(var kinds) -> kinds.contains(Kind.POD);
      case Selector.InNamespace(String name) -> name.equals(pod.namespace());
      case Selector.HasLabel(var scope, String key) ->
          isUnread(scope, key, pod) ? unread : labels(scope, pod).containsKey(key);
      case Selector.LabelIn(var scope, String key, var values) ->
          isUnread(scope, key, pod)
              ? unread
              : labels(scope, pod).containsKey(key) && values.contains(labels(scope, pod).get(key));
      case Selector.Not(Selector of) -> !selects(of, pod, !unread);
      case Selector.And(var all) -> all.stream().allMatch(s -> selects(s, pod, unread));
      case Selector.Or(var any) -> any.stream().anyMatch(s -> selects(s, pod, unread));
      case Selector _ -> false;
    };
  }

  private boolean isUnread(Selector.Scope scope, String key, PodLike pod) {
    return scope == Selector.Scope.NAMESPACE
        && !key.equals(SelectedBy.NAME)
        && unread(pod).isPresent();
  }

  private Optional<Doubt> unread(PodLike pod) {
    return namespaces.unread(pod.namespace(), pod.document().origin());
  }

  private Map<String, String> labels(Selector.Scope scope, PodLike pod) {
    return switch (scope) {
      case ENDPOINT -> pod.labels();
      case NAMESPACE -> namespaces.labels(pod.namespace());
      case SERVICE_ACCOUNT, NODE -> Map.of();
    };
  }
}
