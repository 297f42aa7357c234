package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.inspect.Strangers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds pods to come, that no policy knows by its labels, against what they are today: whoever is
 * denied by default must stay so, and in a namespace that is covered as such must be.
 */
final class Newcomers {
  private final Set<String> whole;
  private final Side before;
  private final Side after;
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** A bench with its strangers. */
  private record Side(Bench bench, Strangers strangers) {
    static Side of(Bench bench) {
      return new Side(bench, new Strangers(bench));
    }
  }

  /**
   * For two benches of one cluster.
   *
   * @param whole the namespaces that are covered as such
   */
  Newcomers(Bench before, Bench after, Set<String> whole) {
    this.before = Side.of(before);
    this.after = Side.of(after);
    this.whole = whole;
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  void check(String namespace) {
    Set<Direction> wanted = EnumSet.allOf(Direction.class);
    if (!whole.contains(namespace)) {
      wanted.retainAll(denied(before, namespace));
    }
    Set<Direction> open = EnumSet.allOf(Direction.class);
    open.removeAll(denied(after, namespace));
    for (Direction direction : open) {
      String pod =
          "a pod that comes to %s later and has labels of its own is not surely denied %s"
              .formatted(namespace, direction.name().toLowerCase(Locale.ROOT));
      if (wanted.contains(direction)) {
        problems.add(pod);
      } else {
        notes.add(pod + "; -n " + namespace + " covers it, too");
      }
    }
  }

  /** The directions in which a pod to come is denied whatever nothing allows. */
  private static Set<Direction> denied(Side side, String namespace) {
    Set<Direction> out = EnumSet.allOf(Direction.class);
    side.bench().universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.POD && e.namespace().equals(namespace))
        .findFirst()
        .map(e -> side.strangers().newcomer(namespace, e.facts().namespaceLabels()))
        .ifPresent(newcomer -> out.removeIf(d -> !denied(side, newcomer, d)));
    return out;
  }

  private static boolean denied(Side side, Endpoint newcomer, Direction direction) {
    return side.bench().families().stream()
        .flatMap(f ->
            Stream.of(Optional.of(side.strangers().elsewhere()), side.strangers().outside(f))
                .flatMap(Optional::stream)
                .map(other -> path(side, newcomer, other, direction, f)))
        .allMatch(path ->
            side.bench().judge().judge(path).gates().stream()
                .anyMatch(g -> g.gate() == direction && g.outcome() == Outcome.DENIED));
  }

  private static Path path(
      Side side, Endpoint newcomer, Endpoint other, Direction direction, Family family) {
    boolean in = direction == Direction.INGRESS;
    int port = side.strangers().port(Protocol.TCP);
    return Path.direct(in ? other : newcomer, in ? newcomer : other, Protocol.TCP, port, family);
  }
}
