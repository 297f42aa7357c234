package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PV207 and PV212: rules of which nothing passes. */
final class Inert implements Check {
  /** A flow that a rule allows. */
  private record Pair(Endpoint from, Endpoint to, TrafficSet traffic) {}

  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        if (placed.sure() && rule.onlyIf().isEmpty() && rule.action() == Action.ALLOW) {
          denied(placed, rule, ground).ifPresent(pair -> report(placed, rule, pair, ground, out));
        }
      }
    }
  }

  /** The first pair that the rule allows, when nothing passes between any of them. */
  private static Optional<Pair> denied(Placed placed, Rule rule, Ground ground) {
    if (!placed.perhaps().isEmpty() || rule.peers().stream().anyMatch(p -> !known(p, ground))) {
      return Optional.empty();
    }
    Optional<Pair> first = Optional.empty();
    Set<List<Object>> seen = new HashSet<>();
    for (Endpoint peer : ground.inside()) {
      Truth is = is(rule, peer, placed, ground);
      if (is == Truth.MAYBE) {
        return Optional.empty();
      }
      for (Endpoint subject : is == Truth.YES ? placed.selected() : List.<Endpoint>of()) {
        boolean out = placed.block().direction() == Direction.EGRESS;
        Endpoint from = out ? subject : peer;
        Endpoint to = out ? peer : subject;
        TrafficSet traffic = traffic(rule, to);
        boolean itself = from.id().equals(to.id()) || from.mayBeSeveral() && from.equals(to);
        if (itself || traffic.isEmpty() || !seen.add(alike(from, to, ground))) {
          continue;
        }
        if (!ground.possible(from, to).and(traffic).isEmpty()) {
          return Optional.empty();
        }
        first = first.or(() -> Optional.of(new Pair(from, to, traffic)));
      }
    }
    return first;
  }

  /** Whether everybody whom a peer means is in the input. */
  private static boolean known(PeerSpec peer, Ground ground) {
    if (!(peer instanceof PeerSpec.Selected(Selector selector))) {
      return false;
    }
    return ground.surroundings().whole()
        || Labelled.namespaces(selector)
            .filter(names -> ground.inhabited().containsAll(names))
            .filter(names -> names.stream().noneMatch(ground::podsMayBeMissing))
            .isPresent();
  }

  private static Truth is(Rule rule, Endpoint peer, Placed placed, Ground ground) {
    Truth out = Truth.NO;
    for (PeerSpec spec : rule.peers()) {
      out = out.or(ground.is(spec, peer, placed.plane()));
    }
    return out;
  }

  /** What tells pairs apart: their classes, and whether they share a node. */
  private static List<Object> alike(Endpoint from, Endpoint to, Ground ground) {
    Family family = ground.bench().families().iterator().next();
    return List.of(
        ground.bench().matrix(family).classOf(from),
        ground.bench().matrix(family).classOf(to),
        from.node().isPresent() && from.node().equals(to.node()),
        from.addresses().set().ranges().size(),
        to.addresses().set().ranges().size());
  }

  /** What a rule means at a destination, with names by what that one declares. */
  static TrafficSet traffic(Rule rule, Endpoint to) {
    return rule.traffic().stream()
        .map(spec -> traffic(spec, to))
        .reduce(TrafficSet.NONE, TrafficSet::or);
  }

  private static TrafficSet traffic(TrafficSpec spec, Endpoint to) {
    return switch (spec) {
      case TrafficSpec.Numeric(TrafficSet traffic) -> traffic;
      case TrafficSpec.Called(TrafficSet traffic) -> traffic;
      case TrafficSpec.OnlyTo(var _, TrafficSet traffic) -> traffic;
      case TrafficSpec.Without(TrafficSpec some, TrafficSpec others) ->
          traffic(some, to).minus(traffic(others, to));
      case TrafficSpec.Named named -> {
        TrafficSet out = TrafficSet.NONE;
        for (Endpoint.NamedPort port : to.ports()) {
          if (named.names().contains(new TrafficSpec.PortName(port.protocol(), port.name()))) {
            out = out.or(TrafficSet.of(port.protocol(), port.number(), port.number()));
          }
        }
        yield out;
      }
    };
  }

  private static void report(Placed placed, Rule rule, Pair pair, Ground ground, Sink out) {
    Optional<Sample> sample = Sample.of(pair.traffic());
    Optional<Verdict> verdict =
        sample
            .flatMap(s -> ground.judge(pair.from(), pair.to(), s))
            .filter(v -> v.outcome() == Outcome.DENIED);
    Optional<GateVerdict> gate = verdict.flatMap(Reasons::way).flatMap(Reasons::deciding);
    if (gate.isEmpty()) {
      return;
    }
    boolean own =
        gate.get().gate() == placed.block().direction()
            && gate.get().subject().equals(subject(placed, pair));
    String says =
        "a rule of %s has no effect: what it allows from %s to %s is denied%s, because %s"
            .formatted(
                placed.block().name(),
                pair.from().shownAs(),
                pair.to().shownAs(),
                own ? " before it comes to it" : " at the other end",
                Reasons.of(gate.get()).sentence());
    if (own && gate.get().decision() instanceof Decision.ByIsolation) {
      return; // a later tier's allow is a default: any policy of the tier before it may narrow it
    }
    if (own) {
      out.add("PV212", rule.origin(), says, Remedy.of("move it before what denies it"));
    } else {
      Remedy remedy = counterpart(placed, pair, gate.get(), ground);
      out.add("PV207", rule.origin(), says, remedy);
    }
  }

  private static Endpoint subject(Placed placed, Pair pair) {
    return placed.block().direction() == Direction.EGRESS ? pair.from() : pair.to();
  }

  /** The allow that the other end lacks, for the pods that its policy isolates. */
  private static Remedy counterpart(Placed placed, Pair pair, GateVerdict gate, Ground ground) {
    String says = "allow it at the other end too";
    if (!(gate.decision() instanceof Decision.ByIsolation(var _, List<Block> isolating))
        || isolating.isEmpty()
        || gate.subject().facts().namespace().isEmpty()) {
      return Remedy.of(says);
    }
    Direction direction = gate.gate();
    Optional<String> subject = Manifests.common(List.of(gate.subject()));
    Optional<String> namespace = Manifests.namespace(placed.block().subject());
    Optional<String> peer =
        Manifests.labelSelector(placed.block().subject())
            .flatMap(labels -> namespace.map(n -> Manifests.pods(n, labels)));
    Optional<String> manifest =
        subject.flatMap(s ->
            peer.map(p ->
                new Manifests.Allow(
                        ground.freeName(
                            gate.subject().namespace(),
                            Manifests.name("allow", placed.block().name().split(" ", 2)[1])),
                        gate.subject().namespace(),
                        s,
                        direction,
                        p,
                        pair.traffic())
                    .yaml()));
    return Remedy.add(says, manifest.filter(_ -> ground.inside().contains(gate.subject())));
  }
}
