package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** PV209: TCP where a Service is UDP. */
final class Protocols implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    Set<Integer> ofUdp = new TreeSet<>();
    for (Endpoint pod : ground.pods()) {
      ground.led(pod).stream()
          .filter(l -> l.port().protocol() == Protocol.UDP)
          .forEach(l -> ofUdp.add(l.target()));
      pod.ports().stream()
          .filter(p -> p.protocol() == Protocol.UDP)
          .forEach(p -> ofUdp.add(p.number()));
    }
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        if (placed.sure() && rule.action() == Action.ALLOW) {
          tcp(rule).stream()
              .filter(ofUdp::contains)
              .forEach(port -> port(placed, rule, port, ground, out));
        }
      }
    }
  }

  /** The single TCP ports of a rule. */
  private static Set<Integer> tcp(Rule rule) {
    Set<Integer> out = new TreeSet<>();
    for (TrafficSpec spec : rule.traffic()) {
      if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
        traffic.numbers(Protocol.TCP).ranges().stream()
            .filter(r -> r[0] == r[1])
            .forEach(r -> out.add(r[0]));
      }
    }
    return out;
  }

  private static void port(Placed placed, Rule rule, int port, Ground ground, Sink out) {
    List<Endpoint> servers = servers(placed, rule, ground);
    List<Endpoint> wrong = servers.stream().filter(e -> onlyUdp(e, port, ground)).toList();
    if (!wrong.isEmpty() && wrong.size() == servers.size() && !opened(placed, port, ground)) {
      out.add(
          "PV209",
          rule.origin(),
          "a rule of %s allows TCP %d, but %s serves UDP %d, which nothing allows"
              .formatted(placed.block().name(), port, Wording.list(wrong), port),
          Remedy.of("say protocol: UDP"));
    }
  }

  /** Whether some rule for the same pods allows the port for UDP, or may. */
  private static boolean opened(Placed placed, int port, Ground ground) {
    return ground.blocks().stream()
        .filter(b -> b.meets(placed))
        .filter(b -> !b.shared(placed).isEmpty())
        .flatMap(b -> b.block().rules().stream())
        .filter(r -> r.action() == Action.ALLOW)
        .flatMap(r -> r.traffic().stream())
        .anyMatch(t ->
            !(t instanceof TrafficSpec.Numeric(TrafficSet n)) || n.contains(Protocol.UDP, port));
  }

  /** The pods that the rule's ports are of. */
  private static List<Endpoint> servers(Placed placed, Rule rule, Ground ground) {
    if (placed.block().direction() == Direction.INGRESS) {
      return placed.selected();
    }
    List<Endpoint> out = new ArrayList<>();
    for (Endpoint endpoint : ground.pods()) {
      boolean peer =
          rule.peers().stream()
              .anyMatch(p ->
                  p instanceof PeerSpec.Selected
                      && ground.is(p, endpoint, placed.plane()) == Truth.YES);
      if (peer) {
        out.add(endpoint);
      }
    }
    return out;
  }

  private static boolean onlyUdp(Endpoint pod, int port, Ground ground) {
    Set<Protocol> protocols = new TreeSet<>();
    ground.led(pod).stream()
        .filter(l -> l.target() == port)
        .forEach(l -> protocols.add(l.port().protocol()));
    pod.ports().stream().filter(p -> p.number() == port).forEach(p -> protocols.add(p.protocol()));
    return protocols.equals(Set.of(Protocol.UDP));
  }
}
