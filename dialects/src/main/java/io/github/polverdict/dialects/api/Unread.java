package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a snapshot's gaps make uncertain: policies, the engine itself, its settings. */
final class Unread {
  private Unread() {}

  /** The policies that a gap may hold for an engine; none when it can hold none. */
  static List<Block> policies(Gap gap, Dialect dialect, Engine engine) {
    Doubt doubt = new Doubt.NotReadable(gap.what(), gap.why(), gap.origin());
    List<Block> out = new ArrayList<>();
    boolean unmodelled = engine.unmodelled().stream().anyMatch(gap.kinds()::contains);
    if (unmodelled || dialect.policyKinds().stream().anyMatch(gap::mayHold)) {
      out.addAll(PolicyCompiler.unsure(gap.what(), subjects(gap), doubt));
    }
    if (unmodelled) {
      out.addAll(mayDeny(gap.what(), subjects(gap), doubt, gap.origin()));
    }
    return out;
  }

  /** Blocks of a policy that may deny anything to the endpoints that it may select. */
  static List<Block> mayDeny(String name, Selector subject, Doubt doubt, Origin origin) {
    return Stream.of(Direction.values())
        .map(direction -> {
          Rule deny =
              new Rule(
                  Integer.MIN_VALUE,
                  List.of(PeerSpec.ANYONE),
                  List.of(TrafficSpec.ALL),
                  Action.DENY,
                  List.of(doubt),
                  origin);
          return new Block(name, subject, direction, false, List.of(deny), List.of(doubt), origin);
        })
        .toList();
  }

  private static Selector subjects(Gap gap) {
    List<Selector> where = new ArrayList<>(List.of(PolicyCompiler.subject(gap.namespace())));
    gap.except().stream()
        .sorted()
        .forEach(n -> where.add(new Selector.Not(new Selector.InNamespace(n))));
    return new Selector.And(where);
  }

  /** Both gates of every flow, when agents could not be looked for and none was found or said. */
  static List<Passage> engine(Snapshot snapshot, Sighting sighting) {
    boolean found =
        sighting.because().stream().noneMatch(r -> r.origin().equals(DialectResolver.NOTHING_SAID));
    Optional<Gap> gap = missing(snapshot, "DaemonSet");
    if (found || gap.isEmpty()) {
      return List.of();
    }
    String what = "which engine enforces (say it with --cni): " + gap.get().what();
    Doubt doubt = new Doubt.NotReadable(what, gap.get().why(), gap.get().origin());
    return Stream.of(Direction.values())
        .map(gate ->
            new Passage(
                PeerSpec.ANYONE,
                PeerSpec.ANYONE,
                TrafficSet.ALL,
                Set.of(),
                Where.ANY,
                new Passage.Effect.Uncertain(gate),
                List.of(doubt),
                gap.get().origin()))
        .toList();
  }

  /** The pin, which says so when the engine's settings could not be looked for. */
  static Pin settings(Snapshot snapshot, Sighting sighting, Pin pin) {
    boolean seen = sighting.because().stream().allMatch(r -> !(r.origin() instanceof Origin.Said));
    Optional<Gap> gap = missing(snapshot, "ConfigMap");
    if (!seen || gap.isEmpty()) {
      return pin;
    }
    List<String> assumed = new ArrayList<>(pin.assumed());
    assumed.add(
        "settings that were not read (%s: %s) are taken to be the defaults"
            .formatted(gap.get().what(), gap.get().why()));
    return new Pin(
        pin.dialect(), pin.version(), pin.profile(), pin.settings(), pin.because(), assumed);
  }

  /**
   * A gap that is known to hold the kind, if there is any of it; not a document that could be
   * anything.
   */
  private static Optional<Gap> missing(Snapshot snapshot, String kind) {
    return snapshot.gaps().stream().filter(g -> g.kinds().contains(kind)).findFirst();
  }
}
