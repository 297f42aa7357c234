package io.github.polverdict.questions.explain;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.explain.ExplainAnswer.Case;
import io.github.polverdict.questions.explain.ExplainAnswer.Deciding;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainAnswer.How;
import io.github.polverdict.questions.explain.ExplainAnswer.Pair;
import io.github.polverdict.questions.explain.ExplainAnswer.Way;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Judges flows and puts those together that come out alike for the same reasons. */
final class Cases {
  private final Bench bench;
  private final Map<Alike, Group> groups = new LinkedHashMap<>();

  /** What flows of one case have in common. */
  private record Alike(TrafficSet traffic, Outcome outcome, List<List<Deciding>> ways) {}

  /** The flows of one case. */
  private record Group(Asks.Ask first, Verdict verdict, Set<Pair> pairs, Set<Family> families) {}

  Cases(Bench bench, List<Asks.Ask> asks) {
    this.bench = bench;
    for (Asks.Ask ask : asks) {
      Verdict verdict = bench.judge().judge(ask.flow());
      Group group =
          groups.computeIfAbsent(
              alike(ask, verdict),
              _ -> new Group(ask, verdict, new LinkedHashSet<>(), EnumSet.noneOf(Family.class)));
      group.pairs().add(new Pair(ask.flow().from().id(), ask.to().name()));
      group.families().add(ask.flow().family());
    }
  }

  private static Alike alike(Asks.Ask ask, Verdict verdict) {
    List<List<Deciding>> ways =
        verdict.paths().stream()
            .map(p -> p.gates().stream().map(g -> general(g, p.path())).toList())
            .distinct()
            .toList();
    return new Alike(ask.traffic(), verdict.outcome(), ways);
  }

  /** The decision without the names of the two ends, so that the pods of one workload are alike. */
  private static Deciding general(GateVerdict gate, Path path) {
    Deciding own = deciding(gate);
    String sentence = own.sentence().replace(path.from().id(), "X").replace(path.to().id(), "Y");
    return new Deciding(own.how(), own.policy(), sentence, own.origin(), own.also());
  }

  List<Case> all() {
    return groups.values().stream().map(this::one).toList();
  }

  Set<Outcome> outcomes() {
    Set<Outcome> out = EnumSet.noneOf(Outcome.class);
    groups.values().forEach(g -> out.add(g.verdict().outcome()));
    return out;
  }

  /** The verdict that stands for each case. */
  List<Verdict> judged() {
    return groups.values().stream().map(Group::verdict).toList();
  }

  /** Index and family of the cases that hold for one family of several. */
  Map<Integer, Family> ofOneFamily() {
    Set<Family> used = EnumSet.noneOf(Family.class);
    groups.values().forEach(g -> used.addAll(g.families()));
    Map<Integer, Family> out = new TreeMap<>();
    int index = 0;
    for (Group group : groups.values()) {
      if (used.size() > 1 && group.families().size() == 1) {
        out.put(index, group.families().iterator().next());
      }
      index++;
    }
    return out;
  }

  private Case one(Group group) {
    Verdict verdict = group.verdict();
    List<Pair> others = new ArrayList<>(group.pairs());
    others.removeFirst();
    return new Case(
        Party.single(group.first().flow().from()),
        group.first().to(),
        group.first().traffic(),
        verdict.outcome(),
        verdict.paths().stream().map(p -> way(p, group.first())).toList(),
        verdict.unrouted().map(r -> deciding(How.NO_ROUTE, Reasons.of(verdict))),
        Misses.of(bench, verdict),
        Clients.of(verdict),
        verdict.doubts(),
        others);
  }

  private static Way way(PathVerdict path, Asks.Ask ask) {
    int port = path.path().port();
    boolean asAsked = port == ask.flow().port();
    TrafficSet traffic =
        asAsked ? ask.traffic() : TrafficSet.of(path.path().protocol(), port, port);
    return new Way(
        Party.single(path.path().to()),
        traffic,
        path.outcome(),
        path.gates().stream().map(Cases::gate).toList());
  }

  private static Gate gate(GateVerdict gate) {
    return new Gate(
        gate.plane().name(),
        gate.gate(),
        gate.subject().id(),
        gate.peer().endpoint().id(),
        gate.peer().really().id(),
        gate.peer()
            .inside()
            .map(in -> in.protocol() + " " + in.port() + " of " + in.by())
            .orElse(""),
        gate.outcome(),
        deciding(gate),
        gate.audited());
  }

  private static Deciding deciding(GateVerdict gate) {
    return deciding(how(gate.decision()), Reasons.of(gate));
  }

  private static Deciding deciding(How how, Reason reason) {
    return new Deciding(how, reason.policy(), reason.sentence(), reason.origin(), reason.also());
  }

  private static How how(Decision decision) {
    return switch (decision) {
      case Decision.ByRule _ -> How.RULE;
      case Decision.ByIsolation _ -> How.ISOLATION;
      case Decision.ByNothing _ -> How.NO_POLICY;
      case Decision.Bypassed _ -> How.BYPASS;
      case Decision.NeverLeaves _ -> How.NEVER_LEAVES;
      case Decision.NoRoute _ -> How.NO_ROUTE;
      case Decision.Undecided _ -> How.UNDECIDED;
    };
  }

  /** The outcome of all gates of one direction: of the path that the flow's outcome rests on. */
  static Optional<Outcome> at(Verdict verdict, Direction direction) {
    return Reasons.way(verdict)
        .map(p ->
            p.gates().stream()
                .filter(g -> g.gate() == direction)
                .map(GateVerdict::outcome)
                .reduce(Outcome.ALLOWED, Cases::worse));
  }

  private static Outcome worse(Outcome a, Outcome b) {
    if (a == Outcome.DENIED || b == Outcome.DENIED) {
      return Outcome.DENIED;
    }
    return a == Outcome.UNKNOWN ? a : b;
  }
}
