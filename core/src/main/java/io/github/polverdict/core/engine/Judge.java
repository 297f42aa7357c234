package io.github.polverdict.core.engine;

import io.github.polverdict.core.model.Action;
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

/**
 * The evaluator for one flow: the definition of what the model means. Says for every gate what
 * decided.
 */
public final class Judge {
  private final PolicyModel model;
  private final Universe universe;
  private final Ports ports;
  private final Guises guises;
  private final Detours detours;

  public Judge(PolicyModel model, Universe universe) {
    this.model = model;
    this.universe = universe;
    this.ports = new Ports(universe);
    this.guises = new Guises(universe);
    this.detours = new Detours(model, universe);
  }

  /** What becomes of a flow, over all the paths that it can take. */
  public Verdict judge(Flow flow) {
    return detours.of(flow).map(d -> redirected(flow, d)).orElseGet(() -> plainly(flow));
  }

  /** A flow that goes elsewhere; perhaps, when there are facts by which it does not. */
  private Verdict redirected(Flow flow, Detours.Detour detour) {
    List<PathVerdict> paths = new ArrayList<>();
    for (Service.Backend backend : detour.to()) {
      universe
          .endpoint(backend.endpoint())
          .map(to -> Path.direct(flow.from(), to, flow.protocol(), backend.port(), flow.family()))
          .ifPresent(path -> paths.add(judge(path)));
    }
    Set<Doubt> unsure = new LinkedHashSet<>();
    if (paths.stream().map(PathVerdict::outcome).distinct().count() > 1) {
      String which = "which of the " + paths.size() + " endpoints of the redirect is chosen";
      unsure.add(new Doubt.KnownAtRuntime(which, detour.origin()));
    }
    String nowhere = "the redirect " + detour.origin().text() + " has no endpoint";
    Verdict there =
        paths.isEmpty()
            ? unrouted(flow, new Decision.NoRoute(nowhere, detour.origin()), List.of())
            : verdict(flow, paths, unsure);
    if (detour.unless().isEmpty()) {
      return there;
    }
    Verdict here = plainly(flow);
    if (here.outcome() == there.outcome() && here.outcome() != Outcome.UNKNOWN) {
      return here;
    }
    Set<Doubt> doubts = new LinkedHashSet<>(detour.unless());
    doubts.addAll(there.doubts());
    doubts.addAll(here.doubts());
    paths.addAll(here.paths());
    return new Verdict(flow, Outcome.UNKNOWN, paths, here.unrouted(), List.copyOf(doubts));
  }

