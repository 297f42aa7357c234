package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Surroundings.Tunnel;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PV601, PV602 and PV603: pods whose traffic travels inside other traffic. */
final class Tunnels implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Tunnel tunnel : ground.surroundings().tunnels()) {
      List<Endpoint> members =
          ground.pods().stream().filter(e -> tunnel.members().contains(e.id())).toList();
      Told told = new Told(out, new HashSet<>());
      for (Endpoint to : members) {
        for (Endpoint from : members) {
          if (!from.equals(to)) {
            pair(tunnel, from, to, ground, told);
          }
        }
      }
      probes(tunnel, ground, out);
    }
  }

  /** Where findings of one mesh go, each of a kind once. */
  private record Told(Sink out, Set<String> before) {
    boolean add(String what) {
      return before.add(what);
    }
  }

  private static void pair(Tunnel tunnel, Endpoint from, Endpoint to, Ground ground, Told told) {
    List<Listing> listings = listings(from, to, ground);
    Optional<Verdict> carrier = ground.judge(from, to, new Sample(Protocol.TCP, tunnel.port()));
    if (listings.isEmpty() || carrier.isEmpty()) {
      return;
    }
    Listing first = listings.getFirst();
    Optional<GateVerdict> closed = Denied.gate(carrier.get());
    closed.ifPresent(gate -> {
      Denied denied = new Denied(gate, carrier.get(), List.of(from));
      if (told.add("PV601 " + denied.because().replace(to.id(), ""))) {
        told.out()
            .add(
                "PV601",
                denied.place(to.origin()),
                "%s lets %s call %s, but TCP port %d, which %s carries that in, is denied: %s"
                    .formatted(
                        first.by().block().name(),
                        from.shownAs(),
                        to.shownAs(),
                        tunnel.port(),
                        tunnel.what(),
                        denied.because()),
                Remedy.of("allow TCP port %d between pods of the mesh".formatted(tunnel.port())));
      }
    });
    boolean limited = listings.stream().allMatch(Listing::limits);
    if (carrier.get().outcome() == Outcome.ALLOWED
        && limited
        && first.by().block().direction() == Direction.INGRESS
        && told.add("PV602 " + first.by().block().name())) {
      told.out()
          .add(
              "PV602",
              first.by().block().origin(),
              "%s limits ports of %s, but inside TCP port %d, which %s may use, every port passes"
                  .formatted(
                      first.by().block().name(), to.shownAs(), tunnel.port(), from.shownAs()),
              Remedy.of("limit ports by the mesh's own policies"));
    }
  }

  /**
   * A rule that lets one pod call another by TCP.
   *
   * @param limits whether not on every port
   */
  private record Listing(Placed by, Rule rule, boolean limits) {}

  /** The rules that would let a pod call another if the calls travelled as they are. */
  private static List<Listing> listings(Endpoint from, Endpoint to, Ground ground) {
    List<Listing> out = new ArrayList<>();
    for (Placed placed : ground.over(to, Direction.INGRESS)) {
      for (Rule rule : placed.block().rules()) {
        boolean theirs =
            rule.action() == Action.ALLOW
                && rule.onlyIf().isEmpty()
                && rule.peers().stream()
                    .anyMatch(p -> ground.is(p, from, placed.plane()) == Truth.YES);
        boolean all = rule.traffic().stream().anyMatch(Tunnels::isAllTcp);
        if (theirs && (all || rule.traffic().stream().anyMatch(Tunnels::isTcp))) {
          out.add(new Listing(placed, rule, !all));
        }
      }
    }
    return out;
  }

  private static boolean isAllTcp(TrafficSpec spec) {
    return spec instanceof TrafficSpec.Numeric(TrafficSet traffic)
        && TrafficSet.all(Protocol.TCP).minus(traffic).isEmpty();
  }

  private static boolean isTcp(TrafficSpec spec) {
    return switch (spec) {
      case TrafficSpec.Numeric(TrafficSet traffic) ->
          !traffic.and(TrafficSet.all(Protocol.TCP)).isEmpty();
      case TrafficSpec.Named named ->
          named.names().stream().anyMatch(n -> n.protocol() == Protocol.TCP);
    };
  }

  private static void probes(Tunnel tunnel, Ground ground, Sink out) {
    Optional<Endpoint> source =
        IpAddress.parse(tunnel.probeSource())
            .flatMap(a ->
                ground.outside().stream().filter(e -> e.addresses().set().contains(a)).findFirst());
    for (Need need : ground.surroundings().needs()) {
      if (source.isPresent()
          && need.kind() == Need.Kind.PROBE
          && need.called() instanceof Need.Called.EndpointPort(String id, var protocol, int port)
          && tunnel.members().contains(id)) {
        ground
            .bench()
            .universe()
            .endpoint(id)
            .flatMap(to -> ground.judge(source.get(), to, new Sample(protocol, port)))
            .filter(v -> v.outcome() == Outcome.DENIED)
            .flatMap(v -> Denied.gate(v).map(g -> new Denied(g, v, List.of(source.get()))))
            .ifPresent(denied ->
                out.add(
                    "PV603",
                    denied.place(need.origin()),
                    "%s comes from %s in %s and is denied: %s"
                        .formatted(
                            need.what(), tunnel.probeSource(), tunnel.what(), denied.because()),
                    Remedy.of("allow port %d from %s/32".formatted(port, tunnel.probeSource()))));
      }
    }
  }
}
