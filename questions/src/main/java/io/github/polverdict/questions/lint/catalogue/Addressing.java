package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV5xx and PV6xx: addresses, ports and meshes. */
final class Addressing {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV501",
              "ipblock-overlaps-pods",
              Level.HIGH,
              "an address range and the cluster's pods",
              "an address range covers pods that listen on the rule's port, and this engine does"
                  + " not match pods by address, so that they are denied; or an egress range for"
                  + " the outside covers pods, this engine does match them, and no other rule would"
                  + " let them pass.",
              "when addresses of pods are not known, or no engine was recognised.",
              "Engines differ: by address every pod is in 0.0.0.0/0, by identity none is.",
              "Mean pods by selectors, and except the pods' ranges from what is for the outside."),
          new Entry(
              "PV502",
              "ipblock-overlaps-nodes",
              Level.MEDIUM,
              "an address range for nodes does not match them",
              "an address range lies among the addresses of nodes and covers some, this engine does"
                  + " not match nodes by address, and they are denied.",
              "for wider ranges, which may mean others.",
              "Traffic of and to nodes is denied although a rule names their addresses.",
              "Use what the engine has for nodes: entities, or policies for hosts."),
          new Entry(
              "PV503",
              "client-ip-hidden",
              Level.HIGH,
              "clients are not seen by the address that a rule names",
              "an ingress rule names outside addresses, its pods are behind a NodePort or"
                  + " LoadBalancer, and a client with such an address that would be allowed"
                  + " directly is not let in that way for sure. When it is not certainly denied"
                  + " either (it depends on the node that the client calls), the severity is"
                  + " medium.",
              "with `externalTrafficPolicy: Local`, or when the engine sees the client.",
              "A node stands between: the gate sees the node's address.",
              "Set `externalTrafficPolicy: Local`, or filter at the load balancer."),
          new Entry(
              "PV504",
              "service-port-not-target-port",
              Level.HIGH,
              "a rule names the Service's port instead of the pods'",
              "a rule allows a port that is the port of a Service of these pods, the Service leads"
                  + " to another port, which is certainly denied to whom the rule allows, and"
                  + " nothing shows that the pods listen on the first.",
              "on engines that judge before the Service's address is translated.",
              "A gate sees the port after translation: the rule is inert.",
              "Allow the port that the pods listen on."),
          new Entry(
              "PV505",
              "clusterip-in-ipblock",
              Level.MEDIUM,
              "an address range for Services does not match them",
              "an egress range lies among the addresses of Services and covers one that has the"
                  + " rule's port, and calls to that Service are certainly denied.",
              "for wider ranges, or when the calls pass.",
              "Most engines judge after the Service's address is translated to a pod's.",
              "Mean the pods behind the Service by selectors."),
          new Entry(
              "PV506",
              "except-overlap",
              Level.HIGH,
              "an except of one policy closes what another allows",
              "this engine makes a denial of an `except`, and whom a rule of the same or of another"
                  + " policy allows is certainly denied by it.",
              "on engines that take an `except` for a part that is left out of the range, and where"
                  + " a narrower range opens the addresses again.",
              "Policies only add up by the specification: the same manifests work elsewhere.",
              "Allow what is meant by ranges without `except`, or by narrower ones."),
          new Entry(
              "PV507",
              "dual-stack-gap",
              Level.MEDIUM,
              "a rule for the whole outside of one address family",
              "a rule allows all of IPv4 or all of IPv6, its pods have addresses of both, and for"
                  + " the other family the outside is certainly denied.",
              "when the rule has a part of the other family.",
              "Which family is used is up to the client: connections fail now and then.",
              "Add the range of the other family."),
          new Entry(
              "PV601",
              "mesh-hbone-blocked",
              Level.HIGH,
              "a mesh's tunnel is denied where its traffic is allowed",
              "two pods are enrolled in an ambient mesh, a policy allows traffic between them, and"
                  + " TCP port 15008, which carries it, is certainly denied.",
              "when the tunnel is allowed, or a pod is not known to be enrolled.",
              "Everything between these pods is denied, whatever its port.",
              "Allow TCP port 15008 between pods of the mesh."),
          new Entry(
              "PV602",
              "mesh-bypasses-ports",
              Level.HIGH,
              "a mesh's tunnel carries ports that policies deny",
              "two pods are enrolled in an ambient mesh, TCP port 15008 is allowed between them,"
                  + " and a policy that isolates the destination allows the source some ports"
                  + " only.",
              "when everything is allowed between them.",
              "Inside the tunnel every port passes; policies see 15008 only.",
              "Limit ports by the mesh's own policies."),
          new Entry(
              "PV603",
              "mesh-probe-snat",
              Level.HIGH,
              "probes of a mesh's pods are denied",
              "a pod with probes is enrolled in an ambient mesh, and connections from"
                  + " 169.254.7.127, which probes come from, are certainly denied at the probe's"
                  + " port.",
              "for pods without probes over the network.",
              "The pod never becomes ready, or is restarted again and again.",
              "Allow the probe's port from 169.254.7.127/32."));

  private Addressing() {}
}
