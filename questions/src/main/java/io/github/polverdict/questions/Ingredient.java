package io.github.polverdict.questions;

import java.util.Comparator;

/**
 * One input of a bench that can be swapped for that of another.
 *
 * @param name {@code shop} for a namespace, {@code NetworkPolicy shop/web} for a policy, {@code
 *     Deployment shop/web} for a workload, a setting's name, and so on
 */
public record Ingredient(Kind kind, String name) implements Comparable<Ingredient> {
  private static final Comparator<Ingredient> ORDER =
      Comparator.comparing(Ingredient::kind).thenComparing(Ingredient::name);

  /** What sort of input it is, the broadest first. */
  public enum Kind {
    /** The engine with its version and all of its settings. */
    ENGINE,
    ENGINE_VERSION,
    ENGINE_SETTING,
    /** What could be read: a gap of one side that the other does not have. */
    READABLE,
    /** Objects that configure an engine or that no other kind covers. */
    CONFIGURATION,
    /** All Node objects, and the addresses and nodes of pods that do not differ otherwise. */
    NODES,
    /** A Namespace object: its labels. */
    NAMESPACE,
    POLICY,
    /** A Service with its endpoints. */
    SERVICE,
    /**
     * A workload object with its pods: their labels, ports and whatever policies tell them apart
     * by.
     */
    WORKLOAD
  }

  @Override
  public int compareTo(Ingredient other) {
    return ORDER.compare(this, other);
  }
}
