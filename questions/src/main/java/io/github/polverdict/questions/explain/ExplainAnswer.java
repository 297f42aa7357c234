package io.github.polverdict.questions.explain;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Party;
import java.util.List;
import java.util.Optional;

/**
 * Whether something reaches something, and why.
 *
 * @param from as asked
 * @param to as asked
 * @param verdict that of all cases; UNKNOWN when they differ
 * @param mixed whether the cases differ (by pod, by address or by traffic)
 * @param gates those of the way that decided the first case
 * @param cases one for each distinct result; at least one
 * @param doubts what would decide it; empty unless the verdict is UNKNOWN
 * @param quirks the deviations from the specification that the result rests on
 * @param notes facts beside the verdict, one sentence each
 */
public record ExplainAnswer(
    String from,
    String to,
    Outcome verdict,
    boolean mixed,
    List<Gate> gates,
    List<Case> cases,
    List<Doubt> doubts,
    List<Origin.BuiltIn> quirks,
    List<Pin> pins,
    List<String> notes) {

  /**
   * Flows that come out alike for the same reasons; the first stands for all.
   *
   * @param from the source of the first
   * @param to the destination of the first; a Service's is the Service
   * @param traffic what was asked about, with the port that the source calls
   * @param ways how it can go, after translation; empty when there is no way
   * @param unrouted why there is no way; present exactly when there are no ways
   * @param others further (source, destination) pairs that come out the same way
   */
  public record Case(
      Party from,
      Called to,
      TrafficSet traffic,
      Outcome verdict,
      List<Way> ways,
      Optional<Deciding> unrouted,
      List<NearMiss> nearMisses,
      Client client,
      List<Doubt> doubts,
      List<Pair> others) {
    public Case {
      ways = List.copyOf(ways);
      nearMisses = List.copyOf(nearMisses);
      doubts = List.copyOf(doubts);
      others = List.copyOf(others);
    }
  }

  /** A source and a destination. */
  public record Pair(String from, String to) {}

  /**
   * What the source calls.
   *
   * @param name {@code svc/shop/web} for a Service, else as in {@link Party}
   * @param via how it is called when it is a Service: {@code CLUSTER_IP} …; empty else
   */
  public record Called(String name, String via) {}

  /**
   * One path to one real destination.
   *
   * @param traffic what arrives there
   */
  public record Way(Party to, TrafficSet traffic, Outcome verdict, List<Gate> gates) {
    public Way {
      gates = List.copyOf(gates);
    }
  }

  /**
   * What one plane does at one gate.
   *
   * @param subject whose gate it is
   * @param peer the other end as the gate sees it
   * @param really the other end as it is
   * @param inside the connection that it sees instead of the packet's own, and what makes it; empty
   *     when there is none
   * @param audited whether the plane would deny but only notes it
   */
  public record Gate(
      String plane,
      Direction direction,
      String subject,
      String peer,
      String really,
      String inside,
      Outcome verdict,
      Deciding decision,
      boolean audited) {}

  /**
   * The one element that decided.
   *
   * @param policy the policy that it belongs to; empty when it belongs to none
   * @param sentence what it does, in one sentence without a full stop
   * @param origin where it stands; empty when nothing stands anywhere (no policy applies)
   * @param also further policies that isolate alike
   */
  public record Deciding(
      How how, String policy, String sentence, Optional<Origin> origin, List<String> also) {
    public Deciding {
      also = List.copyOf(also);
    }
  }

  /** What sort of element decided. */
  public enum How {
    RULE,
    ISOLATION,
    NO_POLICY,
    BYPASS,
    NEVER_LEAVES,
    NO_ROUTE,
    UNDECIDED
  }

  /**
   * A rule that would have changed the result but for some of its parts.
   *
   * @param policy the policy that it belongs to
   * @param failed what did not match: {@code SUBJECT}, {@code PEER}, {@code TRAFFIC} …
   * @param sentence what it asks and what it got, in one sentence without a full stop
   */
  public record NearMiss(
      String policy, Direction gate, List<String> failed, String sentence, Origin origin) {
    public NearMiss {
      failed = List.copyOf(failed);
    }
  }

  /**
   * What the client notices.
   *
   * @param sentence for a new connection, without a full stop
   * @param established for a connection that is open when the policy arrives, without a full stop;
   *     empty when nothing denies
   */
  public record Client(Sees sees, String sentence, String established) {}

  /** What a client sees of the verdict. */
  public enum Sees {
    /** It gets through; whether anything listens there is not judged. */
    PASSES,
    TIMEOUT,
    REFUSED,
    /** The engines disagree on it, or do not say. */
    NOT_DEFINED,
    UNKNOWN
  }

  public ExplainAnswer {
    gates = List.copyOf(gates);
    cases = List.copyOf(cases);
    doubts = List.copyOf(doubts);
    quirks = List.copyOf(quirks);
    pins = List.copyOf(pins);
    notes = List.copyOf(notes);
  }
}
