package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Endpoints grouped so that no selector, range, port name or plane of the model tells two of one
 * group apart. Where an endpoint runs is part of it only where a plane or a guise depends on it.
 */
final class EndpointClasses {
  private final PolicyModel model;
  private final Family family;
  private final Questions questions;
  private final List<Named> named;
  private final List<Endpoint> representatives = new ArrayList<>();
  private final List<List<Questions.Answer>> answers = new ArrayList<>();
  private final List<List<Meaning>> meanings = new ArrayList<>();
  private final Map<String, Integer> classOf = new HashMap<>();
  private final Peers[] peers;

  /** Traffic whose meaning depends on the destination, as a plane's view shows it. */
  record Named(TrafficSpec spec, View view) {}

  /** What such traffic stands for at a destination, without the reasons for not knowing it. */
  record Meaning(Ports.Resolved resolved, Truth rest) {
    Meaning(Ports.Resolved resolved) {
      this(resolved, resolved.rest().truth());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Meaning m
          && rest == m.rest
          && resolved.sure().equals(m.resolved.sure())
          && resolved.perhaps().equals(m.resolved.perhaps());
    }

    @Override
    public int hashCode() {
      return 31 * resolved.sure().hashCode() + resolved.perhaps().hashCode();
    }
  }

  /** Classes that surely match, and those that may. */
  record Peers(BitSet must, BitSet may) {}

  /** What tells classes apart. */
  private record Key(
      Kind kind,
      List<Questions.Answer> facts,
      List<Questions.Answer> addresses,
      List<Meaning> meanings,
      List<Object> places) {}

  EndpointClasses(PolicyModel model, Universe universe, Family family, Ports ports) {
    this.model = model;
    this.family = family;
    this.questions = new Questions(model, family);
    this.named = named(model);
    Map<Key, Integer> classes = new HashMap<>();
    for (Endpoint endpoint : universe.endpoints()) {
      List<Meaning> means =
          named.stream()
              .map(n -> new Meaning(ports.resolved(n.spec(), endpoint, n.view())))
              .toList();
      Key key =
          new Key(
              endpoint.kind(),
              questions.onFacts(endpoint),
              questions.onAddresses(endpoint),
              means,
              places(endpoint));
      int index = classes.computeIfAbsent(key, _ -> classes.size());
      if (index == representatives.size()) {
        representatives.add(endpoint);
        List<Questions.Answer> all = new ArrayList<>(key.facts());
        all.addAll(key.addresses());
        answers.add(questions.withJoined(all));
        meanings.add(means);
      }
      classOf.put(endpoint.id(), index);
    }
    this.peers = peers();
  }

  private static List<Named> named(PolicyModel model) {
    Set<Named> out = new LinkedHashSet<>();
    for (Plane plane : model.planes()) {
      plane.tiers().stream()
          .flatMap(tier -> tier.blocks().stream())
          .flatMap(block -> block.rules().stream())
          .flatMap(rule -> rule.traffic().stream())
          .filter(EndpointClasses::dependsOnDestination)
          .forEach(spec -> out.add(new Named(spec, plane.view())));
    }
    return List.copyOf(out);
  }

  static boolean dependsOnDestination(TrafficSpec spec) {
    return switch (spec) {
      case TrafficSpec.Numeric _, TrafficSpec.Called _ -> false;
      case TrafficSpec.OnlyTo _ -> true;
      case TrafficSpec.Without(TrafficSpec some, TrafficSpec others) ->
          dependsOnDestination(some) || dependsOnDestination(others);
      case TrafficSpec.Named named ->
          switch (named.resolution()) {
            case ON_THE_DESTINATION,
                LAST_ON_THE_DESTINATION,
                ALL_OF_THE_DESTINATION,
                ON_THE_DESTINATIONS_IDENTITY ->
                true;
            case ONE_NUMBER_PER_CLUSTER, UNION_OF_DECLARED -> false;
          };
    };
  }

  private List<Object> places(Endpoint endpoint) {
    List<Object> out = new ArrayList<>();
    for (Plane plane : model.planes()) {
      out.add(membership(plane, endpoint));
      out.add(guisedBy(plane, endpoint));
    }
    return out;
  }

  /** Whether a plane judges at the endpoint. */
  static Truth membership(Plane plane, Endpoint endpoint) {
    Optional<Set<String>> nodes = plane.nodes();
    if (!Where.isOnNode(endpoint)) {
      return Truth.NO;
    }
    if (nodes.isEmpty()) {
      return Truth.YES;
    }
    return endpoint.node().map(n -> Truth.of(nodes.get().contains(n))).orElse(Truth.MAYBE);
  }

  /** What of the endpoint decides as what some gate sees it, or the other end of its flows. */
  private Set<Object> guisedBy(Plane plane, Endpoint endpoint) {
    Set<Object> out = new LinkedHashSet<>();
    for (Passage p : plane.passages()) {
      if (Sweep.isDirect(p) && p.effect() instanceof Effect.SeenAs as) {
        Optional<PeerSpec> end =
            switch (as.guise()) {
              case Guise.World _, Guise.SomeNode _, Guise.Called _ -> Optional.empty();
              case Guise.TunnelOf _ -> Optional.of(p.from());
              case Guise.NodeOf(End which) -> Optional.of(which == End.SOURCE ? p.from() : p.to());
              case Guise.Outsider(End which) ->
                  Optional.of(which == End.SOURCE ? p.from() : p.to());
            };
        if (end.isPresent() && !Matching.is(end.get(), endpoint, plane.view(), family).no()) {
          out.add(
              as.guise() instanceof Guise.Outsider
                  ? endpoint.addresses()
                  : List.of(Where.isOnNode(endpoint), endpoint.node()));
        }
      }
    }
    return out;
  }

  private Peers[] peers() {
    Peers[] out = new Peers[questions.size()];
    for (int q = 0; q < out.length; q++) {
      out[q] = new Peers(new BitSet(), new BitSet());
    }
    for (int c = 0; c < answers.size(); c++) {
      for (Questions.Answer answer : answers.get(c)) {
        out[answer.question()].may().set(c);
        if (answer.sure()) {
          out[answer.question()].must().set(c);
        }
      }
    }
    return out;
  }

  int size() {
    return representatives.size();
  }

  Questions questions() {
    return questions;
  }

  /** The classes that a question matches. */
  Peers matching(int question) {
    return peers[question];
  }

  /** The questions that a class does not fail. */
  List<Questions.Answer> answers(int index) {
    return answers.get(index);
  }

  /** What traffic that depends on the destination stands for at a class. */
  List<Meaning> meanings(int index) {
    return meanings.get(index);
  }

  /** The place of a specification in {@link #meanings}. */
  int named(TrafficSpec spec, View view) {
    return named.indexOf(new Named(spec, view));
  }

  /** One endpoint that stands for its class. */
  Endpoint representative(int index) {
    return representatives.get(index);
  }

  int of(Endpoint endpoint) {
    Integer index = classOf.get(endpoint.id());
    if (index == null) {
      throw new IllegalArgumentException(endpoint.id() + " is not in this universe");
    }
    return index;
  }
}
