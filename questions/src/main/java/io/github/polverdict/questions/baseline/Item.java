package io.github.polverdict.questions.baseline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Something that a baseline says of a namespace. */
public enum Item {
  /** Policies are enforced at all; of the cluster, and always demanded. */
  ENFORCEMENT("enforcement"),
  /** What becomes of traffic to a pod that no rule names. */
  INGRESS("ingress"),
  /** What becomes of traffic from a pod that no rule names. */
  EGRESS("egress"),
  /** What becomes of traffic between pods of the namespace that no rule names. */
  SAME_NAMESPACE("sameNamespace"),
  /** Pods can look up names, over UDP and TCP, as they do in this cluster. */
  DNS("dns"),
  /** The kubelet reaches what it probes. */
  PROBES("probes"),
  /** Pods whose account has rights at the API server reach it. */
  API_SERVER("apiServer"),
  /** The API server reaches webhooks and aggregated APIs. */
  WEBHOOKS("webhooks"),
  /** Metrics are collected. */
  SCRAPE("scrape"),
  /** The ingress controller reaches what an Ingress or a Route leads to. */
  INGRESS_PATH("ingressPath"),
  /** Pods and the service that hands out the machine's credentials. */
  METADATA("metadata");

  /** What may be demanded of a namespace, in the order in which it is told. */
  public static final List<Item> OF_NAMESPACES =
      Stream.of(values()).filter(i -> i != ENFORCEMENT).toList();

  private final String key;

  Item(String key) {
    this.key = key;
  }

  /** As it is written in a file, {@code apiServer}. */
  public String key() {
    return key;
  }

  /** What may be demanded of it. */
  public Set<Demand> demands() {
    return switch (this) {
      case INGRESS, EGRESS, SAME_NAMESPACE -> Set.of(Demand.values());
      case METADATA -> Set.of(Demand.DENY, Demand.ANY);
      case ENFORCEMENT, DNS, PROBES, API_SERVER, WEBHOOKS, SCRAPE, INGRESS_PATH ->
          Set.of(Demand.ALLOW, Demand.ANY);
    };
  }

  /** The item of a key in a file. */
  public static Optional<Item> of(String key) {
    return OF_NAMESPACES.stream().filter(i -> i.key.equals(key)).findFirst();
  }
}
