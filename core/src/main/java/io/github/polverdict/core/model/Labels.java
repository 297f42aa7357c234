package io.github.polverdict.core.model;

import java.util.Map;
import java.util.Optional;

/**
 * The labels of an object as far as they are known.
 *
 * @param incomplete why there may be others, or other values; empty when these are all
 */
public record Labels(Map<String, String> known, Optional<Doubt> incomplete) {
  public static final Labels NONE = of(Map.of());

  public Labels {
    known = Map.copyOf(known);
  }

  public static Labels of(Map<String, String> all) {
    return new Labels(all, Optional.empty());
  }

  /** Labels of which nothing is known, for the reason given. */
  public static Labels unknown(Doubt why) {
    return new Labels(Map.of(), Optional.of(why));
  }
}
