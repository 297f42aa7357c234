package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.End;
import io.github.polverdict.core.model.Passage.Guise;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
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
  private final List<Endpoint> representatives = new ArrayList<>();
  private final Map<String, Integer> classOf = new HashMap<>();

  EndpointClasses(PolicyModel model, Universe universe, Family family, Ports ports) {
    List<Question> questions = questions(model);
    Map<List<Object>, Integer> classes = new HashMap<>();
    Map<Object, List<Object>> memo = new HashMap<>();
    for (Endpoint endpoint : universe.endpoints()) {
      List<Object> same =
          List.of(endpoint.kind(), endpoint.facts(), endpoint.addresses(), endpoint.ports());
      List<Object> answers =
          memo.computeIfAbsent(same, _ -> answers(questions, endpoint, family, ports));
      List<Object> key = new ArrayList<>(answers);
      for (Plane plane : model.planes()) {
        key.add(membership(plane, endpoint));
        key.add(guisedByNode(plane, endpoint, family) ? endpoint.node() : Optional.empty());
      }
      int index = classes.computeIfAbsent(key, _ -> classes.size());
      if (index == representatives.size()) {
        representatives.add(endpoint);
      }
      classOf.put(endpoint.id(), index);
    }
  }

  /** Something that the model asks of an endpoint, as a plane's view shows it. */
  private sealed interface Question {
    record Selects(Selector selector, View view) implements Question {}

    record Is(PeerSpec peer, View view) implements Question {}

    record Means(TrafficSpec.Named spec, View view) implements Question {}
  }

  private static List<Question> questions(PolicyModel model) {
    Set<Question> out = new LinkedHashSet<>();
    for (Plane plane : model.planes()) {
      View view = plane.view();
      plane
          .passages()
          .forEach(p -> {
            out.add(new Question.Is(p.from(), view));
            out.add(new Question.Is(p.to(), view));
          });
      for (Tier tier : plane.tiers()) {
        for (Block block : tier.blocks()) {
          out.add(new Question.Selects(block.subject(), view));
          for (Rule rule : block.rules()) {
            rule.peers().forEach(p -> out.add(new Question.Is(p, view)));
            rule.traffic().stream()
                .filter(TrafficSpec.Named.class::isInstance)
                .forEach(t -> out.add(new Question.Means((TrafficSpec.Named) t, view)));
          }
        }
      }
    }
    return List.copyOf(out);
  }

  private static List<Object> answers(
      List<Question> questions, Endpoint endpoint, Family family, Ports ports) {
    List<Object> out = new ArrayList<>(questions.size() + 1);
    out.add(endpoint.kind());
    for (Question question : questions) {
      out.add(
          switch (question) {
            case Question.Selects(var selector, var view) ->
                Matching.selects(selector, endpoint, view).truth();
            case Question.Is(var peer, var view) ->
                Matching.is(peer, endpoint, view, family).truth();
            case Question.Means(var spec, var view) -> {
              Ports.Resolved meant = ports.resolved(spec, endpoint, view);
              yield List.of(meant.sure(), meant.perhaps(), meant.rest().truth());
            }
          });
    }
    return out;
  }

  /** Whether a plane judges at the endpoint. */
  static Truth membership(Plane plane, Endpoint endpoint) {
    Optional<Set<String>> nodes = plane.nodes();
    if (nodes.isEmpty()) {
      return Truth.YES;
    }
    return endpoint.node().map(n -> Truth.of(nodes.get().contains(n))).orElse(Truth.MAYBE);
  }

  /** Whether some gate sees the endpoint as something that depends on its node. */
  private static boolean guisedByNode(Plane plane, Endpoint endpoint, Family family) {
    return plane.passages().stream()
        .anyMatch(p ->
            p.effect() instanceof Effect.SeenAs(var _, var guise, boolean _)
                && switch (guise) {
                  case Guise.World _, Guise.SomeNode _ -> false;
                  case Guise.TunnelOf _ -> is(p.from(), endpoint, plane, family);
                  case Guise.NodeOf(End end) ->
                      is(end == End.SOURCE ? p.from() : p.to(), endpoint, plane, family);
                });
  }

  private static boolean is(PeerSpec spec, Endpoint endpoint, Plane plane, Family family) {
    return !Matching.is(spec, endpoint, plane.view(), family).no();
  }

  int size() {
    return representatives.size();
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
