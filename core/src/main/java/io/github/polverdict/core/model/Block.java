package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one policy for one direction.
 *
 * @param name the policy as its user knows it, {@code NetworkPolicy shop/web}
 * @param isolates whether selecting an endpoint is enough to end the tier for it
 * @param onlyIf facts without which it is not known whether the block exists; usually empty
 */
public record Block(
    String name,
    Selector subject,
    Direction direction,
    boolean isolates,
    List<Rule> rules,
    List<Doubt> onlyIf,
    Origin origin) {
  public Block {
    rules = List.copyOf(rules);
    onlyIf = List.copyOf(onlyIf);
  }

  /** The same block with other rules. */
  public Block withRules(List<Rule> others) {
    return new Block(name, subject, direction, isolates, others, onlyIf, origin);
  }

  /** The same block, which isolates whom it selects or does not. */
  public Block isolating(boolean whether) {
    return new Block(name, subject, direction, whether, rules, onlyIf, origin);
  }

  /** The same block, of which one more fact decides whether it exists. */
  public Block onlyIf(Doubt doubt) {
    List<Doubt> doubts = new ArrayList<>(onlyIf);
    doubts.add(doubt);
    return new Block(name, subject, direction, isolates, rules, doubts, origin);
  }

  /** The same block, of whose rules one more fact decides whether they exist. */
  public Block rulesOnlyIf(Doubt doubt) {
    return withRules(rules.stream().map(rule -> rule.onlyIf(doubt)).toList());
  }
}
