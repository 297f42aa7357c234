package io.github.polverdict.checks.offenders.report;

/** Orders versions on its own. */
record EngineVersion(int major) implements Comparable<EngineVersion> {
  @Override
  public int compareTo(EngineVersion other) {
    return Integer.compare(major, other.major);
  }
}
