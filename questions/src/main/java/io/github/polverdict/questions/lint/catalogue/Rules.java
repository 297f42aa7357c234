package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV2xx, second half: what rules do to each other. */
final class Rules {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV206",
              "empty-rule-allows-all",
              Level.HIGH,
              "a rule that allows everything makes others moot",
              "a rule allows any peer on any port (`- {}`), and for the same pods and direction"
                  + " there are narrower rules in the same tier.",
              "when it is the only rule: then it is meant.",
              "The narrower rules, and the isolation, have no effect.",
              "Remove the rule, or the narrower ones if everything is meant to pass."),
          new Entry(
              "PV207",
              "one-sided-allow",
              Level.HIGH,
              "a rule allows what the other end denies",
              "for every pair of pods that a rule allows, all of its traffic is certainly denied at"
                  + " the gate of the other end.",
              "when some of it passes for some pair, or anything about it is unknown; when the"
                  + " input is no whole cluster and the rule's peers may also be in namespaces that"
                  + " are not in it.",
              "Egress and ingress must both allow a flow: the rule is inert.",
              "Allow it at the other end too; the finding's patch does."),
          new Entry(
              "PV208",
              "redundant-or-shadowed",
              Level.LOW,
              "a rule that changes nothing",
              "another rule of the same tier, rank and action covers its pods, its peers and its"
                  + " traffic, whatever pods there will be.",
              "when it is covered by several rules together, or only by the pods of today.",
              "Nothing; but who removes the other rule alone will wonder.",
              "Remove it."),
          new Entry(
              "PV209",
              "protocol-defaulted-tcp",
              Level.MEDIUM,
              "a rule opens TCP for a port that is UDP",
              "a rule allows a port for TCP, the pods' Services have that port for UDP only, and no"
                  + " rule allows it for UDP.",
              "when nobody shows the port's protocol.",
              "A port without `protocol` is TCP: the service stays closed.",
              "Say `protocol: UDP`."),
          new Entry(
              "PV210",
              "priority-tie",
              Level.HIGH,
              "two rules of equal rank disagree",
              "two rules with the same rank in the same tier and different actions match the same"
                  + " traffic of the same two endpoints.",
              "when the rules cannot meet.",
              "Which one wins is not defined; it may change with the next restart.",
              "Give them different priorities or orders."),
          new Entry(
              "PV211",
              "deny-rule-enables-default-deny",
              Level.CRITICAL,
              "a policy that only denies closes everything",
              "a policy has nothing but deny rules for a direction, isolates its pods in it all the"
                  + " same, and no rule of any policy allows them anything in that direction.",
              "when some rule allows them something: then the isolation may be meant.",
              "Not only what is listed is denied, but everything.",
              "Say that the policy does not isolate, where its kind can (`enableDefaultDeny`), or"
                  + " add an allow rule for the rest."),
          new Entry(
              "PV212",
              "tier-shadow",
              Level.HIGH,
              "an allow that comes too late",
              "for every pair of pods that a rule allows, all of its traffic is certainly denied at"
                  + " the same gate by a deny rule that comes before it, or by another engine's.",
              "when some of it passes for some pair, or anything about it is unknown; when the"
                  + " input is no whole cluster and the rule's peers may also be in namespaces that"
                  + " are not in it.",
              "The first match decides: the rule is inert.",
              "Move the rule before the other, or narrow the other."));

  private Rules() {}
}
