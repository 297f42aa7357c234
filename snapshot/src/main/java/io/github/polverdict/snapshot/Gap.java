package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import java.util.Set;

/**
 * Something that could not be read. Whoever needs it decides what that makes unknown.
 *
 * @param kinds the kinds of object that it may have held; empty when it may have held any
 * @param namespace the namespace that it may have touched; empty when it may have touched any
 * @param what what could not be read, {@code networkpolicies in namespace hidden}
 * @param why {@code forbidden for user "ro"}, {@code not valid YAML: …}
 */
public record Gap(Set<String> kinds, String namespace, String what, String why, Origin origin) {
  public Gap {
    kinds = Set.copyOf(kinds);
  }

  public boolean mayHold(String kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  public boolean mayTouch(String inNamespace) {
    return namespace.isEmpty() || namespace.equals(inNamespace);
  }
}
