package io.github.polverdict.lab.recreate;

import java.util.Set;

/**
 * What namespaces are called in the other cluster.
 *
 * @param prefix goes before the names; empty to keep them
 * @param namespaces those of the snapshot; other words are no names
 */
public record Naming(String prefix, Set<String> namespaces) {
  private static final Set<String> KEYS = Words.of("namespace-keys.txt");

  public Naming {
    namespaces = Set.copyOf(namespaces);
  }

  String of(String namespace) {
    return prefix + namespace;
  }

  /** The string under a key of a policy: another where it names a namespace. */
  String inPolicy(String key, String text) {
    return KEYS.contains(key) && namespaces.contains(text) ? of(text) : text;
  }

  /** A name as flows have it, {@code shop/web} or {@code svc/shop/web}: others are left alone. */
  public String inFlow(String name) {
    String[] parts = name.split("/");
    int at = parts.length == 3 ? 1 : 0;
    if (parts.length < 2 || !namespaces.contains(parts[at])) {
      return name;
    }
    parts[at] = of(parts[at]);
    return String.join("/", parts);
  }
}
