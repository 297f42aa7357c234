package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Surroundings.Tunnel;
import io.github.polverdict.questions.words.Sample;
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
    TrafficSet inner = TrafficSet.of(Protocol.TCP, tunnel.port(), tunnel.port());
    TrafficSet sure =
        ground.families(from, to).stream()
            .map(f -> ground.bench().matrix(f).allowed(from, to))
            .reduce(TrafficSet.NONE, TrafficSet::or);
    TrafficSet possible = ground.possible(from, to);
    TrafficSet tcp = sure.and(TrafficSet.all(Protocol.TCP)).minus(inner);
    boolean carried = !possible.and(inner).isEmpty();
    if (!carried && !tcp.isEmpty()) {
      Optional<GateVerdict> gate =
          ground.judge(from, to, new Sample(Protocol.TCP, tunnel.port())).flatMap(Denied::gate);
      gate.ifPresent(g -> {
        Denied denied =
            new Denied(
                g,
                ground.judge(from, to, new Sample(Protocol.TCP, tunnel.port())).orElseThrow(),
                List.of(from));
        if (told.add("PV601 " + denied.because().replace(to.id(), ""))) {
          told.out()
              .add(
                  "PV601",
                  denied.place(to.origin()),
                  "%s may call %s, but TCP port %d, which %s carries that in, is denied: %s"
                      .formatted(
                          from.shownAs(),
                          to.shownAs(),
                          tunnel.port(),
                          tunnel.what(),
                          denied.because()),
                  Remedy.of("allow TCP port %d between pods of the mesh".formatted(tunnel.port())));
        }
      });
    }
    TrafficSet rest = TrafficSet.all(Protocol.TCP).minus(possible);
    if (!sure.and(inner).isEmpty() && !tcp.isEmpty() && !rest.isEmpty()) {
      ground.over(to, Direction.INGRESS).stream()
          .filter(b -> told.add("PV602 " + b.block().name()))
          .findFirst()
          .ifPresent(b ->
              told.out()
                  .add(
                      "PV602",
                      b.block().origin(),
                      "%s limits ports of %s, but inside TCP port %d, which %s may use, every port passes"
                          .formatted(b.block().name(), to.shownAs(), tunnel.port(), from.shownAs()),
                      Remedy.of("limit ports by the mesh's own policies")));
    }
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