  private Verdict plainly(Flow flow) {
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint to) -> {
        Path path = Path.direct(flow.from(), to, flow.protocol(), flow.port(), flow.family());
        yield verdict(flow, List.of(judge(path)), Set.of());
      }
      case Flow.Target.ToService(Service service, Via via) -> throughService(flow, service, via);
    };
  }

  private Verdict throughService(Flow flow, Service service, Via via) {
    if (service.type().equals("ExternalName")) {
      String why = "is a name for something else; ask about that address";
      return unrouted(flow, noRoute(service, why), List.of());
    }
    Optional<Service.Port> port =
        service.ports().stream()
            .filter(p -> p.protocol() == flow.protocol())
            .filter(p -> (via == Via.NODE_PORT ? p.nodePort() : p.number()) == flow.port())
            .findFirst();
    if (port.isEmpty()) {
      String kind = via == Via.NODE_PORT ? "node port " : "port ";
      String why = "has no " + kind + flow.port() + "/" + flow.protocol();
      return unrouted(flow, noRoute(service, why), List.of());
    }
    Set<Doubt> unsure = new LinkedHashSet<>();
    service.unsure().ifPresent(unsure::add);
    List<PathVerdict> paths = new ArrayList<>();
    for (Service.Backend backend : port.get().backends()) {
      Optional<Endpoint> to = universe.endpoint(backend.endpoint());
      if (to.isEmpty()) {
        String what = "what " + backend.endpoint() + " is, which " + name(service) + " leads to";
        unsure.add(new Doubt.KnownAtRuntime(what, service.origin()));
      } else {
        paths.add(
            judge(
                new Path(
                    flow.from(),
                    to.get(),
                    flow.protocol(),
                    backend.port(),
                    flow.port(),
                    via,
                    guises.called(service, via),
                    isForwarded(service, via),
                    flow.family())));
      }
    }
    if (paths.isEmpty()) {
      return unrouted(flow, noRoute(service, "has no endpoint"), List.copyOf(unsure));
    }
    if (paths.stream().map(PathVerdict::outcome).distinct().count() > 1) {
      String which =
          "which of the " + paths.size() + " endpoints of " + name(service) + " is chosen";
      unsure.add(new Doubt.KnownAtRuntime(which, service.origin()));
    }
    return verdict(flow, paths, unsure);
  }

  private static boolean isForwarded(Service service, Via via) {
    return (via == Via.NODE_PORT || via == Via.LOAD_BALANCER) && !service.localOnly();
  }

  private static String name(Service service) {
    return "Service " + service.namespace() + "/" + service.name();
  }

  private static Decision.NoRoute noRoute(Service service, String why) {
    return new Decision.NoRoute(name(service) + " " + why, service.origin());
  }

  /** There is no way, or only ones that nothing is known of. */
  private static Verdict unrouted(Flow flow, Decision.NoRoute decision, List<Doubt> doubts) {
    Outcome outcome = doubts.isEmpty() ? Outcome.DENIED : Outcome.UNKNOWN;
    return new Verdict(flow, outcome, List.of(), Optional.of(decision), doubts);
  }

  /** All paths agree, or it is not known which one is taken. */
  private static Verdict verdict(Flow flow, List<PathVerdict> paths, Set<Doubt> unsure) {
    Set<Doubt> doubts = new LinkedHashSet<>(unsure);
    for (PathVerdict path : paths) {
      for (GateVerdict gate :
          path.outcome() == Outcome.UNKNOWN ? path.gates() : List.<GateVerdict>of()) {
        if (gate.outcome() == Outcome.UNKNOWN
            && gate.decision() instanceof Decision.Undecided(var open)) {
          doubts.addAll(open);
        }
      }
    }
    Outcome outcome = doubts.isEmpty() ? paths.getFirst().outcome() : Outcome.UNKNOWN;
    return new Verdict(flow, outcome, paths, Optional.empty(), List.copyOf(doubts));
  }

  /**
   * What becomes of one path: every gate of every plane must let it pass. Where it is not known
   * which engine enforces, that is what they agree on.
   */
  public PathVerdict judge(Path path) {
    List<PathVerdict> worlds = model.worlds().stream().map(w -> judge(path, w)).toList();
    return model
        .candidates()
        .map(c -> new Contest(c, worlds).verdict())
        .orElseGet(worlds::getFirst);
  }

  private PathVerdict judge(Path path, List<Plane> planes) {
    List<GateVerdict> gates = new ArrayList<>();
    for (Plane plane : planes) {
      gate(plane, Direction.EGRESS, path).ifPresent(gates::add);
    }
    for (Plane plane : planes) {
      gate(plane, Direction.INGRESS, path).ifPresent(gates::add);
    }
    Outcome outcome = Outcome.ALLOWED;
    for (GateVerdict gate : gates) {
      outcome = and(outcome, gate.outcome());
    }
    return new PathVerdict(path, outcome, gates);
  }

  /** One certain DENIED decides, whatever is not known elsewhere. */
  static Outcome and(Outcome a, Outcome b) {
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
    boolean inside = path.from().id().equals(path.to().id()) && path.via() == Via.POD_ADDRESS;
    boolean judged = plane.traits().judgesItself(subject);
    if (inside && !subject.mayBeSeveral() && !judged) {
      Decision stays = new Decision.NeverLeaves();
      return Optional.of(
          new GateVerdict(
              plane, gate, subject, Seen.plainly(other), Outcome.ALLOWED, stays, false));
    }
    Gate walk = new Gate(plane, gate, path, guises, ports);
    Possible possible = walk.judge();
    if (inside && !judged) {
      possible =
          possible.or(
              Possible.of(Action.ALLOW, new Decision.NeverLeaves()),
              Set.of(Where.oneOrTwo(subject)));
    }
    if (!applies.yes()) {
      possible =
          possible.or(Possible.of(Action.ALLOW, new Decision.ByNothing(plane)), applies.doubts());
    }
    boolean audited =
        plane.traits().mode() == Mode.AUDITING && possible.outcome() != Outcome.ALLOWED;
    Outcome outcome = audited ? Outcome.ALLOWED : possible.outcome();
    return Optional.of(
        new GateVerdict(plane, gate, subject, walk.seen(), outcome, possible.decision(), audited));
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
