package io.github.polverdict.questions.lint.catalogue;

import java.util.List;

/** PV7xx and PV9xx: baselines, exceptions and what is not known. */
final class Evidence {
  static final List<Entry> ROWS =
      List.of(
          new Entry(
              "PV701",
              "namespace-without-baseline",
              Level.HIGH,
              "a namespace without a default deny",
              "a new pod of the namespace, with labels that no policy knows, would be open to"
                  + " connections from strangers. Decided by judging such a pod, not by counting"
                  + " objects. When only egress is open, its severity is low.",
              "for kube-system, kube-public and kube-node-lease, and for namespaces without pods;"
                  + " when no engine enforces (PV101).",
              "What nobody thought of is open.",
              "Add a default deny; the finding's patch does. Add the allows first."),
          new Entry(
              "PV703",
              "exception-invalid",
              Level.HIGH,
              "a suppression that does not count",
              "an annotation `polverdict.github.io/ignore-CODE` has no reason, no date, a date that"
                  + " has passed, or a code that does not exist. One that nothing needs any more"
                  + " has the severity low.",
              "for suppressions that hold.",
              "What was accepted for a time would be accepted for ever.",
              "Renew the date if the reason still holds, or remove the annotation."),
          new Entry(
              "PV905",
              "undecidable",
              Level.INFO,
              "a policy of which not everything is known",
              "a block or rule of a policy stands under a doubt, or has peers that only the running"
                  + " engine knows (names that are resolved).",
              "for flows that are unknown for other reasons; `explain` names these.",
              "What lint says of the policy may not be all.",
              "The finding names the missing fact."));

  private Evidence() {}
}
