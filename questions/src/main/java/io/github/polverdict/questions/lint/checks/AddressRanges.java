package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PV501, PV502 and PV505: address ranges and what is inside the cluster. */
final class AddressRanges implements Check {
  /** A rule for a range of addresses. */
  private record Ranged(Placed placed, Rule rule, IpSet range, Set<Kind> also) {
    boolean egress() {
      return placed.block().direction() == Direction.EGRESS;
    }

    /** Whether it is meant for everybody outside, perhaps with exceptions. */
    boolean outside() {
      return range.contains(IpAddress.parse("8.8.8.8").orElseThrow())
          || range.contains(IpAddress.parse("2001:4860:4860::8888").orElseThrow());
    }
  }

  @Override
  public void look(Ground ground, Sink out) {
    IpSet services =
        hull(ground.bench().universe().services().stream().map(Service::addresses).toList());
    IpSet nodes = hull(addresses(ground, Kind.NODE));
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        for (PeerSpec peer : rule.peers()) {
          if (peer instanceof PeerSpec.InRange(IpSet range, Set<Kind> also)
              && placed.sure()
              && rule.action() == Action.ALLOW
              && rule.onlyIf().isEmpty()) {
            Ranged ranged = new Ranged(placed, rule, range, also);
            pods(ranged, ground, out);
            if (range.subsetOf(nodes)) {
              nodes(ranged, ground, out);
            }
            if (ranged.egress() && range.subsetOf(services)) {
              services(ranged, ground, out);
            }
          }
        }
      }
    }
  }

  private static List<IpSet> addresses(Ground ground, Kind kind) {
    return ground.inside().stream()
        .filter(e -> e.kind() == kind && e.addresses().exact())
        .map(e -> e.addresses().set())
        .toList();
  }

  /** From the lowest to the highest address of each family. */
  private static IpSet hull(List<IpSet> sets) {
    IpSet all = IpSet.union(sets);
    IpSet out = IpSet.NONE;
    for (Family family : Family.values()) {
      List<IpSet.Range> ranges = all.of(family).ranges();
      if (!ranges.isEmpty()) {
        out = out.or(IpSet.of(ranges.getFirst().first(), ranges.getLast().last()));
      }
    }
    return out;
  }

  private static void pods(Ranged ranged, Ground ground, Sink out) {
    if (ground.assumed() || !ranged.egress()) {
      return; // of sources nothing shows that the rule means them
    }
    List<Endpoint> covered =
        ground.pods().stream()
            .filter(e -> e.addresses().exact() && e.addresses().set().overlaps(ranged.range()))
            .toList();
    if (ranged.also().contains(Kind.POD)) {
      List<Endpoint> opened =
          covered.stream().filter(e -> ranged.outside() && openedBy(ranged, e, ground)).toList();
      if (!opened.isEmpty()) {
        out.add(
            "PV501",
            ranged.rule().origin(),
            "the addresses that a rule of %s allows are those of pods, too: it opens %s, which no other rule does"
                .formatted(ranged.placed().block().name(), Wording.list(opened)),
            Remedy.of("except the pods' ranges, and allow pods by selectors"));
      }
      return;
    }
    List<Endpoint> missed = new ArrayList<>();
    for (Endpoint pod : covered) {
      TrafficSet served = served(pod, ground).and(Inert.traffic(ranged.rule(), pod));
      boolean named = !Inert.traffic(ranged.rule(), pod).equals(TrafficSet.ALL);
      boolean denied =
          Sample.of(served).stream()
              .anyMatch(s ->
                  ranged.placed().selected().stream()
                      .filter(subject -> !subject.equals(pod))
                      .anyMatch(subject -> deniedAtOwnGate(ranged, subject, pod, s, ground)));
      if (named && denied) {
        missed.add(pod);
      }
    }
    if (!missed.isEmpty()) {
      out.add(
          "PV501",
          ranged.rule().origin(),
          "a rule of %s covers the addresses of %s and does not allow them: %s does not match pods by address"
              .formatted(
                  ranged.placed().block().name(),
                  Wording.list(missed),
                  ranged.placed().plane().name()),
          Remedy.of("select the pods by namespaceSelector and podSelector"));
    }
  }

  /** What a pod is known to listen on. */
  private static TrafficSet served(Endpoint pod, Ground ground) {
    TrafficSet out = TrafficSet.NONE;
    for (Endpoint.NamedPort port : pod.ports()) {
      out = out.or(TrafficSet.of(port.protocol(), port.number(), port.number()));
    }
    for (Ground.Led led : ground.led(pod)) {
      out = out.or(TrafficSet.of(led.port().protocol(), led.target(), led.target()));
    }
    return out;
  }

  private static boolean deniedAtOwnGate(
      Ranged ranged, Endpoint subject, Endpoint other, Sample traffic, Ground ground) {
    Endpoint from = ranged.egress() ? subject : other;
    Endpoint to = ranged.egress() ? other : subject;
    return ground.judge(from, to, traffic).stream()
        .flatMap(v -> Denied.gate(v).stream())
        .anyMatch(g ->
            g.gate() == ranged.placed().block().direction()
                && g.plane() == ranged.placed().plane());
  }

  /** Whether a pod is open to a subject because of this rule only. */
  private static boolean openedBy(Ranged ranged, Endpoint pod, Ground ground) {
    TrafficSet traffic = Inert.traffic(ranged.rule(), pod);
    TrafficSet served = served(pod, ground).and(traffic);
    boolean other =
        ground.blocks().stream()
            .filter(b -> b.meets(ranged.placed()))
            .filter(b -> !b.shared(ranged.placed()).isEmpty())
            .flatMap(b -> b.block().rules().stream())
            .filter(r -> r != ranged.rule() && r.action() == Action.ALLOW)
            .filter(r -> !Inert.traffic(r, pod).and(traffic).isEmpty())
            .flatMap(r -> r.peers().stream())
            .anyMatch(p -> ground.is(p, pod, ranged.placed().plane()) != Truth.NO);
    return !other
        && Sample.of(served).stream()
            .anyMatch(s ->
                ranged.placed().selected().stream()
                    .filter(subject -> !subject.equals(pod))
                    .flatMap(subject -> ground.judge(subject, pod, s).stream())
                    .anyMatch(v -> v.outcome() == Outcome.ALLOWED));
  }

  private static void nodes(Ranged ranged, Ground ground, Sink out) {
    if (ground.assumed() || ranged.also().contains(Kind.NODE)) {
      return;
    }
    List<Endpoint> missed = new ArrayList<>();
    for (Endpoint node : ground.inside()) {
      boolean covered =
          node.kind() == Kind.NODE
              && node.addresses().exact()
              && node.addresses().set().overlaps(ranged.range());
      for (Endpoint subject : covered ? ranged.placed().selected() : List.<Endpoint>of()) {
        Endpoint to = ranged.egress() ? node : subject;
        boolean denied =
            Sample.of(Inert.traffic(ranged.rule(), to)).stream()
                .anyMatch(s -> deniedAtOwnGate(ranged, subject, node, s, ground));
        if (denied && !missed.contains(node)) {
          missed.add(node);
        }
      }
    }
    if (!missed.isEmpty()) {
      out.add(
          "PV502",
          ranged.rule().origin(),
          "a rule of %s covers the addresses of %s and does not allow them: %s does not match nodes by address"
              .formatted(
                  ranged.placed().block().name(),
                  Wording.list(missed),
                  ranged.placed().plane().name()),
          Remedy.of("use what the engine has for nodes"));
    }
  }

  private static void services(Ranged ranged, Ground ground, Sink out) {
    for (Service service : ground.bench().universe().services()) {
      for (Service.Port port : service.ports()) {
        Optional<Endpoint> denied =
            service.addresses().overlaps(ranged.range())
                    && port.protocol() != Protocol.OTHER
                    && traffic(ranged.rule()).contains(port.protocol(), port.number())
                ? denied(ranged, service, port, ground)
                : Optional.empty();
        if (denied.isPresent()) {
          out.add(
              "PV505",
              ranged.rule().origin(),
              "a rule of %s names the address of %s, but %s cannot call it: the gate sees the pod behind it"
                  .formatted(ranged.placed().block().name(), service.id(), denied.get().shownAs()),
              Remedy.of("select the pods behind the Service"));
          return;
        }
      }
    }
  }

  private static TrafficSet traffic(Rule rule) {
    return Inert.traffic(rule, Stranger.POD);
  }

  private static Optional<Endpoint> denied(
      Ranged ranged, Service service, Service.Port port, Ground ground) {
    return ranged.placed().selected().stream()
        .filter(subject ->
            ground.judge(subject, service, new Sample(port.protocol(), port.number())).stream()
                .flatMap(v -> Denied.gate(v).stream())
                .anyMatch(g -> g.gate() == Direction.EGRESS))
        .findFirst();
  }
}
