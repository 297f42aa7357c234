package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PV203: two list items, one of namespaces and one of pods, that were meant as one. */
final class TwoItems implements Check {
  private static final Pattern ITEM = Pattern.compile("(.*/(?:from|to))/([0-9]{1,6})");

  /**
   * Two items that make more sense as one.
   *
   * @param meant the pods that they would mean together
   */
  record Suspect(Rule namespaces, Rule pods, List<Endpoint> meant) {}

  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        suspect(placed, rule, ground).ifPresent(s -> report(placed, s, ground, out));
      }
    }
  }

  private static void report(Placed placed, Suspect suspect, Ground ground, Sink out) {
    List<Endpoint> opened =
        ground.inside().stream()
            .filter(e -> selects(suspect.namespaces(), e, placed) == Truth.YES)
            .toList();
    String from = Found.pointer(suspect.pods().origin());
    String to = Found.pointer(suspect.namespaces().origin());
    String json =
        """
        [{"op": "move", "from": "%s/podSelector", "path": "%s/podSelector"}, \
        {"op": "remove", "path": "%s"}]\
        """
            .formatted(from, to, from);
    out.add(
        "PV203",
        suspect.pods().origin(),
        ("the podSelector of %s stands beside its namespaceSelector and means pods of its own"
                + " namespace, where there are none; the other item alone allows %s. Together they"
                + " would mean %s")
            .formatted(placed.block().name(), Wording.list(opened), Wording.list(suspect.meant())),
        Remedy.change(
            "put podSelector and namespaceSelector into one item", placed.block().name(), json));
  }

  /** The pair that a rule for pods is the second half of. */
  static Optional<Suspect> suspect(Placed placed, Rule pods, Ground ground) {
    Optional<Selector> labels = ofOwnPods(placed.block(), pods);
    boolean somebody =
        labels.isEmpty()
            || ground.inside().stream().anyMatch(e -> selects(pods, e, placed) != Truth.NO);
    if (somebody || !placed.sure()) {
      return Optional.empty();
    }
    for (Rule other : placed.block().rules()) {
      if (adjacent(other, pods) && ofNamespaces(other)) {
        List<Endpoint> meant =
            ground.pods().stream()
                .filter(e -> selects(other, e, placed) == Truth.YES)
                .filter(e -> Selection.of(labels.get(), e, placed.plane()) == Truth.YES)
                .toList();
        if (!meant.isEmpty()) {
          return Optional.of(new Suspect(other, pods, meant));
        }
      }
    }
    return Optional.empty();
  }

  private static Truth selects(Rule rule, Endpoint endpoint, Placed placed) {
    return rule.peers().getFirst() instanceof PeerSpec.Selected(Selector selector)
        ? Selection.of(selector, endpoint, placed.plane())
        : Truth.NO;
  }

  /** The labels that a rule asks of pods of the policy's own namespace, when it asks just that. */
  private static Optional<Selector> ofOwnPods(Block block, Rule rule) {
    if (rule.peers().size() != 1
        || !(rule.peers().getFirst() instanceof PeerSpec.Selected(Selector selector))) {
      return Optional.empty();
    }
    boolean own =
        Manifests.namespace(selector).isPresent()
            && Manifests.namespace(selector).equals(Manifests.namespace(block.subject()));
    return own && Labelled.asks(selector, Scope.ENDPOINT)
        ? Labelled.ofPods(selector)
        : Optional.empty();
  }

  private static boolean ofNamespaces(Rule rule) {
    return rule.peers().size() == 1
        && rule.peers().getFirst() instanceof PeerSpec.Selected(Selector selector)
        && Labelled.asks(selector, Scope.NAMESPACE)
        && !Labelled.asks(selector, Scope.ENDPOINT);
  }

  /** Whether the two are neighbours in one list. */
  private static boolean adjacent(Rule a, Rule b) {
    Matcher one = ITEM.matcher(Found.pointer(a.origin()));
    Matcher two = ITEM.matcher(Found.pointer(b.origin()));
    return one.matches()
        && two.matches()
        && one.group(1).equals(two.group(1))
        && Math.abs(Integer.parseInt(one.group(2)) - Integer.parseInt(two.group(2))) == 1;
  }
}
