package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;

/** The outside as such, which has no endpoint: of addresses, only all of a family are its own. */
final class TheOutside {
  private TheOutside() {}

  static boolean isSelected(Selector selector) {
    return switch (selector) {
      case Selector.All _ -> true;
      case Selector.OfKind(var kinds) -> kinds.contains(Kind.EXTERNAL);
      case Selector.InNamespace _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.OnNode _ ->
          false;
      case Selector.AtAddress(IpSet range) ->
          IpSet.ALL_V4.subsetOf(range) || IpSet.ALL_V6.subsetOf(range);
      case Selector.Not(Selector of) -> !isSelected(of);
      case Selector.And(var all) -> all.stream().allMatch(TheOutside::isSelected);
      case Selector.Or(var any) -> any.stream().anyMatch(TheOutside::isSelected);
    };
  }
}
