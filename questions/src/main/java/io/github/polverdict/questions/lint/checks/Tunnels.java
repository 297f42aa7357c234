package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Need;
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
    Told told = new Told(out, new HashSet<>());
    for (Plane plane : ground.bench().model().planes()) {
      for (Passage passage : plane.passages()) {
        if (passage.effect() instanceof Effect.Inside inside
            && inside.gate() == Direction.INGRESS) {
          Tunnel tunnel =
              new Tunnel(
                  inside,
                  members(passage.from(), plane, ground),
                  members(passage.to(), plane, ground));
          pairs(tunnel, ground, told);
          probes(tunnel, ground, told);
        }
      }
    }
  }

  private static List<Endpoint> members(PeerSpec end, Plane plane, Ground ground) {
    return ground.pods().stream().filter(e -> ground.is(end, e, plane) == Truth.YES).toList();
  }

  /** What carries traffic, and the pods at its two ends. */
  private record Tunnel(Effect.Inside inside, List<Endpoint> from, List<Endpoint> to) {
    Sample carrier() {
      return new Sample(inside.protocol(), inside.port());
    }
  }

  /** Where findings go, each of a kind once. */
  private record Told(Sink out, Set<String> before) {
    boolean add(String what) {
      return before.add(what);
    }
  }

  private static void pairs(Tunnel tunnel, Ground ground, Told told) {
    for (Endpoint to : tunnel.to()) {
      for (Endpoint from : tunnel.from()) {
        List<Listing> listings = from.equals(to) ? List.of() : listings(from, to, ground);
        if (!listings.isEmpty()) {
          Ends ends = new Ends(from, to, listings);
          ground
              .judge(from, to, tunnel.carrier())
              .ifPresent(carrier -> carried(tunnel, ends, carrier, told));
        }
      }
    }
  }

  /** Two pods, and the rules that would let the one call the other, at least one. */
  private record Ends(Endpoint from, Endpoint to, List<Listing> listings) {
    Block first() {
      return listings.getFirst().by().block();
    }

    boolean limited() {
      return listings.stream().allMatch(Listing::limits);
    }
  }

  private static void carried(Tunnel tunnel, Ends ends, Verdict carrier, Told told) {
    Denied.gate(carrier).ifPresent(gate -> blocked(tunnel, ends, carrier, gate, told));
    if (carrier.outcome() == Outcome.ALLOWED
        && ends.limited()
        && told.add("PV602 " + ends.first().name())) {
      told.out()
          .add(
              "PV602",
              ends.first().origin(),
              "%s limits ports of %s, but inside TCP port %d, which %s may use, every port passes"
                  .formatted(
                      ends.first().name(),
                      ends.to().shownAs(),
                      tunnel.inside().port(),
                      ends.from().shownAs()),
              Remedy.of("limit ports by the mesh's own policies"));
    }
  }

  private static void blocked(
      Tunnel tunnel, Ends ends, Verdict carrier, GateVerdict gate, Told told) {
    Denied denied = new Denied(gate, carrier, List.of(ends.from()));
    int port = tunnel.inside().port();
    if (told.add("PV601 " + denied.because().replace(ends.to().id(), ""))) {
      told.out()
          .add(
              "PV601",
              denied.place(ends.to().origin()),
              "%s lets %s call %s, but TCP port %d, which %s carries that in, is denied: %s"
                  .formatted(
                      ends.first().name(),
                      ends.from().shownAs(),
                      ends.to().shownAs(),
                      port,
                      tunnel.inside().by(),
                      denied.because()),
              Remedy.of("allow TCP port %d between pods of the mesh".formatted(port)));
    }
  }

  /**
   * A rule that lets one pod call another by TCP.
   *
   * @param limits whether not on every port
   */
  private record Listing(Placed by, boolean limits) {}

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
          out.add(new Listing(placed, !all));
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
      case TrafficSpec.Called(TrafficSet traffic) ->
          !traffic.and(TrafficSet.all(Protocol.TCP)).isEmpty();
      case TrafficSpec.OnlyTo(var _, TrafficSet traffic) ->
          !traffic.and(TrafficSet.all(Protocol.TCP)).isEmpty();
      case TrafficSpec.Without(TrafficSpec some, TrafficSpec _) -> isTcp(some);
      case TrafficSpec.Named named ->
          named.names().stream().anyMatch(n -> n.protocol() == Protocol.TCP);
    };
  }

  private static void probes(Tunnel tunnel, Ground ground, Told told) {
    String address = ground.surroundings().probeSources().getOrDefault(tunnel.inside().port(), "");
    Optional<Endpoint> source =
        IpAddress.parse(address)
            .flatMap(a ->
                ground.outside().stream().filter(e -> e.addresses().set().contains(a)).findFirst());
    for (Need need : source.isPresent() ? ground.surroundings().needs() : List.<Need>of()) {
      if (need.kind() == Need.Kind.PROBE
          && need.called() instanceof Need.Called.EndpointPort(String id, var protocol, int port)) {
        tunnel.to().stream()
            .filter(to -> to.id().equals(id))
            .findFirst()
            .flatMap(to -> ground.judge(source.get(), to, new Sample(protocol, port)))
            .filter(v -> v.outcome() == Outcome.DENIED)
            .flatMap(v -> Denied.gate(v).map(g -> new Denied(g, v, List.of(source.get()))))
            .filter(_ -> told.add("PV603 " + need.what() + need.origin().text()))
            .ifPresent(denied ->
                told.out()
                    .add(
                        "PV603",
                        denied.place(need.origin()),
                        "%s comes from %s in %s and is denied: %s"
                            .formatted(
                                need.what(), address, tunnel.inside().by(), denied.because()),
                        Remedy.of("allow port %d from %s/32".formatted(port, address))));
      }
    }
  }
}
