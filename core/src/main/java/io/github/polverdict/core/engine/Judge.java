package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Seen;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The evaluator for one flow: the definition of what the model means. Says for every gate what decided. */
public final class Judge {
  private final PolicyModel model;
  private final Universe universe;
  private final Ports ports;

  public Judge(PolicyModel model, Universe universe) {
    this.model = model;
    this.universe = universe;
    this.ports = new Ports(universe);
  }

  /** What becomes of a flow, over all the paths that it can take. */
  public Verdict judge(Flow flow) {
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          verdict(
              flow,
              List.of(judge(Path.direct(flow.from(), to, flow.protocol(), flow.port(), flow.family()))),
              Set.of());
      case Flow.Target.ToService(Service service, Via via) -> throughService(flow, service, via);
    };
  }

  private Verdict throughService(Flow flow, Service service, Via via) {
    Optional<Service.Port> port =
        service.ports().stream()
            .filter(p -> p.protocol() == flow.protocol())
            .filter(p -> (via == Via.NODE_PORT ? p.nodePort() : p.number()) == flow.port())
            .findFirst();
    if (service.type().equals("ExternalName")) {
      return unrouted(flow, service, service.id() + " is a name for something else; ask about that address");
    }
    if (port.isEmpty()) {
      return unrouted(flow, service, service.id() + " has no port " + flow.port() + "/" + flow.protocol());
    }
    Set<Doubt> unsure = new LinkedHashSet<>();
    service.unsure().ifPresent(unsure::add);
    List<PathVerdict> paths = new ArrayList<>();
    for (Service.Backend backend : port.get().backends()) {
      universe
          .endpoint(backend.endpoint())
          .map(to -> new Path(flow.from(), to, flow.protocol(), backend.port(), flow.port(), via, flow.family()))
          .ifPresent(path -> paths.add(judge(path)));
    }
    if (paths.isEmpty() && unsure.isEmpty()) {
      return unrouted(flow, service, service.id() + " has no endpoint behind port " + flow.port());
    }
    boolean differ = paths.stream().map(PathVerdict::outcome).distinct().count() > 1;
    if (differ) {
      String which = "which of the " + paths.size() + " endpoints of " + service.id() + " is chosen";
      unsure.add(new Doubt.KnownAtRuntime(which, service.origin()));
    }
    return verdict(flow, paths, unsure);
  }

  private static Verdict unrouted(Flow flow, Service service, String why) {
    Decision.NoRoute decision = new Decision.NoRoute(why, service.origin());
    return new Verdict(flow, Outcome.DENIED, List.of(), Optional.of(decision), List.of());
  }

  /** All paths agree, or it is not known which one is taken. */
  private static Verdict verdict(Flow flow, List<PathVerdict> paths, Set<Doubt> unsure) {
    Set<Doubt> doubts = new LinkedHashSet<>(unsure);
    for (PathVerdict path : paths) {
      if (path.outcome() == Outcome.UNKNOWN) {
        path.gates().stream()
            .map(GateVerdict::decision)
            .filter(Decision.Undecided.class::isInstance)
            .forEach(d -> doubts.addAll(((Decision.Undecided) d).doubts()));
      }
    }
    Outcome outcome = doubts.isEmpty() ? paths.getFirst().outcome() : Outcome.UNKNOWN;
    return new Verdict(flow, outcome, paths, Optional.empty(), List.copyOf(doubts));
  }

  /** What becomes of one path: every gate of every plane must let it pass. */
  public PathVerdict judge(Path path) {
    List<GateVerdict> gates = new ArrayList<>();
    for (Plane plane : model.planes()) {
      gate(plane, Direction.EGRESS, path).ifPresent(gates::add);
    }
    for (Plane plane : model.planes()) {
      gate(plane, Direction.INGRESS, path).ifPresent(gates::add);
    }
    Outcome outcome = Outcome.ALLOWED;
    for (GateVerdict gate : gates) {
      outcome = and(outcome, gate.outcome());
    }
    return new PathVerdict(path, outcome, gates);
  }

  /** One certain DENIED decides, whatever is not known elsewhere. */
  private static Outcome and(Outcome a, Outcome b) {
    if (a == Outcome.DENIED || b == Outcome.DENIED) {
      return Outcome.DENIED;
    }
    return a == Outcome.UNKNOWN || b == Outcome.UNKNOWN ? Outcome.UNKNOWN : Outcome.ALLOWED;
  }

  /** The verdict of one plane at one end of the path; none when the plane has no gate there. */
  private Optional<GateVerdict> gate(Plane plane, Direction gate, Path path) {
    Endpoint subject = gate == Direction.EGRESS ? path.from() : path.to();
    Endpoint other = gate == Direction.EGRESS ? path.to() : path.from();
    Match applies = judges(plane, subject);
    if (applies.no()) {
      return Optional.empty();
    }
    Possible possible = new Possible();
    Seen seen = Seen.plainly(other);
    if (path.from().equals(path.to()) && path.via() == Via.POD_ADDRESS) {
      possible.allow(new Decision.NeverLeaves());
    } else {
      if (!applies.yes()) {
        possible.doubt(applies.doubts());
        possible.allow(new Decision.ByNothing(plane));
      }
      Gate walk = new Gate(plane, gate, path, universe, ports);
      walk.judge(possible);
      seen = walk.seen();
    }
    boolean audited = plane.traits().mode() == Mode.AUDITING && possible.outcome() != Outcome.ALLOWED;
    Outcome outcome = audited ? Outcome.ALLOWED : possible.outcome();
    return Optional.of(new GateVerdict(plane, gate, subject, seen, outcome, possible.decision(), audited));
  }

  private static Match judges(Plane plane, Endpoint subject) {
    if (subject.kind() == Kind.EXTERNAL || subject.kind() == Kind.NETWORK_SET) {
      return Match.NO;
    }
    if (plane.nodes().isEmpty()) {
      return Match.YES;
    }
    return subject
        .node()
        .map(node -> Match.of(plane.nodes().get().contains(node)))
        .orElseGet(() -> Match.maybe(Where.unknownNode(subject)));
  }
}
