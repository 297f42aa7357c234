package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether one rule covers another whatever endpoints there are: by their wording alone. */
final class Covering {
  private Covering() {}

  /** Whether a rule allows (or denies) everything that another does, to the pods of the other. */
  static boolean covers(Placed by, Rule rule, Placed of, Rule other) {
    return by.meets(of)
        && by.sure()
        && rule.onlyIf().isEmpty()
        && rule.action() == other.action()
        && rule.rank() == other.rank()
        && agreed(by)
        && agreed(of)
        && implies(of.block().subject(), by.block().subject())
        && other.peers().stream().allMatch(p -> rule.peers().stream().anyMatch(q -> covers(q, p)))
        && other.traffic().stream().allMatch(t -> covers(rule.traffic(), t));
  }

  /** Whether all rules of a block do the same, so that their order does not matter. */
  static boolean agreed(Placed placed) {
    return placed.block().rules().stream().map(Rule::action).distinct().count() == 1;
  }

  /** Whether it is for everybody and everything. */
  static boolean everything(Rule rule) {
    return rule.peers().contains(PeerSpec.ANYONE) && covers(rule.traffic(), TrafficSpec.ALL);
  }

  private static boolean covers(PeerSpec wide, PeerSpec narrow) {
    if (wide instanceof PeerSpec.Anyone || wide.equals(narrow)) {
      return true;
    }
    if (wide instanceof PeerSpec.Selected(Selector more)
        && narrow instanceof PeerSpec.Selected(Selector less)) {
      return implies(less, more);
    }
    return wide instanceof PeerSpec.InRange(IpSet more, Set<Kind> kinds)
        && narrow instanceof PeerSpec.InRange(IpSet less, Set<Kind> fewer)
        && less.subsetOf(more)
        && kinds.containsAll(fewer);
  }

  private static boolean covers(List<TrafficSpec> wide, TrafficSpec narrow) {
    TrafficSet numbers = TrafficSet.NONE;
    for (TrafficSpec spec : wide) {
      if (spec.equals(narrow)) {
        return true;
      }
      if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
        numbers = numbers.or(traffic);
      }
    }
    return numbers.equals(TrafficSet.ALL)
        || (narrow instanceof TrafficSpec.Numeric(TrafficSet traffic)
            && traffic.minus(numbers).isEmpty());
  }

  /** Whether who is selected by one selector is selected by the other, by its parts. */
  private static boolean implies(Selector narrow, Selector wide) {
    Set<Selector> asked = parts(narrow);
    return parts(wide).stream()
        .allMatch(w -> asked.contains(w) || asked.stream().anyMatch(n -> impliesPart(n, w)));
  }

  private static boolean impliesPart(Selector narrow, Selector wide) {
    return switch (wide) {
      case Selector.LabelIn(var scope, String key, var values) ->
          narrow instanceof Selector.LabelIn in
              && in.scope() == scope
              && in.key().equals(key)
              && values.containsAll(in.values());
      case Selector.HasLabel(var scope, String key) ->
          narrow instanceof Selector.LabelIn in && in.scope() == scope && in.key().equals(key);
      case Selector.OfKind(var kinds) ->
          narrow instanceof Selector.OfKind(var fewer) && kinds.containsAll(fewer);
      case Selector.All _,
          Selector.InNamespace _,
          Selector.Is _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Not _,
          Selector.And _,
          Selector.Or _ ->
          false;
    };
  }

  /** What a conjunction asks, each for itself. */
  private static Set<Selector> parts(Selector selector) {
    Set<Selector> out = new HashSet<>();
    if (selector instanceof Selector.And(var all)) {
      all.forEach(s -> out.addAll(parts(s)));
    } else if (!(selector instanceof Selector.All)) {
      out.add(selector);
    }
    return out;
  }
}
