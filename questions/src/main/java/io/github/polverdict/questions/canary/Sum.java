package io.github.polverdict.questions.canary;

import io.github.polverdict.core.model.canary.CanaryStep.Role;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.questions.canary.CanaryAnswer.Result;
import io.github.polverdict.questions.canary.CanaryAnswer.Row;
import io.github.polverdict.questions.canary.CanaryAnswer.Standing;
import io.github.polverdict.questions.canary.CanaryAnswer.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What all rows of a run come to.
 *
 * @param says why, one sentence without a full stop
 * @param leaked the wires on which something passed that is denied
 */
record Sum(Result result, String says, Set<Wire> leaked) {

  static Sum of(List<Step> steps, int planned, Optional<String> broke) {
    Set<Wire> leaked = wires(steps, Role.DENIAL, r -> r.standing() == Standing.LEAKED);
    if (broke.isPresent() || steps.size() < planned) {
      return new Sum(
          Result.UNDECIDED, "it broke off: " + broke.orElse("steps are missing"), leaked);
    }
    Set<Wire> shut = wires(steps, Role.CONTROL, r -> r.standing() == Standing.STOPPED);
    if (!shut.isEmpty()) {
      return new Sum(
          Result.TOO_MUCH,
          "although the canary's policies allow everything, it does not pass: " + text(shut),
          leaked);
    }
    Set<Wire> open = wires(steps, Role.CONTROL, r -> r.standing() == Standing.NOT_KNOWN);
    open.addAll(wires(steps, Role.DENIAL, r -> r.standing() == Standing.NOT_KNOWN));
    if (!open.isEmpty()) {
      return new Sum(Result.UNDECIDED, "what was seen does not tell: " + text(open), leaked);
    }
    return leaked.isEmpty() ? closed(steps) : open(steps, leaked);
  }

  private static Sum open(List<Step> steps, Set<Wire> leaked) {
    Set<Wire> held =
        wires(steps, Role.DENIAL, r -> !r.passes() && r.standing() == Standing.AS_EXPECTED);
    return held.isEmpty()
        ? new Sum(
            Result.NOT_ENFORCED,
            "nothing is enforced: everything that a policy denies passes",
            leaked)
        : new Sum(Result.PARTLY, "it is denied and passes: " + text(leaked), leaked);
  }

  private static Sum closed(List<Step> steps) {
    Set<Wire> stopped = wires(steps, Role.DENIAL, r -> r.standing() == Standing.STOPPED);
    return stopped.isEmpty()
        ? new Sum(Result.ENFORCED, "what policies deny is stopped, and nothing else", Set.of())
        : new Sum(
            Result.TOO_MUCH, "a policy allows it and it does not pass: " + text(stopped), Set.of());
  }

  private static Set<Wire> wires(List<Step> steps, Role role, Predicate<Row> wanted) {
    return steps.stream()
        .filter(s -> s.role() == role)
        .flatMap(s -> s.rows().stream())
        .filter(wanted)
        .map(r -> r.seen().wire())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String text(Set<Wire> wires) {
    return wires.stream().map(Wire::text).collect(Collectors.joining(", "));
  }
}
