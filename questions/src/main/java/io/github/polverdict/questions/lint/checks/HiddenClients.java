package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.calls.CallJudge;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.List;
import java.util.Optional;

/** PV503: clients outside whom a node stands before. */
final class HiddenClients implements Check {
  /** A Service by which clients are not surely let in who would be directly. */
  private record Hidden(Service service, Verdict through) {}

  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      if (placed.block().direction() != Direction.INGRESS || !placed.sure()) {
        continue;
      }
      for (Rule rule : placed.block().rules()) {
        for (PeerSpec peer : rule.peers()) {
          if (peer instanceof PeerSpec.InRange(IpSet range, var _)
              && rule.action() == Action.ALLOW
              && !IpSet.ALL_V4.subsetOf(range)
              && !IpSet.ALL_V6.subsetOf(range)) {
            hidden(placed, rule, peer, ground).ifPresent(h -> report(placed, rule, h, out));
          }
        }
      }
    }
  }

  private static Optional<Hidden> hidden(Placed placed, Rule rule, PeerSpec peer, Ground ground) {
    List<Endpoint> clients =
        ground.outside().stream()
            .filter(e -> ground.is(peer, e, placed.plane()) == Truth.YES)
            .toList();
    for (Service service : ground.bench().universe().services()) {
      for (Service.Port port : service.ports()) {
        boolean own =
            port.nodePort() > 0
                && !service.localOnly()
                && port.backends().stream().anyMatch(b -> opens(placed, rule, port, b));
        for (Endpoint client : own ? clients : List.<Endpoint>of()) {
          Optional<Verdict> through = hidden(client, service, port, ground);
          if (through.isPresent()) {
            return Optional.of(new Hidden(service, through.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a backend is one of the policy's pods and the rule is for its port. */
  private static boolean opens(
      Placed placed, Rule rule, Service.Port port, Service.Backend backend) {
    return placed.selected().stream()
        .filter(e -> e.id().equals(backend.endpoint()))
        .anyMatch(e -> Inert.traffic(rule, e).contains(port.protocol(), backend.port()));
  }

  /** What becomes of a client's call, when it is not let in for sure as it would be directly. */
  private static Optional<Verdict> hidden(
      Endpoint client, Service service, Service.Port port, Ground ground) {
    for (Family family : ground.bench().families()) {
      if (CallJudge.has(client, family)) {
        Flow flow =
            new Flow(
                client,
                new Flow.Target.ToService(service, Via.NODE_PORT),
                port.protocol(),
                port.nodePort(),
                family);
        Verdict through = ground.bench().judge().judge(flow);
        boolean direct =
            port.backends().stream().allMatch(b -> direct(client, port, b, family, ground));
        if (through.outcome() != Outcome.ALLOWED && direct) {
          return Optional.of(through);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean direct(
      Endpoint client, Service.Port port, Service.Backend backend, Family family, Ground ground) {
    return ground.bench().universe().endpoint(backend.endpoint()).stream()
        .map(to -> new Sample(port.protocol(), backend.port()).flow(client, to, family))
        .anyMatch(f -> ground.bench().judge().judge(f).outcome() == Outcome.ALLOWED);
  }

  private static void report(Placed placed, Rule rule, Hidden hidden, Sink out) {
    Service service = hidden.service();
    boolean denied = hidden.through().outcome() == Outcome.DENIED;
    out.add(
        "PV503",
        denied ? Level.HIGH : Level.MEDIUM,
        rule.origin(),
        denied
            ? "a rule of %s names clients outside, but through %s they are seen as a node and denied"
                .formatted(placed.block().name(), service.id())
            : "a rule of %s names clients outside; through %s it is not certain that they are let in: %s"
                .formatted(
                    placed.block().name(), service.id(), Reasons.doubts(hidden.through().doubts())),
        Remedy.change(
            "set externalTrafficPolicy: Local",
            "Service " + service.namespace() + "/" + service.name(),
            "[{\"op\": \"add\", \"path\": \"/spec/externalTrafficPolicy\", \"value\":"
                + " \"Local\"}]"));
  }
}
