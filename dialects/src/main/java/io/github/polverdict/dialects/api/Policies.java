package io.github.polverdict.dialects.api;

import io.github.polverdict.snapshot.Document;
import java.util.List;

/** The policies of one snapshot as one engine reads them. */
@FunctionalInterface
public interface Policies {
  /**
   * What one document means, in the tiers of the engine's {@link Frame}; its kind is one that the
   * dialect names and not one that only {@link PolicyKind.Power#SUPPORTS}.
   */
  Compiled<List<Placed>> compile(Document document);
}
