package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import java.util.Set;

/**
 * Something that could not be read. Whoever needs it decides what that makes unknown.
 *
 * @param kinds the kinds of object that it may have held; empty when it may have held any
 * @param namespace the namespace that it may have touched; empty when it may have touched any
 * @param except the namespaces that it cannot have touched, when {@code namespace} is empty
 * @param what what could not be read, {@code networkpolicies in namespace hidden}
 * @param why {@code forbidden for user "ro"}, {@code not valid YAML: …}
 */
public record Gap(
    Set<String> kinds,
    String namespace,
    Set<String> except,
    String what,
    String why,
    Origin origin) {
  public Gap {
    kinds = Set.copyOf(kinds);
    except = Set.copyOf(except);
  }

  public Gap(Set<String> kinds, String namespace, String what, String why, Origin origin) {
    this(kinds, namespace, Set.of(), what, why, origin);
  }

  public boolean mayHold(String kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  public boolean mayTouch(String inNamespace) {
    return namespace.isEmpty() ? !except.contains(inNamespace) : namespace.equals(inNamespace);
  }
}
