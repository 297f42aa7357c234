package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Pin;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bench was made from.
 *
 * @param kinds how many documents of each kind were read
 * @param unread how many documents there are of each kind that nothing here reads
 * @param policies every document of a kind that some engine takes for a policy
 */
public record Inventory(
    Map<String, Integer> kinds,
    Map<String, Integer> unread,
    List<Missing> missing,
    List<Engine> engines,
    List<PolicyDocument> policies) {

  /**
   * An engine with where it runs and how it is known.
   *
   * @param nodes names of its nodes, sorted; empty for all
   * @param assumed whether nothing in the input shows it and nobody said it
   */
  public record Engine(Pin pin, List<String> nodes, List<Reason> because, boolean assumed) {
    public Engine {
      nodes = List.copyOf(nodes);
      because = List.copyOf(because);
    }
  }

  /** One sentence and the place that shows it. */
  public record Reason(String says, Origin origin) {}

  /**
   * A document that may hold a policy.
   *
   * @param name {@code NetworkPolicy shop/web}
   * @param readBy the engines here that read its kind, sorted; none when all ignore it
   */
  public record PolicyDocument(String name, String kind, List<String> readBy, Origin origin) {
    public PolicyDocument {
      readBy = List.copyOf(readBy);
    }
  }

  public Inventory {
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
    unread = Collections.unmodifiableMap(new TreeMap<>(unread));
    missing = List.copyOf(missing);
    engines = List.copyOf(engines);
    policies = List.copyOf(policies);
  }
}
