package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV2xx, first half: whom policies and rules mean. */
final class Selectors {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV201",
              "selects-no-pods",
              Level.MEDIUM,
              "a policy selects no pod",
              "the policy is for some pods of a namespace by their labels, that namespace has pods,"
                  + " and none of them has these labels.",
              "when pods of the namespace could not be read, when the namespace has no pods at all"
                  + " (PV213), or for policies that are for every pod of the namespace.",
              "The policy is inert: whoever should be protected is open.",
              "Correct the labels or the namespace; the finding names pods that come close."),
          new Entry(
              "PV202",
              "peer-matches-nothing",
              Level.MEDIUM,
              "a rule allows nobody",
              "the peer of a rule matches no pod and no node. Peers in the policy's own namespace"
                  + " are looked for among its pods. Peers in other namespaces are judged when the"
                  + " input is a whole cluster, or when a namespace of that name is in the input"
                  + " and lacks the label (`name: kube-system` for `kubernetes.io/metadata.name`).",
              "when something that could hold such pods was not read, when the input is not a whole"
                  + " cluster and the peer may be elsewhere, for peers that are addresses, or for"
                  + " selectors that only say what labels are not (`NotIn`, `DoesNotExist`).",
              "The rule is inert: what it should allow is denied.",
              "Correct the labels. Namespaces have the label `kubernetes.io/metadata.name` by"
                  + " themselves, `name` only if somebody set it."),
          new Entry(
              "PV203",
              "and-or-suspect",
              Level.HIGH,
              "two list items where one was meant",
              "one item of `from` or `to` is a namespaceSelector alone and its neighbour a"
                  + " podSelector alone; in the policy's own namespace nobody matches the second,"
                  + " but pods in the namespaces of the first do.",
              "when the second item matches somebody where it stands: then both readings make"
                  + " sense.",
              "Items are joined by OR: every pod of those namespaces is allowed, and the"
                  + " podSelector is inert.",
              "Put podSelector and namespaceSelector into one item."),
          new Entry(
              "PV204",
              "peer-too-broad",
              Level.HIGH,
              "a data store or an administration port is open to everybody",
              "an ingress rule lets any address, or any pod of any namespace, reach a pod on a port"
                  + " of a database, cache, queue or remote shell (SSH 22, etcd 2379-2380, Docker"
                  + " 2375, SQL Server 1433, Oracle 1521, MySQL 3306, RDP 3389, PostgreSQL 5432,"
                  + " AMQP 5672, CouchDB 5984, Redis 6379, Cassandra 9042, Elasticsearch 9200 and"
                  + " 9300, kubelet 10250, memcached 11211, MongoDB 27017), the rule names that"
                  + " port or the pod or a Service of it declares it, and a stranger's connection"
                  + " does pass.",
              "for other ports, and when another policy denies the stranger.",
              "Every tenant of the cluster, or everybody outside, can try passwords.",
              "Say which pods may call: a podSelector, with `kubernetes.io/metadata.name` of their"
                  + " namespace."),
          new Entry(
              "PV205",
              "implicit-isolation",
              Level.HIGH,
              "a policy isolates although it does not say so",
              "a policy without `policyTypes` has rules for egress only and isolates for ingress as"
                  + " well, so that nothing reaches its pods; or it has neither rules nor"
                  + " `policyTypes`. No other policy allows these pods any ingress.",
              "when `policyTypes` is there, or another policy lets something in.",
              "Every policy isolates for ingress unless `policyTypes` says otherwise.",
              "State `policyTypes`."),
          new Entry(
              "PV213",
              "namespace-without-pods",
              Level.LOW,
              "a policy is in a namespace without pods",
              "a policy's namespace has no pods and no workloads, while others have, and the input"
                  + " is a whole cluster or the policy asks for labels that pods elsewhere have.",
              "when pods of the namespace could not be read, or when the policy is a default for"
                  + " the whole namespace.",
              "The policy is inert; often it was applied to the wrong namespace.",
              "Move the policy to the namespace of its pods, or remove it."),
          new Entry(
              "PV214",
              "port-name-unresolved",
              Level.HIGH,
              "a port's name that no pod declares",
              "a rule allows a port by name, and no container of the pods that it would be a port"
                  + " of declares that name for that protocol.",
              "when there are no such pods, or not all of them could be read.",
              "The rule is inert for that port: what it should allow is denied.",
              "Name the port in the pods' containers, or write its number."),
          new Entry(
              "PV215",
              "rules-left-out",
              Level.HIGH,
              "rules for a direction that the policy is not for",
              "a policy has `ingress` or `egress` rules, and its `policyTypes` leaves that"
                  + " direction out.",
              "for empty lists of rules.",
              "The rules are ignored: they allow nothing, and the pods are not isolated in that"
                  + " direction.",
              "Add the direction to `policyTypes`, or remove the rules."));

  private Selectors() {}
}
