package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Selector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What must become of all flows from some ends to others.
 *
 * @param name what a report calls it
 * @param wanted ALLOWED or DENIED
 * @param from any of them calls; at least one
 * @param to each of them is called; at least one
 * @param notFrom who calls and is not meant
 * @param notTo who is called and is not meant
 * @param ports the traffic, {@link Traffic#PORTS} when nothing is said
 * @param each the namespaces of which each is looked at on its own; empty when none is
 * @param namespace of names that say none; empty for no such namespace
 */
public record Expectation(
    String name,
    Outcome wanted,
    List<Whom> from,
    List<Whom> to,
    List<Whom> notFrom,
    List<Whom> notTo,
    List<Traffic> ports,
    Optional<Selector> each,
    String namespace,
    Origin origin) {
  public Expectation {
    from = List.copyOf(from);
    to = List.copyOf(to);
    notFrom = List.copyOf(notFrom);
    notTo = List.copyOf(notTo);
    ports = List.copyOf(ports);
    if (wanted == Outcome.UNKNOWN || from.isEmpty() || to.isEmpty() || ports.isEmpty()) {
      throw new IllegalArgumentException(name + " expects nothing");
    }
  }

  /** The same by another name. */
  public Expectation named(String other) {
    return new Expectation(other, wanted, from, to, notFrom, notTo, ports, each, namespace, origin);
  }

  /** {@code shop/web -> data/db}. */
  public String words() {
    return words(from, notFrom) + " -> " + words(to, notTo);
  }

  private static String words(List<Whom> some, List<Whom> except) {
    String all = some.stream().map(Whom::words).collect(Collectors.joining(", "));
    return except.isEmpty()
        ? all
        : all + " but " + except.stream().map(Whom::words).collect(Collectors.joining(", "));
  }
}
