package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** PV209: TCP where a Service is UDP. */
final class Protocols implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        if (placed.sure() && rule.action() == Action.ALLOW) {
          look(placed, rule, ground, out);
        }
      }
    }
  }

  private static void look(Placed placed, Rule rule, Ground ground, Sink out) {
    for (TrafficSpec spec : rule.traffic()) {
      if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
        for (int[] range : traffic.numbers(Protocol.TCP).ranges()) {
          if (range[0] == range[1]) {
            port(placed, rule, range[0], ground, out);
          }
        }
      }
    }
  }

  private static void port(Placed placed, Rule rule, int port, Ground ground, Sink out) {
    List<Endpoint> servers = servers(placed, rule, ground);
    List<Endpoint> wrong = servers.stream().filter(e -> onlyUdp(e, port, ground)).toList();
    boolean opened =
        ground.blocks().stream()
            .filter(b -> b.meets(placed))
            .filter(b -> b.selected().stream().anyMatch(placed.selected()::contains))
            .flatMap(b -> b.block().rules().stream())
            .filter(r -> r.action() == Action.ALLOW)
            .flatMap(r -> r.traffic().stream())
            .anyMatch(t ->
                !(t instanceof TrafficSpec.Numeric(TrafficSet n))
                    || n.contains(Protocol.UDP, port));
    if (!wrong.isEmpty() && wrong.size() == servers.size() && !opened) {
      out.add(
          "PV209",
          rule.origin(),
          "a rule of %s allows TCP %d, but %s serves UDP %d, which nothing allows"
              .formatted(placed.block().name(), port, Wording.list(wrong), port),
          Remedy.of("say protocol: UDP"));
    }
  }

  /** The pods that the rule's ports are of. */
  private static List<Endpoint> servers(Placed placed, Rule rule, Ground ground) {
    if (placed.block().direction() == Direction.INGRESS) {
      return placed.selected();
    }
    List<Endpoint> out = new ArrayList<>();
    for (Endpoint endpoint : ground.pods()) {
      for (PeerSpec peer : rule.peers()) {
        if (peer instanceof PeerSpec.Selected
            && !out.contains(endpoint)
            && ground.is(peer, endpoint, placed.plane()) == Truth.YES) {
          out.add(endpoint);
        }
      }
    }
    return out;
  }

  private static boolean onlyUdp(Endpoint pod, int port, Ground ground) {
    Set<Protocol> protocols = new TreeSet<>();
    for (Service service : ground.bench().universe().services()) {
      for (Service.Port served : service.ports()) {
        if (served.backends().contains(new Service.Backend(pod.id(), port))) {
          protocols.add(served.protocol());
        }
      }
    }
    pod.ports().stream().filter(p -> p.number() == port).forEach(p -> protocols.add(p.protocol()));
    return protocols.equals(Set.of(Protocol.UDP));
  }
}
