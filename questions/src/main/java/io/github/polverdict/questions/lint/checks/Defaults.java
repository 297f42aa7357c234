package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.questions.inspect.Stance.Default;
import io.github.polverdict.questions.lint.catalogue.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PV701: namespaces in which a new pod is open. */
final class Defaults implements Check {
  private static final Set<String> OF_THE_SYSTEM =
      Set.of("kube-system", "kube-public", "kube-node-lease");

  @Override
  public void look(Ground ground, Sink out) {
    boolean enforced =
        ground.bench().model().planes().stream()
            .anyMatch(p -> p.traits().mode() == Plane.Mode.ENFORCING);
    if (!enforced) {
      return;
    }
    for (Namespace namespace : new InspectQuestion().ask(ground.bench()).namespaces()) {
      boolean in = namespace.newIngress() == Default.ALLOW;
      boolean eg = namespace.newEgress() == Default.ALLOW;
      if (namespace.pods() > 0 && (in || eg) && !OF_THE_SYSTEM.contains(namespace.name())) {
        report(namespace.name(), in, eg, ground, out);
      }
    }
  }

  private static void report(String namespace, boolean in, boolean eg, Ground ground, Sink out) {
    List<Direction> directions =
        in && eg
            ? List.of(Direction.INGRESS, Direction.EGRESS)
            : List.of(in ? Direction.INGRESS : Direction.EGRESS);
    Optional<Origin> place =
        ground.pods().stream()
            .filter(e -> e.namespace().equals(namespace))
            .map(e -> e.origin())
            .findFirst();
    place.ifPresent(origin ->
        out.add(
            "PV701",
            in ? Level.HIGH : Level.LOW,
            of(namespace, origin),
            "namespace %s has no default deny: a new pod is open for %s"
                .formatted(namespace, in && eg ? "ingress and egress" : in ? "ingress" : "egress"),
            Remedy.add(
                "add a default deny, after the allows",
                Optional.of(
                    Manifests.deny(
                        ground.freeName(namespace, "default-deny"), namespace, directions)))));
  }

  /** The place of one of its pods, told as the namespace's. */
  private static Origin of(String namespace, Origin pod) {
    String name = "Namespace " + namespace;
    return switch (pod.place()) {
      case Origin.InFile f -> new Origin.InFile(name, f.path(), "", f.line(), f.column());
      case Origin.InCluster c -> new Origin.InCluster(c.cluster(), name, "", "");
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> pod;
    };
  }
}
