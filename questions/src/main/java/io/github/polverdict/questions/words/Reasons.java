package io.github.polverdict.questions.words;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts decisions into sentences. */
public final class Reasons {
  /** For a workload as a whole when its pods are treated differently. */
  public static final String BY_POD = "it differs by pod";

  private Reasons() {}

  /** What decided a gate. */
  public static Reason of(GateVerdict gate) {
    return of(gate, gate.subject().id());
  }

  /**
   * What decided a gate.
   *
   * @param subject what the endpoint is called whose gate it is
   */
  public static Reason of(GateVerdict gate, String subject) {
    return switch (gate.decision()) {
      case Decision.ByRule(Rule rule, Block block, Tier _) ->
          new Reason(
              block.name(),
              block.name() + " " + does(rule.action()),
              Optional.of(rule.origin()),
              List.of());
      case Decision.ByIsolation(Tier tier, List<Block> isolating) ->
          isolation(subject, gate.gate(), tier, isolating);
      case Decision.ByNothing(Plane plane) -> nothing(gate, subject, plane);
      case Decision.Bypassed bypassed ->
          Reason.of(
              "%s does not judge the %s of %s here%s"
                  .formatted(
                      gate.plane().name(),
                      word(gate.gate()),
                      subject,
                      says(bypassed.passage().origin())),
              bypassed.passage().origin());
      case Decision.NeverLeaves _ -> Reason.of(subject + " always reaches its own address");
      case Decision.NoRoute(String why, Origin origin) -> Reason.of(why, origin);
      case Decision.Undecided(List<Doubt> doubts) -> Reason.of("cannot tell: " + doubts(doubts));
    };
  }

  private static Reason nothing(GateVerdict gate, String subject, Plane plane) {
    String passes = plane.otherwise() == Action.ALLOW ? "lets it pass" : "denies it";
    String so = ", so %s %s".formatted(plane.name(), passes);
    String whom = subject + " for " + word(gate.gate());
    List<Block> open = undeciding(plane, gate);
    if (open.isEmpty()) {
      return Reason.of("no policy selects " + whom + so);
    }
    List<String> names = open.stream().map(Block::name).distinct().toList();
    String says =
        names.size() == 1
            ? names.getFirst() + " is asked about " + whom + " and leaves it open"
            : "the %d policies that are asked about %s leave it open".formatted(names.size(), whom);
    return new Reason(
        names.getFirst(),
        says + so,
        Optional.of(open.getFirst().origin()),
        names.subList(1, names.size()));
  }

  /** The policies that are asked about a gate's subject and do not have the last word there. */
  private static List<Block> undeciding(Plane plane, GateVerdict gate) {
    List<Block> out = new ArrayList<>();
    for (Tier tier : plane.tiers()) {
      tier.blocks().stream()
          .filter(b -> b.direction() == gate.gate() && b.origin().isWritten())
          .filter(b -> !(b.origin() instanceof Origin.Bent)) // for somebody whom it does not select
          .filter(b -> !b.isolates() || passesOn(tier, b))
          .filter(b -> Selection.of(b.subject(), gate.subject(), plane) == Truth.YES)
          .forEach(out::add);
    }
    return out;
  }

  private static boolean passesOn(Tier tier, Block block) {
    return tier.unmatched() == Action.PASS
        || block.rules().stream().anyMatch(r -> r.action() == Action.PASS);
  }

  private static Reason isolation(
      String subject, Direction gate, Tier tier, List<Block> isolating) {
    if (isolating.isEmpty()) {
      return Reason.of("tier " + tier.name() + " " + does(tier.unmatched()));
    }
    Block first = isolating.getFirst();
    List<String> names = isolating.stream().map(Block::name).distinct().toList();
    String whom = subject + " for " + word(gate);
    return new Reason(
        first.name(),
        names.size() == 1
            ? first.name() + " isolates " + whom + " and no rule of it matches"
            : "no rule of the " + names.size() + " policies that isolate " + whom + " matches",
        Optional.of(first.origin()),
        names.subList(1, names.size()));
  }

  /** The sentence of the rule behind an origin, after a colon; nothing when it is a plain place. */
  private static String says(Origin origin) {
    return switch (origin) {
      case Origin.BuiltIn b -> ": " + b.says();
      case Origin.Bent b -> ": " + b.because().says();
      case Origin.Said s -> ": " + s.words();
      case Origin.InFile _, Origin.InCluster _ -> "";
    };
  }

  private static String does(Action action) {
    return switch (action) {
      case ALLOW -> "allows it";
      case DENY -> "denies it";
      case PASS -> "passes it on";
    };
  }

  static String word(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  /** The doubts in one phrase. */
  public static String doubts(List<Doubt> doubts) {
    return doubts.stream().map(Doubt::text).distinct().collect(Collectors.joining("; "));
  }

  /** What decided a flow, in as few words as can be. */
  public static Reason of(Verdict verdict) {
    if (verdict.unrouted().isPresent()) {
      return Reason.of(verdict.unrouted().get().why(), verdict.unrouted().get().origin());
    }
    Reason reason =
        way(verdict)
            .map(Reasons::of)
            .orElseGet(() -> Reason.of("no engine enforces policies here"));
    return isOpen(verdict)
        ? new Reason(
            reason.policy(),
            "cannot tell: " + doubts(verdict.doubts()),
            reason.origin(),
            reason.also())
        : reason;
  }

  /** Whether each way is decided, and they differ: what is unknown is which one is taken. */
  private static boolean isOpen(Verdict verdict) {
    return verdict.outcome() == Outcome.UNKNOWN
        && verdict.paths().stream().noneMatch(p -> p.outcome() == Outcome.UNKNOWN);
  }

  /** What decided a path. */
  public static Reason of(PathVerdict path) {
    return deciding(path)
        .map(Reasons::of)
        .orElseGet(() -> Reason.of("no engine enforces policies here"));
  }

  /** The path that the flow's outcome rests on. */
  public static Optional<PathVerdict> way(Verdict verdict) {
    return verdict.paths().stream()
        .filter(p -> p.outcome() == verdict.outcome())
        .findFirst()
        .or(() -> verdict.paths().stream().findFirst());
  }

  /** The gate that the path's outcome rests on; of gates that allow, one that a rule opened. */
  public static Optional<GateVerdict> deciding(PathVerdict path) {
    if (path.outcome() != Outcome.ALLOWED) {
      return path.gates().stream().filter(g -> g.outcome() == path.outcome()).findFirst();
    }
    return path.gates().stream().min(Comparator.comparing(g -> telling(g.decision())));
  }

  private static int telling(Decision decision) {
    return switch (decision) {
      case Decision.ByRule _ -> 0;
      case Decision.Bypassed _, Decision.NeverLeaves _, Decision.NoRoute _ -> 1;
      case Decision.ByIsolation _, Decision.Undecided _ -> 2;
      case Decision.ByNothing _ -> 3;
    };
  }
}
