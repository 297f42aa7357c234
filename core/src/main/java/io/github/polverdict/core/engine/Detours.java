package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Redirect;
import io.github.polverdict.core.model.Redirect.Called;
import io.github.polverdict.core.model.Service.Backend;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Where calls go that the engines of a model redirect. */
final class Detours {
  private final PolicyModel model;
  private final Universe universe;

  Detours(PolicyModel model, Universe universe) {
    this.model = model;
    this.universe = universe;
  }

  /**
   * Where a call goes instead.
   *
   * @param to none when nothing is there
   * @param unless why it may not; empty when it surely goes there
   */
  record Detour(List<Backend> to, Set<Doubt> unless, Origin origin) {}

  /** A flow as one call: what is called, by what. */
  private record Call(Endpoint from, Flow.Target to, Protocol protocol, int port, Family family) {}

  boolean none() {
    return model.planes().stream().allMatch(p -> p.redirects().isEmpty());
  }

  /** Where a flow goes instead; empty when it surely stays as it is. */
  Optional<Detour> of(Flow flow) {
    return of(new Call(flow.from(), flow.to(), flow.protocol(), flow.port(), flow.family()));
  }

  private Optional<Detour> of(Call call) {
    List<Backend> to = new ArrayList<>();
    Set<Doubt> unless = new LinkedHashSet<>();
    Optional<Origin> first = Optional.empty();
    for (Plane plane : model.planes()) {
      for (Redirect redirect : plane.redirects()) {
        Match applies = applies(redirect, plane, call);
        if (applies.no()) {
          continue;
        }
        to.addAll(targets(redirect, call.from()));
        first = first.or(() -> Optional.of(redirect.origin()));
        if (applies.yes() && unless.isEmpty()) {
          return Optional.of(new Detour(to, Set.of(), redirect.origin()));
        }
        unless.addAll(applies.doubts());
      }
    }
    return first.map(origin -> new Detour(List.copyOf(to), unless, origin));
  }

  private Match applies(Redirect redirect, Plane plane, Call call) {
    Match called = called(redirect, plane, call);
    Endpoint from = call.from();
    if (called.no() || call.protocol() != redirect.protocol() || call.port() != redirect.port()) {
      return Match.NO;
    }
    Match here =
        from.node().isEmpty()
            ? Match.maybe(Where.unknownNode(from))
            : Match.of(
                redirect.to().containsKey(from.node().get())
                    && plane.nodes().map(n -> n.contains(from.node().get())).orElse(true));
    Match enforced =
        model
            .candidates()
            .map(c -> Match.maybe(new Doubt.KnownAtRuntime("which engine enforces", c.origin())))
            .orElse(Match.YES);
    return called
        .and(here)
        .and(Matching.is(redirect.from(), from, plane.view(), call.family()))
        .and(Match.unless(redirect.onlyIf()))
        .and(enforced);
  }

  private static Match called(Redirect redirect, Plane plane, Call call) {
    return switch (call.to()) {
      case Flow.Target.ToService(var service, Via via) ->
          Match.of(
              via == Via.CLUSTER_IP
                  && redirect.called() instanceof Called.OfService(String id)
                  && id.equals(service.id()));
      case Flow.Target.ToEndpoint(Endpoint to) ->
          redirect.called() instanceof Called.Address(var addresses)
                  && !to.id().equals(call.from().id())
              ? Matching.is(
                  new PeerSpec.InRange(addresses, Kind.INSIDE), to, plane.view(), call.family())
              : Match.NO;
    };
  }

  private static List<Backend> targets(Redirect redirect, Endpoint from) {
    return from.node()
        .map(n -> redirect.to().getOrDefault(n, List.of()))
        .orElseGet(() -> redirect.to().values().stream().flatMap(List::stream).toList());
  }

  /**
   * What an endpoint may send to another, where some of it goes elsewhere.
   *
   * @param plainly what would be without redirects
   */
  ReachMatrix.Cell over(
      Endpoint from,
      Endpoint to,
      Family family,
      BiFunction<Endpoint, Endpoint, ReachMatrix.Cell> plainly) {
    ReachMatrix.Cell out = plainly.apply(from, to);
    Set<TrafficSet> done = new LinkedHashSet<>();
    for (Plane plane : model.planes()) {
      for (Redirect redirect : plane.redirects()) {
        Protocol protocol = redirect.protocol();
        TrafficSet one = TrafficSet.of(protocol, redirect.port(), redirect.port());
        Flow.Target target = new Flow.Target.ToEndpoint(to);
        Call call = new Call(from, target, protocol, redirect.port(), family);
        Optional<Detour> detour = done.add(one) ? of(call) : Optional.empty();
        if (detour.isPresent()) {
          Set<Outcome> outcomes = new LinkedHashSet<>();
          if (!detour.get().unless().isEmpty()) {
            outcomes.add(outcome(out, protocol, redirect.port()));
          }
          outcomes.addAll(outcomes(detour.get(), from, protocol, plainly));
          out = with(out, one, outcomes);
        }
      }
    }
    return out;
  }

  private Set<Outcome> outcomes(
      Detour detour,
      Endpoint from,
      Protocol protocol,
      BiFunction<Endpoint, Endpoint, ReachMatrix.Cell> plainly) {
    Set<Outcome> out = new LinkedHashSet<>();
    for (Backend backend : detour.to()) {
      universe
          .endpoint(backend.endpoint())
          .ifPresent(to -> out.add(outcome(plainly.apply(from, to), protocol, backend.port())));
    }
    return out.isEmpty() ? Set.of(Outcome.DENIED) : out;
  }

  private static Outcome outcome(ReachMatrix.Cell cell, Protocol protocol, int port) {
    if (cell.allowed().contains(protocol, port)) {
      return Outcome.ALLOWED;
    }
    return cell.unknown().contains(protocol, port) ? Outcome.UNKNOWN : Outcome.DENIED;
  }

  private static ReachMatrix.Cell with(
      ReachMatrix.Cell cell, TrafficSet traffic, Set<Outcome> outcomes) {
    Outcome outcome = outcomes.size() == 1 ? outcomes.iterator().next() : Outcome.UNKNOWN;
    TrafficSet allowed = cell.allowed().minus(traffic);
    TrafficSet unknown = cell.unknown().minus(traffic);
    return switch (outcome) {
      case ALLOWED -> new ReachMatrix.Cell(allowed.or(traffic), unknown);
      case DENIED -> new ReachMatrix.Cell(allowed, unknown);
      case UNKNOWN -> new ReachMatrix.Cell(allowed, unknown.or(traffic));
    };
  }
}
