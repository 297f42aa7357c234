package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Labels;
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
 * @param namespaces those that are declared, with their labels
 * @param policies every document of a kind that some engine takes for a policy
 */
public record Inventory(
    Map<String, Integer> kinds,
    Map<String, Integer> unread,
    List<Missing> missing,
    List<Engine> engines,
    List<Platform> platforms,
    Map<String, Labels> namespaces,
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
   * @param known whether some engine has the kind; else it is called as if it were a policy
   * @param readBy the engines here that read its kind, sorted; none when all ignore it
   * @param notes what engines say of it as a whole
   */
  public record PolicyDocument(
      String name,
      String kind,
      boolean known,
      List<String> readBy,
      List<Note> notes,
      Origin origin) {
    public PolicyDocument {
      readBy = List.copyOf(readBy);
      notes = List.copyOf(notes);
    }
  }

  /** What an engine makes of a policy where no rule of it shows it. */
  public record Note(Degree degree, String says, Origin origin) {}

  /** How much of a policy takes effect. */
  public enum Degree {
    PARTLY,
    STAGED,
    INERT,
    /** For what is neither a pod nor a node, and is not judged. */
    ELSEWHERE
  }

  /**
   * A distribution or a service that the cluster runs on.
   *
   * @param nodes names of the nodes that show it, sorted; empty when the cluster as a whole does
   */
  public record Platform(String id, String title, List<String> nodes, List<Reason> because) {
    public Platform {
      nodes = List.copyOf(nodes);
      because = List.copyOf(because);
    }
  }

  public Inventory {
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
    unread = Collections.unmodifiableMap(new TreeMap<>(unread));
    missing = List.copyOf(missing);
    engines = List.copyOf(engines);
    platforms = List.copyOf(platforms);
    namespaces = Collections.unmodifiableMap(new TreeMap<>(namespaces));
    policies = List.copyOf(policies);
  }
}
