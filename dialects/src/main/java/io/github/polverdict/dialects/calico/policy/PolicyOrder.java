package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which the policies of a tier are served: by their number, a policy without one last,
 * and equal ones by name (felix/calc/policy_sorter.go, PolKVLess). NetworkPolicies of Kubernetes
 * have the number 1000; their rules only allow, so those next to each other share a rank. That rank
 * is 0 for the first of them, what comes before has negative ranks.
 */
final class PolicyOrder {
  private static final double OF_KUBERNETES = 1000;

  private final Map<ResourceId, Integer> ranks = new HashMap<>();

  /** A policy in the order of its tier. */
  private record Place(ResourceId id, boolean kubernetes, double order, String name, int rules) {
    private boolean beforeKubernetes() {
      return !kubernetes && order < OF_KUBERNETES;
    }
  }

  /**
   * @param own Calico's own policies that are in a tier
   */
  PolicyOrder(Snapshot snapshot, Context context, List<Document> own) {
    boolean former = context.active("calico.order-ties-by-namespace");
    Map<String, List<Place>> byTier = new HashMap<>();
    own.forEach(d ->
        byTier
            .computeIfAbsent(Tiers.of(d, context), _ -> new ArrayList<>())
            .add(
                new Place(
                    d.id(),
                    false,
                    Tiers.order(d.at("spec", "order")).orElse(Double.POSITIVE_INFINITY),
                    former ? formerName(d, Tiers.of(d, context)) : name(d.id(), d.id().kind()),
                    rules(d))));
    List<Place> standard = byTier.computeIfAbsent(Tiers.DEFAULT, _ -> new ArrayList<>());
    for (Document d : snapshot.ofKind("NetworkPolicy")) {
      String name =
          former
              ? d.id().namespace() + "/knp.default." + d.id().name()
              : name(d.id(), "KubernetesNetworkPolicy");
      standard.add(new Place(d.id(), true, OF_KUBERNETES, name, 0));
    }
    byTier.values().forEach(this::rank);
  }

  private static int rules(Document policy) {
    return Math.max(
        policy.at("spec", "ingress").items().size(), policy.at("spec", "egress").items().size());
  }

  private static String name(ResourceId id, String kind) {
    return id.name() + "/" + id.namespace() + "/" + kind;
  }

  /** Names were stored with that of the tier before them. */
  private static String formerName(Document policy, String tier) {
    String prefix = tier + ".";
    String name = policy.id().name();
    String namespace = policy.id().namespace();
    return (namespace.isEmpty() ? "" : namespace + "/")
        + (name.startsWith(prefix) ? name : prefix + name);
  }

  private void rank(List<Place> places) {
    places.sort(Comparator.comparingDouble(Place::order).thenComparing(Place::name));
    int first = 0;
    while (first < places.size() && places.get(first).beforeKubernetes()) {
      first++;
    }
    int rank = 0;
    for (int i = first - 1; i >= 0; i--) {
      rank -= places.get(i).rules() + 1;
      ranks.put(places.get(i).id(), rank);
    }
    rank = 0;
    boolean shared = true;
    for (Place place : places.subList(first, places.size())) {
      rank += shared && place.kubernetes() ? 0 : 1;
      ranks.put(place.id(), rank);
      rank += place.rules();
      shared = place.kubernetes();
    }
  }

  /** The rank of a policy's first rule; those that follow are served after it. */
  int of(ResourceId policy) {
    Integer rank = ranks.get(policy);
    if (rank == null) {
      throw new IllegalStateException(policy.text() + " has no place among the policies");
    }
    return rank;
  }
}
