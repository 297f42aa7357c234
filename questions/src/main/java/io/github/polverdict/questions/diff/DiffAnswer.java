package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two clusters, by cause. Everything is told in the names of the first.
 *
 * @param pairs every pair of parties that differs, sorted; also pairs with a party of one side only
 * @param groups the changes by cause, the broadest cause first
 * @param onlyInA workloads and nodes that have no counterpart
 * @param tried how many mixed clusters were judged to find the causes
 * @param allCausesSought false when the limit of mixed clusters was hit; the rest is then in a
 *     group without causes
 */
public record DiffAnswer(
    Side a,
    Side b,
    List<Pair> pairs,
    List<Group> groups,
    List<Party> onlyInA,
    List<Party> onlyInB,
    int tried,
    boolean allCausesSought) {

  /** One of the two. */
  public record Side(String name, List<Pin> pins, List<Missing> missing, List<Finding> findings) {
    public Side {
      pins = List.copyOf(pins);
      missing = List.copyOf(missing);
      findings = List.copyOf(findings);
    }
  }

  /**
   * A pair of parties that differs.
   *
   * @param a what the first cluster lets through; nothing when it does not have both parties
   * @param absent the parties of the pair that one side does not have, with the side
   * @param family present when IPv4 and IPv6 differ
   */
  public record Pair(
      Party src, Party dst, Reach a, Reach b, List<Absent> absent, Optional<Family> family) {
    public Pair {
      absent = List.copyOf(absent);
    }
  }

  /** A party that one side does not have. */
  public record Absent(String party, Which in) {}

  /** The first or the second cluster. */
  public enum Which {
    A,
    B
  }

  /**
   * Changes that the same inputs cause.
   *
   * @param causes none when no input was found that makes the first cluster behave like the second
   * @param eachAlone whether any one of the causes is enough; else it takes all of them together
   */
  public record Group(List<Cause> causes, boolean eachAlone, List<Change> changes) {
    public Group {
      causes = List.copyOf(causes);
      changes = List.copyOf(changes);
    }
  }

  /**
   * An input which, taken from the second cluster, makes the first behave like the second.
   *
   * @param inA the input in a few words, empty when the first cluster does not have it
   * @param differs what differs between the two, one line each; may be empty
   */
  public record Cause(
      Ingredient input,
      String inA,
      String inB,
      Optional<Origin> originA,
      Optional<Origin> originB,
      List<String> differs) {
    public Cause {
      differs = List.copyOf(differs);
    }
  }

  /** Flows of one pair that changed in one way. */
  public record Change(
      Party src,
      Party dst,
      TrafficSet traffic,
      Optional<Family> family,
      What what,
      Seen a,
      Seen b) {}

  /** How flows changed. */
  public enum What {
    /** Denied in the first, allowed in the second. */
    OPENED,
    /** Allowed in the first, denied in the second. */
    CLOSED,
    BECAME_UNKNOWN,
    BECAME_KNOWN
  }

  /**
   * What one side does with the flows.
   *
   * @param because the deciding element in one sentence without a full stop
   */
  public record Seen(Outcome outcome, String because, Optional<Origin> origin, List<Doubt> doubts) {
    public Seen {
      doubts = List.copyOf(doubts);
    }
  }

  public DiffAnswer {
    pairs = List.copyOf(pairs);
    groups = List.copyOf(groups);
    onlyInA = List.copyOf(onlyInA);
    onlyInB = List.copyOf(onlyInB);
  }
}
