package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Optional;

/**
 * Everything that judges flows in one cluster.
 *
 * @param planes none when nothing enforces; those of all candidates when there are such
 * @param pins one for each engine, also for those that enforce nothing
 * @param candidates present when it is not known which engine enforces
 */
public record PolicyModel(List<Plane> planes, List<Pin> pins, Optional<Candidates> candidates) {

  /**
   * Engines of which exactly one enforces, not known which. What all of them do is certain; where
   * they differ nothing is.
   *
   * @param origin what shows that there is one
   */
  public record Candidates(List<Candidate> all, Origin origin) {
    public Candidates {
      all = List.copyOf(all);
      if (all.isEmpty()) {
        throw new IllegalArgumentException("there is no engine that it may be");
      }
    }
  }

  /**
   * One engine that it may be.
   *
   * @param planes none when it enforces nothing
   */
  public record Candidate(String name, List<Plane> planes) {
    public Candidate {
      planes = List.copyOf(planes);
    }
  }

  public PolicyModel {
    planes = List.copyOf(planes);
    pins = List.copyOf(pins);
  }

  /** A model in which every plane judges. */
  public PolicyModel(List<Plane> planes, List<Pin> pins) {
    this(planes, pins, Optional.empty());
  }

  /** A model in which one of some engines judges. */
  public static PolicyModel oneOf(Candidates candidates, List<Pin> pins) {
    List<Plane> planes = candidates.all().stream().flatMap(c -> c.planes().stream()).toList();
    return new PolicyModel(planes, pins, Optional.of(candidates));
  }

  /** The planes that judge together: all of them, or those of each candidate. */
  public List<List<Plane>> worlds() {
    return candidates
        .map(c -> c.all().stream().map(Candidate::planes).toList())
        .orElseGet(() -> List.of(planes));
  }
}
