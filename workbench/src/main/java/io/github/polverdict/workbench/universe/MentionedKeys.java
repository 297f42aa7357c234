package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.HashSet;
import java.util.Set;

/** The keys of endpoint labels that a policy model asks for. */
final class MentionedKeys {
  private final Set<String> keys = new HashSet<>();

  private MentionedKeys() {}

  static Set<String> of(PolicyModel model) {
    MentionedKeys all = new MentionedKeys();
    for (Plane plane : model.planes()) {
      for (Tier tier : plane.tiers()) {
        tier.blocks().forEach(all::add);
      }
      for (Passage passage : plane.passages()) {
        all.add(passage.from());
        all.add(passage.to());
      }
    }
    return all.keys;
  }

  private void add(Block block) {
    add(block.subject());
    for (Rule rule : block.rules()) {
      rule.peers().forEach(this::add);
      rule.traffic().forEach(this::add);
    }
  }

  private void add(TrafficSpec traffic) {
    switch (traffic) {
      case TrafficSpec.Numeric _, TrafficSpec.Called _ -> {}
      case TrafficSpec.OnlyTo(Selector destinations, var _) -> add(destinations);
      case TrafficSpec.Named named -> add(named.within());
      case TrafficSpec.Without(TrafficSpec some, TrafficSpec others) -> {
        add(some);
        add(others);
      }
    }
  }

  private void add(PeerSpec peer) {
    if (peer instanceof PeerSpec.Selected(Selector selector)) {
      add(selector);
    } else if (peer instanceof PeerSpec.AllOf(var all)) {
      all.forEach(this::add);
    }
  }

  private void add(Selector selector) {
    switch (selector) {
      case Selector.HasLabel(Selector.Scope scope, String key) -> add(scope, key);
      case Selector.LabelIn(Selector.Scope scope, String key, Set<String> _) -> add(scope, key);
      case Selector.Not(Selector of) -> add(of);
      case Selector.And and -> and.all().forEach(this::add);
      case Selector.Or or -> or.any().forEach(this::add);
      case Selector.LabelLike(Selector.Scope scope, String key, _, _) -> add(scope, key);
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Is _ -> {}
    }
  }

  private void add(Selector.Scope scope, String key) {
    if (scope == Selector.Scope.ENDPOINT) {
      keys.add(key);
    }
  }
}
