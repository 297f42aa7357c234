package io.github.polverdict.lab;

/** A lab in which objects can be made. */
public interface Cluster {

  /** The lab that it is. */
  Lab lab();

  /** Runs kubectl; its output comes back whatever its code is. */
  Command.Ended kubectl(String input, String... arguments);
}
