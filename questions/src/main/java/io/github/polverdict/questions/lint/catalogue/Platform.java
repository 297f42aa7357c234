package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV4xx: what the platform itself depends on. */
final class Platform {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV401",
              "apiserver-egress-blocked",
              Level.HIGH,
              "a pod that has rights at the API server cannot reach it",
              "a pod runs as a ServiceAccount of its own to which a RoleBinding or"
                  + " ClusterRoleBinding gives rights, it gets that account's token, and its calls"
                  + " to the Service `default/kubernetes` are certainly denied.",
              "for the account `default`, or when the Service's endpoints are not in the input.",
              "Controllers, operators and side-cars hang in timeouts.",
              "Allow the port of the API server's endpoints to their addresses."),
          new Entry(
              "PV402",
              "apiserver-cidr-not-matched",
              Level.HIGH,
              "an address range for the API server does not match it",
              "an egress rule's range covers an address of the API server on its port, and calls to"
                  + " it are certainly denied, because this engine does not match nodes by"
                  + " address or judges another address than the rule names.",
              "for `0.0.0.0/0` with port 443, which mostly means the outside.",
              "Who must talk to the API server cannot.",
              "Use what the engine has for the API server: an entity, or a mode in which ranges"
                  + " match nodes."),
          new Entry(
              "PV403",
              "webhook-blocked",
              Level.CRITICAL,
              "the API server cannot reach a webhook",
              "an admission or conversion webhook has a Service, and connections to it are"
                  + " certainly denied from every control plane node, or, when these are not known,"
                  + " from every node and from everywhere outside.",
              "when some of these may connect, or the webhook has no endpoints (PV053).",
              "Objects cannot be created: calls time out, also with `failurePolicy: Ignore`.",
              "Allow the webhook's port from the control plane."),
          new Entry(
              "PV404",
              "aggregated-or-tunnel-blocked",
              Level.HIGH,
              "the API server cannot reach an aggregated API",
              "an APIService has a Service, and connections to it are certainly denied from every"
                  + " control plane node, or, when these are not known, from every node and from"
                  + " everywhere outside.",
              "when some of these may connect.",
              "`kubectl top`, autoscalers and the deletion of namespaces hang.",
              "Allow the API's port from the control plane."),
          new Entry(
              "PV405",
              "kubelet-probe-blocked",
              Level.HIGH,
              "the kubelet's probes are denied",
              "a pod has a probe over HTTP, TCP or gRPC, it is known on which node the pod runs,"
                  + " and connections from that node to the probe's port are certainly denied.",
              "on engines that let a pod's own node pass, or when that is not known.",
              "The pod never becomes ready, or is restarted again and again.",
              "Allow the probe's port from the node."),
          new Entry(
              "PV406",
              "metrics-scrape-blocked",
              Level.MEDIUM,
              "metrics cannot be collected",
              "a pod asks for collection (annotation `prometheus.io/scrape`), Prometheus runs in"
                  + " the cluster, and its connections to the annotated port are certainly denied.",
              "when no pod is labelled as Prometheus.",
              "The target is down and alerts go blind.",
              "Allow the metrics port from the monitoring namespace."),
          new Entry(
              "PV407",
              "ingress-path-blocked",
              Level.HIGH,
              "nobody can reach the backend of an Ingress",
              "an Ingress, HTTPRoute or Route leads to a Service whose pods are certainly closed on"
                  + " that port to every other pod, to every node and to everywhere outside.",
              "when somebody may connect: it may be the controller that does.",
              "Requests from outside end in 502 or 504.",
              "Allow the pods' port from the ingress controller's namespace."),
          new Entry(
              "PV408",
              "metadata-reachable",
              Level.HIGH,
              "a rule opens the machine's credentials",
              "an egress rule with an address range lets a pod call the metadata service of the"
                  + " cloud (169.254.169.254 or fd00:ec2::254, port 80), and nothing else denies"
                  + " it.",
              "when the nodes show that they run on no cloud, or for pods that no rule isolates.",
              "Who gets into the pod gets the node's credentials.",
              "Except the address from the range; the finding's patch does."));

  private Platform() {}
}
