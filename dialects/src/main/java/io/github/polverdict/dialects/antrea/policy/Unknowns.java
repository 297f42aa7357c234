package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.snapshot.Snapshot;
import java.util.Optional;

/** What a snapshot may lack of the objects that policies name. */
final class Unknowns {
  private Unknowns() {}

  /** Why it is not known which objects of a kind there are; empty when all were read. */
  static Optional<Doubt> of(Snapshot snapshot, String kind) {
    return snapshot.gaps().stream()
        .filter(g -> g.mayHold(kind))
        .findFirst()
        .map(g -> new Doubt.NotReadable(g.what(), g.why(), g.origin()));
  }
}
