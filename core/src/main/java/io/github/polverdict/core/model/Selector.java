package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An expression over the facts of one endpoint. Every engine's selectors compile to it. */
public sealed interface Selector {
  Selector ALL = new All();

  /** Whose labels are asked. */
  enum Scope {
    ENDPOINT,
    NAMESPACE,
    SERVICE_ACCOUNT,
    /** Of the node that an endpoint runs on; a node's own. */
    NODE
  }

  /** What a label's value is compared by when not as a whole. */
  enum Likeness {
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH;

    public boolean holds(String value, String part) {
      return switch (this) {
        case CONTAINS -> value.contains(part);
        case STARTS_WITH -> value.startsWith(part);
        case ENDS_WITH -> value.endsWith(part);
      };
    }
  }

  /** Selects everything, nodes and the outside included. */
  record All() implements Selector {}

  /** Selects by what sort of thing it is. */
  record OfKind(Set<Kind> kinds) implements Selector {
    public OfKind {
      kinds = Set.copyOf(kinds);
    }
  }

  /** Selects what is in a namespace. */
  record InNamespace(String name) implements Selector {}

  /** Selects one endpoint by its id. */
  record Is(String id) implements Selector {}

  /** Selects what has the label, whatever its value. */
  record HasLabel(Scope scope, String key) implements Selector {}

  /** Selects what has the label with one of the values. */
  record LabelIn(Scope scope, String key, Set<String> values) implements Selector {
    public LabelIn {
      values = Set.copyOf(values);
    }
  }

  /** Selects what has the label with a value that is like the part. */
  record LabelLike(Scope scope, String key, Likeness likeness, String part) implements Selector {}

  /** Selects what runs as one of the service accounts, by their names. */
  record OfServiceAccount(Set<String> names) implements Selector {
    public OfServiceAccount {
      names = Set.copyOf(names);
    }
  }

  /** Selects what is on the node: its pods, and the node itself. */
  record OnNode(String node) implements Selector {}

  /**
   * Selects what has an address of the range; of what may have several of a family it is not known.
   */
  record AtAddress(IpSet range) implements Selector {}

  /** Selects what the other does not. */
  record Not(Selector of) implements Selector {}

  /** Selects what all select; everything when there are none. */
  record And(List<Selector> all) implements Selector {
    public And {
      all = List.copyOf(all);
    }
  }

  /** Selects what any selects; nothing when there are none. */
  record Or(List<Selector> any) implements Selector {
    public Or {
      any = List.copyOf(any);
    }
  }

  /** Selects pods with a network of their own. */
  static Selector pods() {
    return new OfKind(Set.of(Kind.POD));
  }

  /** Selects the pods of a namespace that have all of some labels, as a Service's selector does. */
  static Selector pods(String namespace, Map<String, String> labels) {
    List<Selector> all = new ArrayList<>(List.of(pods(), new InNamespace(namespace)));
    labels.forEach((key, value) -> all.add(new LabelIn(Scope.ENDPOINT, key, Set.of(value))));
    return new And(all);
  }

  static Selector and(Selector... all) {
    return new And(List.of(all));
  }
}
