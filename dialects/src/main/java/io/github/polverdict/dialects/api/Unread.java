package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.PolicyKind.Power;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a snapshot's gaps make uncertain: policies, the engine itself, its settings. */
public final class Unread {
  private Unread() {}

  /** Why it is not known which objects of some types there are; empty when all were read. */
  public static Optional<Doubt> of(Snapshot snapshot, Collection<String> types) {
    return of(snapshot, types, "");
  }

  /** The same for one namespace only, unless it is empty. */
  public static Optional<Doubt> of(Snapshot snapshot, Collection<String> types, String namespace) {
    return of(snapshot, types, gap -> namespace.isEmpty() || gap.mayTouch(namespace));
  }

  /** The same for some of the gaps only. */
  public static Optional<Doubt> of(
      Snapshot snapshot, Collection<String> types, Predicate<Gap> where) {
    return snapshot.gaps().stream()
        .filter(gap -> types.stream().anyMatch(gap::mayHold))
        .filter(where)
        .findFirst()
        .map(Unread::doubt);
  }

  /** The policies that may isolate and allow, if a gap may hold such. */
  static List<Block> allowing(Gap gap, Dialect dialect, Engine engine) {
    Set<Kind> subjects = subjects(gap, dialect, engine, Power.ISOLATES_AND_ALLOWS);
    return subjects.isEmpty()
        ? List.of()
        : PolicyCompiler.unsure(gap.what(), subject(gap, subjects), doubt(gap));
  }

  /** The policies that may allow and deny before all others, if a gap may hold such. */
  static List<Block> deciding(Gap gap, Dialect dialect, Engine engine) {
    Set<Kind> subjects = subjects(gap, dialect, engine, Power.DECIDES);
    if (engine.unmodelled().stream().anyMatch(gap::mayHold)) {
      subjects.add(Kind.POD);
    }
    return subjects.isEmpty()
        ? List.of()
        : anything(gap.what(), subject(gap, subjects), doubt(gap), gap.origin());
  }

  private static Doubt doubt(Gap gap) {
    return new Doubt.NotReadable(gap.what(), gap.why(), gap.origin());
  }

  /** The kinds of endpoint that policies of some power in a gap may be for. */
  private static Set<Kind> subjects(Gap gap, Dialect dialect, Engine engine, Power power) {
    Set<Kind> out = EnumSet.noneOf(Kind.class);
    dialect.policyKinds(engine).stream()
        .filter(k -> k.power() == power && gap.mayHold(k.type()))
        .forEach(k -> out.addAll(k.subjects()));
    return out;
  }

  /** Blocks of a policy that may deny or allow anything to the endpoints that it may select. */
  static List<Block> anything(String name, Selector subject, Doubt doubt, Origin origin) {
    List<Rule> rules = List.of(perhaps(Action.DENY, doubt), perhaps(Action.ALLOW, doubt));
    return Stream.of(Direction.values())
        .map(d -> new Block(name, subject, d, false, rules, List.of(doubt), origin))
        .toList();
  }

  private static Rule perhaps(Action action, Doubt doubt) {
    return new Rule(
        Integer.MIN_VALUE + action.ordinal(), // no two of one rank, whose order would be in doubt
        List.of(PeerSpec.ANYONE),
        List.of(TrafficSpec.ALL),
        action,
        List.of(doubt),
        PolicyCompiler.placeOf(doubt));
  }

  private static Selector subject(Gap gap, Set<Kind> kinds) {
    List<Selector> where = new ArrayList<>();
    where.add(new Selector.OfKind(kinds));
    if (!gap.namespace().isEmpty()) {
      where.add(new Selector.InNamespace(gap.namespace()));
    }
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

  /** The pin, which says so when the engine's settings were not read, or not yet by all agents. */
  static Pin settings(Snapshot snapshot, Sighting sighting, Pin pin) {
    boolean seen = sighting.because().stream().allMatch(r -> !(r.origin() instanceof Origin.Said));
    List<String> assumed = new ArrayList<>(pin.assumed());
    missing(snapshot, "ConfigMap")
        .filter(_ -> seen)
        .ifPresent(gap ->
            assumed.add(
                "settings that were not read (%s: %s) are taken to be the defaults"
                    .formatted(gap.what(), gap.why())));
    assumed.addAll(Freshness.outdated(snapshot, sighting));
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
