package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Seen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One gate of one plane on one path: the passages in order, then the tiers with the peer as it is
 * seen.
 */
final class Gate {
  private final Plane plane;
  private final Direction direction;
  private final Path path;
  private final Guises guises;
  private final Ports ports;
  private final List<Passage> passages;

  /** What the tiers see: the other end of the path, the port, and what carries the path. */
  record Sight(Endpoint peer, int port, Optional<Effect.Inside> inside) {
    Sight(Endpoint peer, int port) {
      this(peer, port, Optional.empty());
    }

    private Sight at(int port) {
      return new Sight(peer, port, inside);
    }
  }

  Gate(Plane plane, Direction direction, Path path, Guises guises, Ports ports) {
    this.plane = plane;
    this.direction = direction;
    this.path = path;
    this.guises = guises;
    this.ports = ports;
    this.passages = plane.passages().stream().filter(p -> p.effect().gate() == direction).toList();
  }

  /** What may become of the path here. Where a node is not known, both worlds are judged. */
  Possible judge() {
    List<Possible> worlds = new ArrayList<>();
    for (Where where : Where.of(path.from(), path.to()).worlds()) {
      worlds.add(passages(0, where, Optional.empty()));
    }
    return Possible.anyOf(worlds, unknownNodes());
  }

  private Set<Doubt> unknownNodes() {
    Set<Doubt> out = new LinkedHashSet<>();
    if (Where.of(path.from(), path.to()) == Where.MAYBE_ITSELF) {
      out.add(Where.oneOrTwo(path.from()));
    }
    for (Endpoint end : List.of(path.from(), path.to())) {
      if (Where.isOnNode(end) && end.node().isEmpty()) {
        out.add(Where.unknownNode(end));
      }
    }
    return out;
  }

  /** What the tiers surely see; things as they are when they may see one or the other. */
  Sight sight() {
    return sight(0);
  }

  private Sight sight(int first) {
    Where where = Where.of(path.from(), path.to());
    for (int i = first; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      boolean everywhere = where.worlds().stream().allMatch(w -> w.holds(passage.where()));
      if (everywhere && fits(passage).and(Match.unless(passage.onlyIf())).yes()) {
        if (passage.effect() instanceof Effect.Inside inside) {
          Sight carried = inside(inside).sight(i + 1);
          return new Sight(carried.peer(), carried.port(), Optional.of(inside));
        }
        if (passage.effect() instanceof Effect.SeenAs seen) {
          return guised(seen);
        }
      }
    }
    return plain();
  }

  /** The gate of the connection that carries the path's packets. */
  private Gate inside(Effect.Inside inside) {
    return new Gate(plane, direction, path.inside(inside), guises, ports);
  }

  /** The other end, really and as the gate surely sees it. */
  Seen seen() {
    Sight sight = sight();
    return new Seen(sight.peer(), other(), sight.inside());
  }

  private Sight plain() {
    return new Sight(other(), path.port());
  }

  private Sight guised(Effect.SeenAs as) {
    Endpoint peer = guises.of(as.guise(), path);
    return new Sight(peer, as.untranslated() ? path.called() : path.port());
  }

  private Endpoint other() {
    return direction == Direction.EGRESS ? path.to() : path.from();
  }

  /** The passages from one on; the first guise that applies is what the tiers see. */
  private Possible passages(int index, Where where, Optional<Sight> guise) {
    if (index == passages.size()) {
      return new TierWalk(plane, direction, path, guise.orElseGet(this::plain), ports).judge();
    }
    Passage passage = passages.get(index);
    Match fits = where.holds(passage.where()) ? fits(passage) : Match.NO;
    return switch (passage.effect()) {
      case Effect.Bypass _ -> {
        Possible past = Possible.of(Action.ALLOW, new Decision.Bypassed(passage));
        yield either(fits.and(Match.unless(passage.onlyIf())), past, index + 1, where, guise);
      }
      case Effect.Closed _ -> {
        Possible shut = Possible.of(Action.DENY, new Decision.Bypassed(passage));
        yield either(fits.and(Match.unless(passage.onlyIf())), shut, index + 1, where, guise);
      }
      case Effect.Uncertain _ -> {
        Decision decision = new Decision.Bypassed(passage);
        Possible both =
            Possible.of(Action.ALLOW, decision)
                .or(Possible.of(Action.DENY, decision), reasons(passage));
        yield either(fits, both, index + 1, where, guise);
      }
      case Effect.Inside in -> {
        Match applies = fits.and(Match.unless(passage.onlyIf()));
        if (applies.no()) {
          yield passages(index + 1, where, guise);
        }
        Possible carried =
            inside(in).passages(index + 1, where, guise.map(sight -> sight.at(in.port())));
        yield either(applies, carried, index + 1, where, guise);
      }
      case Effect.SeenAs as -> {
        Match applies = guise.isPresent() ? Match.NO : fits.and(Match.unless(passage.onlyIf()));
        if (applies.no()) {
          yield passages(index + 1, where, guise);
        }
        Possible guised = passages(index + 1, where, Optional.of(guised(as)));
        yield either(applies, guised, index + 1, where, guise);
      }
    };
  }

  /** One outcome if the match is so, else what the passages from an index on lead to. */
  private Possible either(
      Match match, Possible then, int otherwise, Where where, Optional<Sight> guise) {
    return switch (match.truth()) {
      case YES -> then;
      case NO -> passages(otherwise, where, guise);
      case MAYBE -> then.or(passages(otherwise, where, guise), match.doubts());
    };
  }

  private static Set<Doubt> reasons(Passage uncertain) {
    return uncertain.onlyIf().isEmpty()
        ? Set.of(new Doubt.KnownAtRuntime("what becomes of it", uncertain.origin()))
        : new LinkedHashSet<>(uncertain.onlyIf());
  }

  /** Whether everything that a passage asks for holds, but for where the ends are. */
  private Match fits(Passage passage) {
    if (!passage.isFor(path.via()) || !passage.traffic().contains(path.protocol(), path.port())) {
      return Match.NO;
    }
    return is(passage.from(), path.from()).and(is(passage.to(), path.to()));
  }

  private Match is(PeerSpec spec, Endpoint endpoint) {
    return Matching.is(spec, endpoint, plane.view(), path);
  }
}
