package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.Stance;
import io.github.polverdict.questions.inspect.Stance.Default;
import io.github.polverdict.questions.inspect.Stance.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Pods that something isolates in a direction that was open and that no demand denies: on many
 * engines also what only allows does that to pods that it selects first.
 */
final class Isolations {
  private final Map<String, Namespace> before;
  private final Demands demands;
  private final List<String> found = new ArrayList<>();

  private Isolations(List<Namespace> before, Demands demands) {
    this.before = before.stream().collect(Collectors.toMap(Namespace::name, Function.identity()));
    this.demands = demands;
  }

  /**
   * One sentence without a full stop for each namespace and direction; none when there are none.
   */
  static List<String> of(List<Namespace> before, List<Namespace> after, Demands demands) {
    Isolations out = new Isolations(before, demands);
    after.forEach(n -> Optional.ofNullable(out.before.get(n.name())).ifPresent(b -> out.add(b, n)));
    return List.copyOf(out.found);
  }

  private void add(Namespace then, Namespace now) {
    if (!denies(now, Item.INGRESS)) {
      boolean newcomer = isClosed(then.newIngress(), now.newIngress());
      add(now, Direction.INGRESS, then.ingress(), now.ingress(), newcomer);
    }
    if (!denies(now, Item.EGRESS)) {
      boolean newcomer = isClosed(then.newEgress(), now.newEgress());
      add(now, Direction.EGRESS, then.egress(), now.egress(), newcomer);
    }
  }

  private boolean denies(Namespace namespace, Item item) {
    return demands.of(namespace.name()).isEmpty()
        || demands.of(namespace.name()).get().enforced().get(item) == Demand.DENY;
  }

  private static boolean isClosed(Default before, Default after) {
    return before != after && after == Default.DENY;
  }

  private void add(Namespace of, Direction gate, Stance before, Stance after, boolean newcomer) {
    if (!newcomer && denied(after) <= denied(before)) {
      return;
    }
    String which =
        after.shares().stream()
            .filter(s -> s.outcome() == Outcome.DENIED)
            .flatMap(s -> s.sample().stream())
            .findFirst()
            .filter(s -> !s.contains("(any pod)"))
            .map(s -> " (" + s + " among them)")
            .orElse("");
    found.add(
        "pods of %s%s that are open for %s now would be isolated by what allows a call that is needed"
            .formatted(of.name(), which, gate == Direction.INGRESS ? "ingress" : "egress"));
  }

  private static int denied(Stance stance) {
    return stance.shares().stream()
        .filter(s -> s.outcome() == Outcome.DENIED)
        .mapToInt((Share s) -> s.pods() * s.traffic().size())
        .sum();
  }
}
