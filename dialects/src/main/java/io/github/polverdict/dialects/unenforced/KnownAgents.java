package io.github.polverdict.dialects.unenforced;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Set;

/**
 * What tells that software runs that enforces policies, or may: agents by the names of their
 * DaemonSets and containers, and what they and some platforms write on Nodes. Which engine it is,
 * and what it does, others know.
 */
final class KnownAgents {
  private static final Set<String> CONTAINERS =
      Set.of(
          "anetd",
          "antrea-agent",
          "aws-eks-nodeagent",
          "azure-npm",
          "calico-node",
          "cilium-agent",
          "cni-server",
          "contiv-netplugin",
          "contrail-agent",
          "kindnet",
          "kindnet-cni",
          "kube-network-policies",
          "kube-router",
          "nsx-node-agent",
          "ovn-controller",
          "ovnkube-controller",
          "ovnkube-node",
          "romana-agent",
          "weave-npc");

  private static final Set<String> DAEMON_SETS =
      Set.of(
          "aci-containers-host",
          "anetd",
          "antrea-agent",
          "aws-node",
          "azure-npm",
          "calico-node",
          "calico-vpp-node",
          "canal",
          "cilium",
          "contiv-netplugin",
          "contrail-agent",
          "everoute-agent",
          "kindnet",
          "kube-network-policies",
          "kube-ovn-cni",
          "kube-router",
          "nsx-node-agent",
          "ovn-kubernetes",
          "ovnkube-node",
          "ovs-ovn",
          "rke2-canal",
          "romana-agent",
          "sdn",
          "terway",
          "terway-eni",
          "terway-eniip",
          "weave-net");

  /** DaemonSets that put files where networks are plugged in, and enforce nothing. */
  private static final Set<String> PLUMBING =
      Set.of(
          "azure-cns",
          "azure-cns-win",
          "azure-service-mesh-istio-cni-addon-node",
          "istio-cni-node",
          "kube-flannel-ds",
          "kube-multus-ds",
          "linkerd-cni",
          "multus",
          "netd",
          "whereabouts");

  /** Reasons of the condition NetworkUnavailable that agents write. */
  private static final Set<String> UP = Set.of("CalicoIsUp", "CiliumIsUp", "WeaveIsUp");

  private static final List<String> ANNOTATIONS =
      List.of(
          "projectcalico.org/",
          "io.cilium.",
          "network.cilium.io/",
          "k8s.ovn.org/",
          "ovn.kubernetes.io/",
          "node.antrea.io/");

  private KnownAgents() {}

  static boolean is(Document daemonSet) {
    return DAEMON_SETS.contains(daemonSet.id().name())
        || containers(daemonSet.at("spec", "template", "spec"));
  }

  /** Whether a DaemonSet plugs networks in, so that it may be an engine that nobody here knows. */
  static boolean mayBe(Document daemonSet) {
    return !PLUMBING.contains(daemonSet.id().name())
        && daemonSet.at("spec", "template", "spec", "volumes").items().stream()
            .map(v -> v.get("hostPath").get("path").text(""))
            .anyMatch(p -> p.contains("/cni/net.d") || p.contains("/cni/bin"));
  }

  /**
   * Whether an agent runs without a DaemonSet of its own, in a pod or in the platform.
   *
   * @param idle DaemonSets whose agents are known to enforce nothing
   */
  static boolean elsewhere(Snapshot snapshot, List<Document> idle) {
    return snapshot.ofKind("Node").stream().anyMatch(KnownAgents::embedded)
        || snapshot.ofKind("Pod").stream()
            .anyMatch(p -> containers(p.at("spec")) && idle.stream().noneMatch(d -> owns(d, p)));
  }

  private static boolean owns(Document set, Document pod) {
    return set.id().namespace().equals(pod.id().namespace())
        && pod.at("metadata", "ownerReferences").items().stream()
            .anyMatch(o -> o.get("name").text("").equals(set.id().name()));
  }

  /** Whether a Node bears what an agent writes on it, now or long ago. */
  static boolean marked(Snapshot snapshot) {
    return snapshot.ofKind("Node").stream().anyMatch(KnownAgents::marked);
  }

  private static boolean containers(Field spec) {
    return spec.get("containers").items().stream()
        .anyMatch(c -> CONTAINERS.contains(c.get("name").text("")));
  }

  /** k3s enforces inside its own process, and EKS Auto Mode inside its image of the node. */
  private static boolean embedded(Document node) {
    return node.at("status", "nodeInfo", "kubeletVersion").text("").contains("+k3s")
        || node.at("metadata", "labels", "eks.amazonaws.com/compute-type").text("").equals("auto");
  }

  private static boolean marked(Document node) {
    boolean up =
        node.at("status", "conditions").items().stream()
            .anyMatch(c ->
                c.get("type").text("").equals("NetworkUnavailable")
                    && UP.contains(c.get("reason").text("")));
    return up
        || node.at("metadata", "annotations").members().keySet().stream()
            .anyMatch(key -> ANNOTATIONS.stream().anyMatch(key::startsWith));
  }
}
