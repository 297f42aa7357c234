package io.github.polverdict.questions.verify.choice;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many flow classes there are, and how many are tried.
 *
 * @param distinguishable flow classes of which a flow can be tried
 * @param chosen those of them of which one is
 * @param skipped flow classes of which none can be tried, by reason
 */
public record Coverage(long distinguishable, long chosen, Map<String, Long> skipped) {
  public Coverage {
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
  }

  /** All flow classes of which none can be tried. */
  public long skippedInAll() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }
}
