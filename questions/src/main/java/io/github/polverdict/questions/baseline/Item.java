package io.github.polverdict.questions.baseline;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Something that a baseline says of a namespace. */
public enum Item {
  /** Policies are enforced at all; of the cluster, and always demanded. */
  ENFORCEMENT("enforcement", EnumSet.of(Demand.ALLOW)),
  /** What becomes of traffic to a pod that no rule names. */
  INGRESS("ingress", EnumSet.allOf(Demand.class)),
  /** What becomes of traffic from a pod that no rule names. */
  EGRESS("egress", EnumSet.allOf(Demand.class)),
  /** What becomes of traffic between pods of the namespace that no rule names. */
  SAME_NAMESPACE("sameNamespace", EnumSet.allOf(Demand.class)),
  /** Pods can look up names, over UDP and TCP, as they do in this cluster. */
  DNS("dns", EnumSet.of(Demand.ALLOW, Demand.ANY)),
  /** The kubelet reaches what it probes. */
  PROBES("probes", EnumSet.of(Demand.ALLOW, Demand.ANY)),
  /** Pods whose account has rights at the API server reach it. */
  API_SERVER("apiServer", EnumSet.of(Demand.ALLOW, Demand.ANY)),
  /** The API server reaches webhooks and aggregated APIs. */
  WEBHOOKS("webhooks", EnumSet.of(Demand.ALLOW, Demand.ANY)),
  /** Metrics are collected. */
  SCRAPE("scrape", EnumSet.of(Demand.ALLOW, Demand.ANY)),
  /** The ingress controller reaches what an Ingress or a Route leads to. */
  INGRESS_PATH("ingressPath", EnumSet.of(Demand.ALLOW, Demand.ANY)),
  /** Pods and the service that hands out the machine's credentials. */
  METADATA("metadata", EnumSet.of(Demand.DENY, Demand.ANY));

  /** What may be demanded of a namespace, in the order in which it is told. */
  public static final List<Item> OF_NAMESPACES =
      Stream.of(values()).filter(i -> i != ENFORCEMENT).toList();

  private final String key;
  private final Set<Demand> demands;

  Item(String key, Set<Demand> demands) {
    this.key = key;
    this.demands = demands;
  }

  /** As it is written in a file, {@code apiServer}. */
  public String key() {
    return key;
  }

  /** What may be demanded of it. */
  public Set<Demand> demands() {
    return Set.copyOf(demands);
  }

  /** The item of a key in a file. */
  public static Optional<Item> of(String key) {
    return OF_NAMESPACES.stream().filter(i -> i.key.equals(key)).findFirst();
  }
}
