package io.github.polverdict.questions.baseline;

import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.Stance.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Pods to come that something isolates in a direction that was open and that no demand denies: on
 * many engines also what only allows does that to pods that it selects first.
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
    if (isClosed(then.newIngress(), now.newIngress()) && !denies(now, Item.INGRESS)) {
      add(now, "ingress");
    }
    if (isClosed(then.newEgress(), now.newEgress()) && !denies(now, Item.EGRESS)) {
      add(now, "egress");
    }
  }

  private boolean denies(Namespace namespace, Item item) {
    return demands.of(namespace.name()).isEmpty()
        || demands.of(namespace.name()).get().enforced().get(item) == Demand.DENY;
  }

  private static boolean isClosed(Default before, Default after) {
    return before != after && after == Default.DENY;
  }

  private void add(Namespace of, String gate) {
    found.add(
        "a pod that comes to %s without labels is open for %s now and would be isolated"
            .formatted(of.name(), gate));
  }
}
