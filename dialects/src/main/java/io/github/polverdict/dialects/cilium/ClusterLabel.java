package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Operator;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.dialects.cilium.policy.Derived;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The label with the cluster's name in a NetworkPolicy's podSelector: agents write it over whatever
 * a pod has there (pkg/k8s/utils/utils.go, SanitizePodLabels), so that each pod of the cluster
 * satisfies it or none does; a selector of peers that names other clusters also means their pods
 * (pkg/k8s/network_policy.go, parseNetworkPolicyPeer).
 */
record ClusterLabel(Context context) {
  private static final String ROW = "cilium.knp-cluster-label";

  /** The policy with the label's requirements answered. */
  NetworkPolicySpec answered(NetworkPolicySpec spec) {
    Origin.BuiltIn row = context.origin(ROW);
    NetworkPolicySpec out =
        names(spec.subject())
            ? new NetworkPolicySpec(
                spec.document(),
                answered(spec.subject()),
                spec.isolates(),
                spec.ingress(),
                spec.egress(),
                Optional.of(row))
            : spec;
    return out.mapRules(rule -> answered(rule, row));
  }

  private RuleEntry answered(RuleEntry rule, Origin.BuiltIn row) {
    boolean names = rule.peers().stream().anyMatch(p -> named(p).isPresent());
    return names ? rule.withPeers(rule.peers().stream().map(this::answered).toList(), row) : rule;
  }

  private Peer answered(Peer peer) {
    return named(peer)
        .<Peer>map(p -> new Peer.Pods(p.place(), p.pods().map(this::answered), p.namespaces()))
        .orElse(peer);
  }

  private static Optional<Peer.Pods> named(Peer peer) {
    return peer instanceof Peer.Pods pods && pods.pods().filter(ClusterLabel::names).isPresent()
        ? Optional.of(pods)
        : Optional.empty();
  }

  private static boolean names(LabelQuery query) {
    return query.requirements().stream().anyMatch(ClusterLabel::isOfCluster);
  }

  private static boolean isOfCluster(Requirement requirement) {
    return requirement.key().equals(Derived.CLUSTER);
  }

  /** Without what every pod satisfies; what none does has no value that would. */
  private LabelQuery answered(LabelQuery query) {
    List<Requirement> out = new ArrayList<>();
    for (Requirement requirement : query.requirements()) {
      if (!isOfCluster(requirement)) {
        out.add(requirement);
      } else if (!holds(requirement)) {
        out.add(new Requirement(requirement.key(), Operator.IN, Set.of()));
      }
    }
    return new LabelQuery(query.place(), out);
  }

  private boolean holds(Requirement requirement) {
    boolean there = LabelFilter.view(context).shows(Scope.ENDPOINT, Derived.CLUSTER);
    boolean own = requirement.values().contains(context.setting("cluster-name"));
    return switch (requirement.operator()) {
      case IN -> there && own;
      case NOT_IN -> !(there && own);
      case EXISTS -> there;
      case DOES_NOT_EXIST -> !there;
    };
  }

  /** The pods of other clusters that a peer also means, whose addresses are not known here. */
  Optional<PeerSpec> otherClusters(Peer peer) {
    return named(peer)
        .filter(_ -> !Set.of("", "0").contains(context.setting("cluster-id")))
        .filter(p -> p.pods().orElseThrow().requirements().stream().anyMatch(this::reaches))
        .map(p -> p.place().origin())
        .map(place -> {
          Origin origin = new Origin.Bent(place, context.origin(ROW));
          String what = "the addresses of pods of other clusters";
          return CiliumBends.perhaps(
              new PeerSpec.Selected(new Selector.OfKind(Set.of(Kind.EXTERNAL))),
              new Doubt.KnownAtRuntime(what, origin));
        });
  }

  private boolean reaches(Requirement requirement) {
    boolean ownOnly =
        requirement.operator() == Operator.IN
            && requirement.values().equals(Set.of(context.setting("cluster-name")));
    return isOfCluster(requirement)
        && requirement.operator() != Operator.DOES_NOT_EXIST
        && !ownOnly;
  }
}
