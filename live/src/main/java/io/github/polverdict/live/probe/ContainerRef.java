package io.github.polverdict.live.probe;

/** One container by its name. */
record ContainerRef(PodRef pod, String name) {
  @Override
  public String toString() {
    return "container " + name + " of pod " + pod;
  }
}
