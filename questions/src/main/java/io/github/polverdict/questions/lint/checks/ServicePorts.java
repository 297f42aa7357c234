package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PV504: rules that name a Service's port instead of the pods'. */
final class ServicePorts implements Check {
  /** A Service's port that leads to another port of a pod. */
  private record Led(Service service, Service.Port port, Endpoint pod, int target) {}

  @Override
  public void look(Ground ground, Sink out) {
    List<Led> led = led(ground);
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        if (placed.sure() && rule.onlyIf().isEmpty() && rule.action() == Action.ALLOW) {
          led.stream()
              .filter(l -> names(rule, l) && reversed(placed, rule, l, ground))
              .findFirst()
              .ifPresent(l -> report(placed, rule, l, out));
        }
      }
    }
  }

  private static List<Led> led(Ground ground) {
    List<Led> out = new ArrayList<>();
    Set<String> names = new HashSet<>(); // PV306 tells of these
    for (Need need : ground.surroundings().needs()) {
      if (need.kind() == Need.Kind.NAMES
          && need.called() instanceof Need.Called.ServicePort(String id, var _, int _)) {
        names.add(id);
      }
    }
    for (Service service : ground.bench().universe().services()) {
      for (Service.Port port :
          names.contains(service.id()) ? List.<Service.Port>of() : service.ports()) {
        for (Service.Backend backend : port.backends()) {
          Optional<Endpoint> pod = ground.bench().universe().endpoint(backend.endpoint());
          if (pod.isPresent()
              && backend.port() != port.number()
              && !listens(pod.get(), port.number(), ground)) {
            out.add(new Led(service, port, pod.get(), backend.port()));
          }
        }
      }
    }
    return out;
  }

  private static boolean listens(Endpoint pod, int number, Ground ground) {
    return pod.ports().stream().anyMatch(p -> p.number() == number)
        || ground.led(pod).stream().anyMatch(l -> l.target() == number);
  }

  /** Whether a rule allows the Service's port by its number alone and not the pod's. */
  private static boolean names(Rule rule, Led led) {
    return rule.traffic().stream()
        .allMatch(t ->
            t instanceof TrafficSpec.Numeric(TrafficSet traffic)
                && single(traffic, led.port().protocol(), led.port().number())
                && !traffic.contains(led.port().protocol(), led.target()));
  }

  private static boolean single(TrafficSet traffic, Protocol protocol, int number) {
    return traffic.numbers(protocol).ranges().stream()
        .anyMatch(r -> r[0] == number && r[1] == number);
  }

  /**
   * Whether somebody whom the rule allows is denied when calling the Service, at the rule's gate.
   */
  private static boolean reversed(Placed placed, Rule rule, Led led, Ground ground) {
    boolean in = placed.block().direction() == Direction.INGRESS;
    List<Endpoint> callers = in ? peers(placed, rule, ground) : placed.selected();
    boolean owner =
        in ? placed.selects(led.pod()) : peers(placed, rule, ground).contains(led.pod());
    Sample call = new Sample(led.port().protocol(), led.port().number());
    if (!owner) {
      return false;
    }
    boolean here = false;
    for (Endpoint caller : callers) {
      Optional<Verdict> verdict =
          caller.equals(led.pod()) ? Optional.empty() : ground.judge(caller, led.service(), call);
      if (verdict.isPresent() && verdict.get().outcome() != Outcome.DENIED) {
        return false;
      }
      here |=
          verdict.stream()
              .flatMap(v -> Denied.gate(v).stream())
              .anyMatch(g -> g.gate() == placed.block().direction());
    }
    return here;
  }

  private static List<Endpoint> peers(Placed placed, Rule rule, Ground ground) {
    return ground.pods().stream()
        .filter(e ->
            rule.peers().stream()
                .anyMatch(p ->
                    (p instanceof PeerSpec.Selected || p instanceof PeerSpec.Anyone)
                        && ground.is(p, e, placed.plane()) == Truth.YES))
        .toList();
  }

  private static void report(Placed placed, Rule rule, Led led, Sink out) {
    out.add(
        "PV504",
        rule.origin(),
        "a rule of %s allows port %d of %s, but the pods listen on %d, which is denied"
            .formatted(
                placed.block().name(), led.port().number(), led.service().id(), led.target()),
        Remedy.of("allow port " + led.target()));
  }
}
