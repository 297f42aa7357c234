package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Bench;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Every lane of a bench, of all address families, and the flow class that a flow is in. */
final class Lanes {
  /** How many of a class and a node are looked at: two make every place that there can be. */
  private static final int OF_A_NODE = 2;

  private final Universe universe;
  private final Map<Family, ReachMatrix> matrices = new EnumMap<>(Family.class);
  private final Map<Family, Pieces> pieces = new EnumMap<>(Family.class);
  private final List<Lane> all = new ArrayList<>();

  Lanes(Bench bench, Ends ends, long seed) {
    this.universe = bench.universe();
    for (Family family : bench.families()) {
      ReachMatrix matrix = bench.matrix(family);
      matrices.put(family, matrix);
      pieces.put(family, new Pieces(matrix, universe));
      List<List<Endpoint>> classes = classes(matrix, ends, family, seed);
      all.addAll(new DirectLanes(ends, family, pieces.get(family)).between(classes));
      all.addAll(new ServiceLanes(ends, family, universe).from(classes));
    }
  }

  List<Lane> all() {
    return all;
  }

  /** The members of each class that use the family, those that can be tried first. */
  private List<List<Endpoint>> classes(ReachMatrix matrix, Ends ends, Family family, long seed) {
    List<List<Endpoint>> out = new ArrayList<>();
    for (int i = 0; i < matrix.classes(); i++) {
      out.add(new ArrayList<>());
    }
    for (Endpoint endpoint : universe.endpoints()) {
      if (!endpoint.addresses().set().of(family).isEmpty()) {
        out.get(matrix.classOf(endpoint)).add(endpoint);
      }
    }
    Comparator<Endpoint> able =
        Comparator.comparing(
            e -> ends.mute(e).stream().count() + ends.deaf(e, family).stream().count());
    for (List<Endpoint> members : out) {
      Shuffle.of(members, new Random(seed));
      members.sort(able);
      Map<String, Integer> ofNode = new HashMap<>();
      members.removeIf(e -> ofNode.merge(e.node().orElse(""), 1, Integer::sum) > OF_A_NODE);
    }
    return out;
  }

  /** The flow class of a trial; empty when its ends are not in the bench. */
  Optional<FlowClass> of(Trial trial) {
    Flow flow = trial.flow();
    ReachMatrix matrix = matrices.get(flow.family());
    if (matrix == null || universe.endpoint(flow.from().id()).isEmpty()) {
      return Optional.empty();
    }
    int source = matrix.classOf(flow.from());
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          universe
              .endpoint(to.id())
              .map(_ ->
                  new FlowClass(
                      source,
                      DirectLanes.name(matrix.classOf(to)),
                      Place.of(flow.from(), to),
                      flow.family(),
                      traffic(flow, to)));
      case Flow.Target.ToService to ->
          ServiceLanes.place(trial, to, universe)
              .map(place -> ServiceLanes.classOf(source, flow, to, place));
    };
  }

  /** Whether what the trial calls still has the address; another may have it by now. */
  boolean stands(Trial trial) {
    return switch (trial.flow().to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          to.addresses().exact() && to.addresses().set().contains(trial.at());
      case Flow.Target.ToService(Service service, Via via) ->
          ServiceLanes.addresses(service, via, nodes()).contains(trial.at());
    };
  }

  private List<Endpoint> nodes() {
    return universe.endpoints().stream().filter(e -> e.kind() == Kind.NODE).toList();
  }

  private String traffic(Flow flow, Endpoint to) {
    Pieces at = pieces.get(flow.family());
    return at == null ? "" : at.name(to, flow.protocol(), flow.port());
  }
}
