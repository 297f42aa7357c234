package io.github.polverdict.lab;

import java.util.List;
import java.util.function.Consumer;

/** A way to get a cluster. */
public interface Driver {
  /** As {@code --driver} names it. */
  String name();

  /**
   * Makes a lab and waits until it is ready; leaves nothing when that fails, except logs.
   *
   * @param progress hears a line for each step
   * @throws LabFailure with what to do about it
   */
  Lab up(LabRequest request, Consumer<String> progress);

  /** A lab as a place to make objects in. */
  Cluster cluster(Lab lab);

  /** Removes a lab with all that belongs to it, also one that is dead. */
  void down(Lab lab);

  /** The labs of this driver, in the order of their names. */
  List<Lab> list();
}
