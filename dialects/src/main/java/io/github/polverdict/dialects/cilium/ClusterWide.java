package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Level;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Cilium makes of a ClusterNetworkPolicy (pkg/k8s/cluster_network_policy.go). Isolation by
 * other policies is asked about after Baseline, so Baseline's rules are the last of the same tier.
 */
final class ClusterWide {
  /** Where what is left of isolation denies, after a Baseline rule has passed. */
  static final String DEFAULT = "default";

  private static final int BASELINE = 1_000_000; // after the ranks of all other policies

  private ClusterWide() {}

  static Compiled<List<Placed>> compile(Document document, Reading reading, Context context) {
    List<Finding> findings = new ArrayList<>();
    ClusterReading as =
        ClusterReading.specification(context)
            .inTiers(ClusterReading.ADMIN, Reading.TIER)
            .networksMatch(reading.byAddress())
            .wholeRangesMatch(reading.byWholeRange())
            .ranked((policy, _) ->
                policy.priority() + (policy.level() == Level.BASELINE ? BASELINE : 0))
            .bent(spec -> bent(spec, document, context, findings));
    Compiled<List<Placed>> compiled = ClusterPolicies.compile(document, as);
    findings.addAll(compiled.findings());
    return new Compiled<>(compiled.value(), findings);
  }

  private static Optional<ClusterPolicySpec> bent(
      ClusterPolicySpec spec, Document document, Context context, List<Finding> findings) {
    boolean nodes = spec.peers().anyMatch(Peer.Nodes.class::isInstance);
    boolean proxy = context.setting("enable-l7-proxy").equals("true");
    boolean names =
        spec.allRules()
            .filter(r -> r.action() != Action.ALLOW || !proxy)
            .flatMap(r -> r.peers().stream())
            .anyMatch(Peer.DomainNames.class::isInstance);
    if (names || (nodes && context.setting("enable-node-selector-labels").equals("false"))) {
      findings.add(CiliumDialect.inert(document, "cilium.kcnp-rejected", context));
      return Optional.empty();
    }
    return Optional.of(
        new ClusterPolicySpec(
            spec.document(),
            spec.level(),
            spec.priority(),
            spec.subject(),
            spec.ingress().stream().map(r -> bent(r, context)).toList(),
            spec.egress().stream().flatMap(r -> outward(r, context)).toList()));
  }

  /** Who an egress rule means by port names is looked up at each identity. */
  private static Stream<RuleEntry> outward(RuleEntry rule, Context context) {
    List<PortEntry> named =
        rule.ports().stream().filter(PortEntry.Named.class::isInstance).toList();
    if (named.isEmpty()) {
      return Stream.of(bent(rule, context));
    }
    List<PortEntry> rest = new ArrayList<>(rule.ports());
    rest.removeAll(named);
    RuleEntry numbered = with(rule, rule.peers(), rest);
    return Stream.of(
            Optional.of(with(rule, rule.peers(), named)),
            Optional.of(bent(numbered, context)).filter(r -> !r.ports().isEmpty()))
        .flatMap(Optional::stream);
  }

  private static RuleEntry with(RuleEntry rule, List<Peer> peers, List<PortEntry> ports) {
    return new RuleEntry(rule.place(), rule.action(), peers, rule.everything(), ports, rule.bent());
  }

  private static RuleEntry bent(RuleEntry rule, Context context) {
    List<Peer> peers = rule.peers().stream().flatMap(ClusterWide::apart).toList();
    if (context.active("cilium.negative-selector-selects-all")
        && peers.stream().anyMatch(p -> asksForNothing(p, context))) {
      List<Peer> everybody =
          peers.stream()
              .<Peer>map(p -> asksForNothing(p, context) ? new Peer.Anyone(p.place()) : p)
              .toList();
      return rule.withPeers(everybody, context.origin("cilium.negative-selector-selects-all"));
    }
    return with(rule, peers, rule.ports());
  }

  /** One peer for each range: what 0.0.0.0/0 matches is not what others do. */
  private static Stream<Peer> apart(Peer peer) {
    if (!(peer instanceof Peer.Networks)) {
      return Stream.of(peer);
    }
    return peer.place().get("networks").items().stream()
        .flatMap(f -> f.text().flatMap(IpSet::cidr).stream().map(a -> networks(f, a)));
  }

  private static Peer networks(Field place, IpSet addresses) {
    return new Peer.Networks(place, addresses);
  }

  /** Peers by namespaces are not confined to the own cluster, those by pods are. */
  private static boolean asksForNothing(Peer peer, Context context) {
    return switch (peer) {
      case Peer.Namespaces(var _, LabelQuery namespaces) -> negative(namespaces);
      case Peer.Pods(var _, LabelQuery namespaces, LabelQuery pods) ->
          context.setting("policy-default-local-cluster").equals("false")
              && negative(namespaces)
              && pods.onlyNegative();
      case Peer.Networks _,
          Peer.Nodes _,
          Peer.PodsOnNodes _,
          Peer.DomainNames _,
          Peer.Anyone _,
          Peer.Unknown _ ->
          false;
    };
  }

  private static boolean negative(LabelQuery query) {
    return !query.requirements().isEmpty() && query.onlyNegative();
  }
}
