package io.github.polverdict.live.probe;

import java.util.Set;

/**
 * What the user allowed to be done to a cluster beside reading it.
 *
 * @param exec commands in containers that run
 * @param ephemeral ephemeral containers in pods that run; they stay in the pod's spec until it goes
 * @param clones pods of our own beside the ones that they stand for
 * @param namespace namespaces of our own, with anything in them
 * @param namespaces where; empty for everywhere
 */
public record Permissions(
    boolean exec, boolean ephemeral, boolean clones, boolean namespace, Set<String> namespaces) {
  /** Nothing may be done. */
  public static final Permissions NONE = new Permissions(false, false, false, false, Set.of());

  public Permissions {
    namespaces = Set.copyOf(namespaces);
  }

  /** Whether a namespace may be touched at all. */
  public boolean in(String name) {
    return namespaces.isEmpty() || namespaces.contains(name);
  }
}
