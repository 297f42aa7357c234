package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules that would have let a path pass but for a part of them. */
public final class NearMisses {
  private final Ports ports;
  private final Guises guises;

  public NearMisses(Universe universe) {
    this.ports = new Ports(universe);
    this.guises = new Guises(universe);
  }

  /**
   * A rule of a policy that took part, and why it did not match.
   *
   * @param peer whether it speaks of the other end
   * @param traffic whether it speaks of the traffic
   * @param missed what failed, of several peers that of the nearest one; at least one
   */
  public record NearMiss(Rule rule, Block block, Truth peer, Truth traffic, List<Missed> missed) {
    public NearMiss {
      missed = List.copyOf(missed);
    }
  }

  /** One part of a rule that does not fit. */
  public sealed interface Missed {

    /**
     * A label is not as asked.
     *
     * @param scope of the endpoint itself, or of what it belongs to
     * @param who whose label it is
     * @param wanted as {@code team=shop}, {@code team in (a, b)}, {@code !team}
     * @param actual the value there is; empty when there is none
     * @param hidden whether the label is there but the engine can't see it
     */
    record Label(Selector.Scope scope, String who, String wanted, String actual, boolean hidden)
        implements Missed {}

    /** The rule speaks of another namespace. */
    record Namespace(String wanted, String actual) implements Missed {}

    /**
     * The rule speaks of other kinds of endpoint.
     *
     * @param wanted in the order of the kinds
     * @param as what the gate takes the end for
     */
    record WrongKind(List<Kind> wanted, Kind actual, String as) implements Missed {
      public WrongKind {
        wanted = wanted.stream().sorted().toList();
      }
    }

    /** The rule speaks of one endpoint by its id, and this is another one. */
    record Another(String wanted, String actual) implements Missed {}

    /** The rule speaks of other service accounts. */
    record ServiceAccount(String wanted, String actual) implements Missed {}

    /** The rule speaks of what is on, or not on, a node; {@code actual} is empty if not known. */
    record OnNode(String wanted, String actual) implements Missed {}

    /** The address is not in the range. */
    record Address(String range, String actual) implements Missed {}

    /** The address is in the range, but ranges do not match such endpoints in this engine. */
    record NotByAddress(String range, Kind kind) implements Missed {}

    /** The port or protocol is not among those of the rule; the text names them. */
    record Traffic(String wanted, Protocol protocol, int number) implements Missed {}

    /**
     * The port is given by a name that stands for other numbers, or for none, at this destination.
     */
    record PortName(String name, String standsFor, Protocol protocol, int number)
        implements Missed {}
  }

  /** A near miss with how much of it failed. */
  record Far(NearMiss miss, int dimensions, int parts) {}

  /** For one gate of a path, the nearest first. */
  public List<NearMiss> of(GateVerdict gate, Path path) {
    Gate.Sight sight = new Gate(gate.plane(), gate.gate(), path, guises, ports).sight();
    Misfit misfit =
        new Misfit(gate.plane().view(), path, gate.peer().endpoint(), sight.port(), ports);
    List<Far> out = new ArrayList<>();
    for (Tier tier : gate.plane().tiers()) {
      for (Block block : tier.blocks()) {
        boolean tookPart =
            block.direction() == gate.gate()
                && !Matching.selects(block.subject(), gate.subject(), gate.plane().view()).no();
        for (Rule rule : tookPart ? block.rules() : List.<Rule>of()) {
          boolean written = !(rule.origin().place() instanceof Origin.BuiltIn);
          if (rule.action() == Action.ALLOW && written && inTime(rule, tier, gate.decision())) {
            misfit.of(rule, block).ifPresent(out::add);
          }
        }
      }
      if (endsAt(tier, gate.decision())) {
        break;
      }
    }
    out.sort(Comparator.comparingInt(Far::dimensions).thenComparingInt(Far::parts));
    return out.stream().map(Far::miss).toList();
  }

  /** Whether the rule would have been served before what decided. */
  private static boolean inTime(Rule rule, Tier tier, Decision decision) {
    return !(decision instanceof Decision.ByRule(Rule deciding, Block _, Tier where))
        || !where.equals(tier)
        || rule.rank() < deciding.rank();
  }

  private static boolean endsAt(Tier tier, Decision decision) {
    return switch (decision) {
      case Decision.ByRule by -> by.tier().equals(tier);
      case Decision.ByIsolation by -> by.tier().equals(tier);
      case Decision.ByNothing _,
          Decision.Bypassed _,
          Decision.NeverLeaves _,
          Decision.NoRoute _,
          Decision.Undecided _ ->
          false;
    };
  }
}
