package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV1xx: whether policies are enforced at all. */
final class Enforcement {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV101",
              "cni-does-not-enforce",
              Level.CRITICAL,
              "nothing enforces NetworkPolicies here",
              "an engine was recognised or said, and it enforces nothing: a network plug-in without"
                  + " a policy engine, or an engine that is switched off, or, in a running cluster"
                  + " whose DaemonSets, pods and nodes could all be read, no agent of a known"
                  + " engine is there. The finding's place shows what it rests on. Without any"
                  + " NetworkPolicy its severity is info.",
              "for files that show no agent: they are judged by the specification unless `--cni`"
                  + " says what runs.",
              "The API server takes the objects all the same, and every connection passes.",
              "Install or switch on an engine that enforces policies, then run `polverdict inspect`"
                  + " again."),
          new Entry(
              "PV103",
              "policy-kind-not-implemented",
              Level.HIGH,
              "no engine here reads this kind of policy",
              "an object of a kind that some engine takes for a policy is there, and none of the"
                  + " engines that were recognised or said reads that kind in its version and"
                  + " configuration; or no engine is known, and the specification has no such"
                  + " kind; or an object is called a policy, in a group that has policies, and no"
                  + " engine has such a kind.",
              "for manifests that have the own kinds of one engine only: they are judged by it; for"
                  + " kinds with a definition among the objects.",
              "The API server stores the object, and nothing is allowed or denied by it.",
              "Write it as a kind that the engine reads; `polverdict inspect` lists what it"
                  + " reads."),
          new Entry(
              "PV104",
              "field-not-supported",
              Level.HIGH,
              "this engine does something else than the policy says",
              "a row of the engine's profile changes what a rule of this very policy means, or"
                  + " leaves the policy out as a whole.",
              "when no engine was recognised, or when the row only leaves open what the policy"
                  + " does: then the flows that it could touch are UNKNOWN, which is PV905.",
              "The policy is read otherwise than written, mostly without a word in any status.",
              "The finding names the row; `polverdict inspect --dialect NAME` shows its evidence."
                  + " Write the policy without what the row speaks of."),
          new Entry(
              "PV105",
              "audit-or-staged-not-enforcing",
              Level.HIGH,
              "denials are only noted",
              "the engine runs in audit mode, or the policy is staged.",
              "when nothing would be denied: an engine in audit mode without any policy.",
              "What the policies deny passes all the same.",
              "Check the notes for what would break, then switch enforcement on, or promote the"
                  + " staged policy."),
          new Entry(
              "PV106",
              "hostnetwork-pods-not-covered",
              Level.HIGH,
              "a policy's labels select pods that it cannot reach",
              "a pod on its node's network carries the labels that the policy's selector asks for,"
                  + " and this engine applies the policy to pods with a network of their own only.",
              "for selectors that select a whole namespace (a default deny): they do not mean that"
                  + " pod in particular.",
              "The pod is as open as its node.",
              "Take the pod off the host network, or use the engine's policies for nodes."),
          new Entry(
              "PV107",
              "local-node-exempt",
              Level.INFO,
              "pods are open to their own node",
              "a policy isolates a pod, and the engine lets everything pass that comes from the"
                  + " node that the pod runs on.",
              "when it is not known on which node the pod runs, or whether the engine does so.",
              "Whoever gets onto a node, a host-network pod for example, reaches every pod there.",
              "Nothing, mostly: probes need it. Keep host-network pods few and trusted."),
          new Entry(
              "PV110",
              "extra-interface-unprotected",
              Level.HIGH,
              "a pod has a network that policies do not see",
              "an isolated pod is attached to further networks (`k8s.v1.cni.cncf.io/networks`).",
              "when there are MultiNetworkPolicies.",
              "Traffic over the further interface is judged by nobody here.",
              "Detach the pod, or protect the interface with MultiNetworkPolicy."),
          new Entry(
              "PV111",
              "policy-not-realised",
              Level.HIGH,
              "what is enforced is not what the policy says now",
              "what a controller made of a policy, or the object's own status, says that the engine"
                  + " has not taken it as it is: addresses that it was resolved to lack one or have"
                  + " one too many, or the condition `Valid` is false although nothing wrong is"
                  + " seen.",
              "for addresses of Services and rules by port name, and where neither is in the input.",
              "Until the engine has caught up, or for good, the cluster does something else than the"
                  + " policy says.",
              "Look at the object's status and at the controller's events; wait if it is only"
                  + " late."));

  private Enforcement() {}
}
