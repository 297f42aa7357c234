package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV3xx: looking up names. */
final class Names {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV301",
              "dns-egress-blocked",
              Level.CRITICAL,
              "pods cannot look up names",
              "a pod is isolated for egress, some rule lets it call somebody, and its lookups are"
                  + " certainly denied at its own gate: UDP port 53 to the cluster's DNS Service,"
                  + " or, when the input has none, any UDP and TCP port 53 to everybody.",
              "for pods without any rule that allows egress (they are meant to call nobody), for"
                  + " pods that ask another resolver, or when something about it is unknown.",
              "Nothing that is called by name is reached; often it shows as a slow timeout.",
              "Allow UDP and TCP port 53 to the DNS pods; the finding's patch does."),
          new Entry(
              "PV302",
              "dns-tcp-missing",
              Level.MEDIUM,
              "lookups over TCP are denied",
              "a pod may ask the DNS Service over UDP, and is certainly denied TCP port 53 to it"
                  + " at its own gate.",
              "when the Service has no TCP port.",
              "Answers that do not fit a datagram fail: long lists of addresses, DNSSEC.",
              "Allow TCP port 53 as well."),
          new Entry(
              "PV303",
              "dns-nodelocal-missing",
              Level.HIGH,
              "lookups to the node's own DNS cache are denied",
              "a DNS cache runs on the nodes (NodeLocal DNSCache), and a pod that may ask the DNS"
                  + " Service is certainly denied the cache's address.",
              "when the address is not known, or something about it is unknown.",
              "The cache is on the node's network: a selector of DNS pods does not match it.",
              "Allow UDP and TCP port 53 to the cache's address."),
          new Entry(
              "PV304",
              "dns-link-local-missing",
              Level.HIGH,
              "lookups to the resolver that the pod names are denied",
              "a pod's `dnsConfig` with `dnsPolicy: None` names one resolver, some rule lets the"
                  + " pod call somebody, and UDP port 53 to that address is certainly denied.",
              "for pods that name several resolvers.",
              "Nothing that is called by name is reached.",
              "Allow UDP and TCP port 53 to the resolver's address."),
          new Entry(
              "PV305",
              "dns-server-isolated",
              Level.CRITICAL,
              "the DNS servers are closed to pods",
              "a pod's lookup passes its own gate and is certainly denied at the gate of the DNS"
                  + " pods.",
              "when something about it is unknown.",
              "A policy for the DNS pods that forgets port 53 stops lookups of the whole cluster.",
              "Allow UDP and TCP port 53 from everybody into the DNS pods."),
          new Entry(
              "PV306",
              "dns-target-port",
              Level.HIGH,
              "lookups are allowed to the Service's port, not to the pods'",
              "a rule allows port 53 to the DNS pods, these listen on another port, and the lookup"
                  + " is certainly denied.",
              "on engines that judge before the Service's address is translated.",
              "A gate sees the port after translation: 5353 on OpenShift.",
              "Allow the port that the DNS pods listen on."));

  private Names() {}
}
