package io.github.polverdict.core.model.provision;

import io.github.polverdict.core.model.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What some pods shall be denied unless allowed, and what they shall be allowed.
 *
 * @param name lower case, letters, digits and dashes; unique among those that are written together
 * @param pods labels that the pods have; empty for all pods of the scope
 * @param isolates the directions in which what nothing allows is denied
 * @param why what it is for, one sentence without a full stop
 */
public record Provision(
    String name,
    Scope scope,
    Map<String, String> pods,
    Set<Direction> isolates,
    List<Allowance> allows,
    String why) {

  /** The namespaces whose pods it is for. */
  public sealed interface Scope {
    /** These; at least one. */
    record Named(List<String> namespaces) implements Scope {
      public Named {
        namespaces = List.copyOf(namespaces);
        if (namespaces.isEmpty()) {
          throw new IllegalArgumentException("a provision is for at least one namespace");
        }
      }
    }

    /**
     * All but some, also those to come.
     *
     * @param present those of today that are not excepted, for engines that can only name them
     */
    record AllBut(List<String> excepted, List<String> present) implements Scope {
      public AllBut {
        excepted = List.copyOf(excepted);
        present = List.copyOf(present);
      }
    }

    /** The namespaces of today. */
    default List<String> today() {
      return switch (this) {
        case Named(List<String> namespaces) -> namespaces;
        case AllBut(List<String> _, List<String> present) -> present;
      };
    }
  }

  public Provision {
    pods = Collections.unmodifiableMap(new TreeMap<>(pods));
    isolates = Collections.unmodifiableSet(new TreeSet<>(isolates));
    allows = allows.stream().distinct().toList();
  }

  /** The same provision that allows more. */
  public Provision allowing(List<Allowance> more) {
    List<Allowance> all = new ArrayList<>(allows);
    all.addAll(more);
    return new Provision(name, scope, pods, isolates, all, why);
  }

  /** The same provision by another name. */
  public Provision named(String other) {
    return new Provision(other, scope, pods, isolates, allows, why);
  }

  /** The same provision for other namespaces, of which only some is allowed. */
  public Provision only(Scope other, List<Allowance> some) {
    return new Provision(name, other, pods, isolates, some, why);
  }

  /** What it allows in a direction. */
  public List<Allowance> allows(Direction direction) {
    return allows.stream().filter(a -> a.direction() == direction).toList();
  }

  /** The directions that it isolates, or that some of what it allows is in. */
  public Set<Direction> directions() {
    Set<Direction> out = new TreeSet<>(isolates);
    allows.forEach(a -> out.add(a.direction()));
    return Collections.unmodifiableSet(out);
  }
}
