package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Exemption;
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
 * @param unmatched the same with places, and with what may correspond
 * @param idle inputs that differ and that change no flow
 * @param accepted what was accepted beforehand, with the changes that are left out of the groups
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
    List<Finding> unmatched,
    List<Cause> idle,
    List<Accepted> accepted,
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
   * @param others further sets of inputs that are enough for some of the changes
   * @param changes the riskiest first
   */
  public record Group(
      List<Cause> causes, boolean eachAlone, List<Other> others, List<Change> changes) {
    public Group {
      causes = List.copyOf(causes);
      others = List.copyOf(others);
      changes = List.copyOf(changes);
    }

    /** The same group with fewer changes. */
    public Group with(List<Change> fewer) {
      return new Group(causes, eachAlone, others, fewer);
    }
  }

  /** Causes that together are enough as well, for so many of a group's changes. */
  public record Other(List<Cause> causes, int changes) {
    public Other {
      causes = List.copyOf(causes);
    }
  }

  /**
   * Differences that were accepted beforehand.
   *
   * @param covers what the acceptance is about, in words
   * @param changes that it covers; none when nothing it speaks of differs
   * @param parties that only one side has and that it covers
   */
  public record Accepted(
      Exemption exemption, String covers, List<Change> changes, List<Party> parties) {
    public Accepted {
      changes = List.copyOf(changes);
      parties = List.copyOf(parties);
    }
  }

  /**
   * An input which, taken from the second cluster, makes the first behave like the second.
   *
   * @param inA the input in a few words, empty when the first cluster does not have it
   * @param differences what differs between the two; may be empty
   * @param remedy what makes the second behave like the first: a command, a manifest to apply or a
   *     sentence; empty when nothing can be said
   */
  public record Cause(
      Ingredient input,
      String inA,
      String inB,
      Optional<Origin> originA,
      Optional<Origin> originB,
      List<Difference> differences,
      Optional<String> remedy) {
    public Cause {
      differences = List.copyOf(differences);
    }

    /** What differs, one line each. */
    public List<String> differs() {
      return differences.stream().map(Difference::says).toList();
    }
  }

  /**
   * Flows of one pair that changed in one way.
   *
   * @param ways the smallest sets of inputs that make the change, each enough
   * @param fields the smallest sets of fields of these inputs, where they differ in several, and
   *     rows of an engine's profile, each enough
   * @param risks what makes it weigh more than others, the worst first
   */
  public record Change(
      Party src,
      Party dst,
      TrafficSet traffic,
      Optional<Family> family,
      What what,
      Seen a,
      Seen b,
      List<List<Ingredient>> ways,
      List<List<Detail>> fields,
      List<Risk> risks) {
    public Change {
      ways = ways.stream().map(List::copyOf).toList();
      fields = fields.stream().map(List::copyOf).toList();
      risks = List.copyOf(risks);
    }
  }

  /**
   * What of an input makes a change.
   *
   * @param says what differs, {@code spec.ports[0].port: 80 -> 8080}, or a row of a profile; empty
   *     for the input as a whole
   */
  public record Detail(Ingredient input, String says) {}

  /** What makes a change weigh more than others, the worst first. */
  public enum Risk {
    /** An end is outside of the cluster. */
    OUTSIDE,
    /** The ends belong to different tenants. */
    ACROSS_TENANTS,
    /** The destination is in a namespace of the system. */
    SYSTEM
  }

  /** How flows changed, the most dangerous first. */
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
    unmatched = List.copyOf(unmatched);
    idle = List.copyOf(idle);
    accepted = List.copyOf(accepted);
  }

  /** The same answer without what was accepted. */
  DiffAnswer with(List<Group> fewer, List<Party> inA, List<Party> inB, List<Accepted> covered) {
    return new DiffAnswer(
        a, b, pairs, fewer, inA, inB, unmatched, idle, covered, tried, allCausesSought);
  }

  /** Every change of every group. */
  public List<Change> changes() {
    return groups.stream().flatMap(g -> g.changes().stream()).toList();
  }

  /** Whether there is something that was not accepted. */
  public boolean differs() {
    return !changes().isEmpty() || !onlyInA.isEmpty() || !onlyInB.isEmpty();
  }
}
