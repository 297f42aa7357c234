package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.questions.verify.choice.Lane.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lanes by the destination's own address: one for each two classes and each place. */
final class DirectLanes {
  private final Ends ends;
  private final Family family;
  private final Pieces pieces;

  DirectLanes(Ends ends, Family family, Pieces pieces) {
    this.ends = ends;
    this.family = family;
    this.pieces = pieces;
  }

  /**
   * All lanes of the family.
   *
   * @param classes the members of each class
   */
  List<Lane> between(List<List<Endpoint>> classes) {
    List<Lane> out = new ArrayList<>();
    for (int source = 0; source < classes.size(); source++) {
      for (int destination = 0; destination < classes.size(); destination++) {
        FlowClass key = new FlowClass(source, name(destination), Place.ANYWHERE, family, "");
        out.addAll(between(key, classes.get(source), classes.get(destination)));
      }
    }
    return out;
  }

  static String name(int destination) {
    return "class " + destination;
  }

  /** The places that pairs are found for; when there are none, what keeps the first pair. */
  private List<Lane> between(FlowClass key, List<Endpoint> sources, List<Endpoint> destinations) {
    Map<Place, Lane> found = new EnumMap<>(Place.class);
    Optional<Lane> skipped = Optional.empty();
    for (Endpoint from : sources) {
      for (Endpoint to : destinations) {
        if (complete(found, sources == destinations)) {
          return List.copyOf(found.values());
        }
        if (found.containsKey(Place.of(from, to)) || !ends.asked(from, to)) {
          continue;
        }
        Optional<String> why = ends.mute(from).or(() -> ends.deaf(to, family));
        if (why.isEmpty()) {
          found.put(Place.of(from, to), tried(key, from, to));
        } else if (skipped.isEmpty()) {
          skipped = Optional.of(Lane.skipped(key, pieces.at(to), why.get()));
        }
      }
    }
    return found.isEmpty() ? skipped.stream().toList() : List.copyOf(found.values());
  }

  /** Whether there is a pair for every place that two endpoints on nodes can have. */
  private static boolean complete(Map<Place, Lane> found, boolean ofOneClass) {
    return found.containsKey(Place.SAME_NODE)
        && found.containsKey(Place.OTHER_NODE)
        && (!ofOneClass || found.containsKey(Place.ITSELF));
  }

  private Lane tried(FlowClass key, Endpoint from, Endpoint to) {
    IpAddress at = ends.called(to, family).orElseThrow();
    Flow.Target target = new Flow.Target.ToEndpoint(Ends.exactly(to, at));
    return Lane.tried(key.at(Place.of(from, to)), new Pair(from, target, at), pieces.at(to));
  }
}
