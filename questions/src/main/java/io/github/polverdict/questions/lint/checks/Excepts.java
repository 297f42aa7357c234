package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.questions.words.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PV506: what one NetworkPolicy excepts from a range is denied although another allows it. Such a
 * policy cannot deny; an engine that makes denials of excepts is known by them.
 */
final class Excepts implements Check {
  private static final String CANNOT_DENY = "NetworkPolicy ";

  @Override
  public void look(Ground ground, Sink out) {
    Set<Origin> told = new HashSet<>();
    for (Placed placed : ground.blocks()) {
      if (placed.block().name().startsWith(CANNOT_DENY)) {
        placed.block().rules().stream()
            .filter(r -> r.action() == Action.DENY && r.origin().isWritten())
            .forEach(r -> closing(new Closing(placed, r), ground, told, out));
      }
    }
  }

  /** A denial that an engine makes of an except. */
  private record Closing(Placed placed, Rule rule) {
    Direction direction() {
      return placed.block().direction();
    }
  }

  private static void closing(Closing closing, Ground ground, Set<Origin> told, Sink out) {
    for (Endpoint subject : closing.placed().selected()) {
      for (Placed other : ground.over(subject, closing.direction())) {
        for (Rule allows : other.block().rules()) {
          boolean asks = allows.action() == Action.ALLOW && allows.origin().isWritten();
          boolean surely = allows.onlyIf().isEmpty();
          if (asks && surely && other.plane() == closing.placed().plane()) {
            lost(closing, subject, allows, ground)
                .filter(_ -> told.add(allows.origin()))
                .ifPresent(peer -> tell(closing, other, allows, List.of(subject, peer), out));
          }
        }
      }
    }
  }

  /** Somebody whom a rule allows and who is denied because of the except. */
  private static Optional<Endpoint> lost(
      Closing closing, Endpoint subject, Rule allows, Ground ground) {
    return Stream.concat(ground.inside().stream(), ground.outside().stream())
        .filter(peer -> !peer.equals(subject))
        .filter(peer -> is(closing.rule(), peer, closing, ground))
        .filter(peer -> is(allows, peer, closing, ground))
        .filter(peer -> denied(closing, subject, peer, allows, ground))
        .findFirst();
  }

  private static boolean is(Rule rule, Endpoint peer, Closing closing, Ground ground) {
    return rule.peers().stream()
        .anyMatch(p -> ground.is(p, peer, closing.placed().plane()) == Truth.YES);
  }

  private static boolean denied(
      Closing closing, Endpoint subject, Endpoint peer, Rule allows, Ground ground) {
    boolean egress = closing.direction() == Direction.EGRESS;
    Endpoint from = egress ? subject : peer;
    Endpoint to = egress ? peer : subject;
    return Sample.of(Inert.traffic(allows, to)).stream()
        .flatMap(sample -> ground.judge(from, to, sample).stream())
        .flatMap(verdict -> Denied.gate(verdict).stream())
        .anyMatch(gate ->
            gate.decision() instanceof Decision.ByRule by
                && by.rule().origin().equals(closing.rule().origin()));
  }

  private static void tell(
      Closing closing, Placed other, Rule allows, List<Endpoint> ends, Sink out) {
    out.add(
        "PV506",
        allows.origin(),
        "a rule of %s allows %s with %s, but what %s excepts is denied for all: %s"
            .formatted(
                other.block().name(),
                ends.getFirst().shownAs(),
                ends.getLast().shownAs(),
                closing.placed().block().name(),
                closing.placed().plane().name()),
        Remedy.of("allow what is meant by ranges without except, or by narrower ones"));
  }
}
