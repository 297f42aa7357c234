package io.github.polverdict.live.probe;

import java.util.Map;

/** How everything that polverdict creates is known again, also after a crash. */
final class Labels {
  static final String RUN = "polverdict.io/run";
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String US = "polverdict";

  private Labels() {}

  static Map<String, String> of(String run) {
    return Map.of(RUN, run, MANAGED_BY, US);
  }

  /** The beginning of the name of everything that has no labels. */
  static String named(String run) {
    return US + "-" + run;
  }
}
