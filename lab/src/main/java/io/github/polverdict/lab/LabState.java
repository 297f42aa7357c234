package io.github.polverdict.lab;

/** Whether a lab can be used. */
public enum LabState {
  READY,
  STARTING,
  /**
   * Its files are there, its processes are not: it failed, was killed, or the machine restarted.
   */
  DEAD
}
