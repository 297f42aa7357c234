package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import java.util.Set;

/**
 * Something that could not be read. Whoever needs it decides what that makes unknown.
 *
 * @param kinds the types of object ({@link ResourceId#type()}) that it may have held, {@code
 *     Tier.*} when the group is not known; empty when it may have held any
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
  /** After a kind: of whatever group. */
  static final String OF_ANY_GROUP = ".*";

  public Gap {
    kinds = Set.copyOf(kinds);
    except = Set.copyOf(except);
  }

  public Gap(Set<String> kinds, String namespace, String what, String why, Origin origin) {
    this(kinds, namespace, Set.of(), what, why, origin);
  }

  /** Whether it may have held objects of a type. */
  public boolean mayHold(String type) {
    int dot = type.indexOf('.');
    String ofAnyGroup = (dot < 0 ? type : type.substring(0, dot)) + OF_ANY_GROUP;
    return kinds.isEmpty() || kinds.contains(type) || kinds.contains(ofAnyGroup);
  }

  public boolean mayTouch(String inNamespace) {
    return namespace.isEmpty() ? !except.contains(inNamespace) : namespace.equals(inNamespace);
  }
}
