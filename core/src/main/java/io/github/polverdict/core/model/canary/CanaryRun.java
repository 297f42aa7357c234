package io.github.polverdict.core.model.canary;

import io.github.polverdict.core.model.Observation.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a canary saw in one cluster. It does not know what was to be expected.
 *
 * @param place where it ran
 * @param steps in the order in which they were made; fewer than planned when it broke off
 * @param broke why it ended before its end, one clause; empty when it did not
 */
public record CanaryRun(Place place, List<Taken> steps, Optional<String> broke) {

  /**
   * Where and when.
   *
   * @param cluster as the user names it
   * @param uid of the namespace kube-system, which stands for the cluster
   * @param server the API server's version
   * @param image of the canary's pods
   * @param by the program that ran it, with its version
   */
  public record Place(
      String cluster,
      String uid,
      String server,
      String namespace,
      String image,
      String by,
      Instant began,
      Instant ended,
      List<Actor> actors) {
    public Place {
      actors = List.copyOf(actors);
    }
  }

  /**
   * One pod of the canary and its node.
   *
   * @param imageId as the container runtime reports it; may be empty
   */
  public record Actor(Cast cast, String address, String imageId, Node node) {}

  /** What a node says of itself. */
  public record Node(String name, String kernel, String os, String kubelet, String runtime) {}

  /**
   * One step as it was made.
   *
   * @param id of its {@link CanaryStep}
   * @param at when the server had taken its policies, and had let go of those of the step before
   */
  public record Taken(String id, Instant at, List<Seen> seen, List<Kept> kept) {
    public Taken {
      seen = List.copyOf(seen);
      kept = List.copyOf(kept);
    }
  }

  /**
   * What packets showed on one wire, after what they showed did not change any more.
   *
   * @param tries how often it was tried
   * @param after how long after {@link Taken#at} the wire was first seen to be as the step wants
   *     it, on the prober's clock; only of wires that were watched and changed
   */
  public record Seen(Wire wire, Sign sign, int tries, Optional<Duration> after, String detail) {}

  /**
   * What became of a connection that was open when the step began.
   *
   * @param fate whether it still carried data at the step's end
   */
  public record Kept(Wire wire, Fate fate, String detail) {}

  /** What becomes of an open connection. */
  public enum Fate {
    SURVIVED,
    CUT,
    /** It could not be opened, or was lost for another reason. */
    NOT_KNOWN
  }

  public CanaryRun {
    steps = List.copyOf(steps);
  }
}
