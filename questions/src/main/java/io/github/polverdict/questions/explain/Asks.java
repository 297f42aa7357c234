package io.github.polverdict.questions.explain;

import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.naming.Goal;
import io.github.polverdict.questions.naming.PortSpec;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns ends and ports into the flows that must be judged to answer for all of them. */
final class Asks {
  /** More pairs than this are not a question about a flow any more. */
  private static final int MOST_PAIRS = 10_000;

  private static final int ECHO_V4 = 8 * 256;
  private static final int ECHO_V6 = 128 * 256;

  private final Bench bench;
  private final List<Ask> asks = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * One flow that stands for traffic with the same outcome.
   *
   * @param to what the source calls, as it is shown
   */
  record Ask(Flow flow, TrafficSet traffic, ExplainAnswer.Called to) {}

  Asks(Bench bench, List<Goal.End> sources, Goal goal) {
    this.bench = bench;
    switch (goal) {
      case Goal.Ends(List<Goal.End> ends, PortSpec port) -> ends(sources, ends, port);
      case Goal.Called called when called.via() == Via.POD_ADDRESS -> headless(sources, called);
      case Goal.Called called -> called(sources, called);
    }
    if (asks.isEmpty() && refusals.isEmpty()) {
      refuse(
          "PV068",
          "the two have no address family in common: nothing can pass between them",
          List.of());
    }
  }

  List<Ask> all() {
    return asks;
  }

  List<Refusal> refusals() {
    return asks.isEmpty() || tooMany() ? refusals : List.of();
  }

  private boolean tooMany() {
    return refusals.stream().anyMatch(r -> r.code().equals("PV067"));
  }

  Set<String> notes() {
    return notes;
  }

  private void refuse(String code, String message, List<String> suggestions) {
    refusals.add(new Refusal(code, message, suggestions));
  }

  private boolean within(long pairs) {
    if (pairs > MOST_PAIRS) {
      refuse(
          "PV067",
          "these are " + pairs + " pairs of a source and a destination, more than " + MOST_PAIRS,
          List.of("ask for fewer, or use connectivity with --from and --to"));
    }
    return pairs <= MOST_PAIRS;
  }

  private void ends(List<Goal.End> sources, List<Goal.End> ends, PortSpec port) {
    if (!within((long) sources.size() * ends.size())) {
      return;
    }
    boolean several = sources.size() > 1 || ends.size() > 1;
    for (Goal.End from : sources) {
      for (Goal.End to : ends) {
        boolean itself = from.cell().equals(to.cell()) && from.judged().kind() != Kind.EXTERNAL;
        if (!several || !itself) {
          common(from.judged(), to.judged()).forEach(family -> pair(from, to, port, family));
        }
      }
    }
    if (asks.isEmpty() && port instanceof PortSpec.Named(String name, Optional<Protocol> _)) {
      List<String> known =
          ends.stream()
              .flatMap(e -> e.judged().ports().stream())
              .map(NamedPort::name)
              .distinct()
              .sorted()
              .toList();
      refuse("PV065", "no container there gives a port the name '" + name + "'", known);
    }
  }

  /** The families in which both have addresses. */
  private static Set<Family> common(Endpoint from, Endpoint to) {
    Set<Family> out = EnumSet.noneOf(Family.class);
    for (Family family : Family.values()) {
      if (!from.addresses().set().of(family).isEmpty()
          && !to.addresses().set().of(family).isEmpty()) {
        out.add(family);
      }
    }
    return out;
  }

  private void pair(Goal.End from, Goal.End to, PortSpec port, Family family) {
    switch (port) {
      case PortSpec.Any _ -> allTraffic(from, to, family);
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) ->
          direct(from, to, protocol.orElse(Protocol.TCP), number, family);
      case PortSpec.Icmp(Optional<Integer> message) ->
          direct(
              from,
              to,
              Protocol.ICMP,
              message.orElse(family == Family.IPV4 ? ECHO_V4 : ECHO_V6),
              family);
      case PortSpec.Named(String name, Optional<Protocol> protocol) -> {
        List<NamedPort> ports =
            to.judged().ports().stream()
                .filter(
                    p -> p.name().equals(name) && protocol.map(p.protocol()::equals).orElse(true))
                .distinct()
                .toList();
        ports.forEach(p -> direct(from, to, p.protocol(), p.number(), family));
        if (ports.isEmpty()) {
          notes.add(to.judged().id() + " has no port named " + name + " and is left out");
        }
      }
      case PortSpec.Wrong(String why) -> refuse("PV063", why, List.of());
    }
  }

  private void direct(Goal.End from, Goal.End to, Protocol protocol, int number, Family family) {
    Flow flow =
        new Flow(from.judged(), new Flow.Target.ToEndpoint(to.judged()), protocol, number, family);
    asks.add(new Ask(flow, TrafficSet.of(protocol, number, number), named(to.judged().id())));
  }

  private static ExplainAnswer.Called named(String name) {
    return new ExplainAnswer.Called(name, "");
  }

  private void allTraffic(Goal.End from, Goal.End to, Family family) {
    ReachMatrix matrix = bench.matrix(family);
    ReachMatrix.Cell cell = matrix.cell(from.cell(), to.cell());
    Reach reach = new Reach(cell.allowed(), cell.unknown());
    for (TrafficSet traffic : List.of(reach.allowed(), reach.unknown(), reach.denied())) {
      Sample.of(traffic)
          .map(s -> s.flow(from.judged(), to.judged(), family))
          .ifPresent(flow -> asks.add(new Ask(flow, traffic, named(to.judged().id()))));
    }
  }

  private void called(List<Goal.End> sources, Goal.Called called) {
    Service service = called.service();
    List<Service.Port> ports = ports(service, called.port());
    if (ports.isEmpty()) {
      refusePort(service, called.port());
      return;
    }
    ExplainAnswer.Called shown = new ExplainAnswer.Called(service.id(), called.via().name());
    for (Goal.End from : sources) {
      for (Family family : families(from.judged(), service)) {
        for (Service.Port port : ports) {
          Flow.Target target = new Flow.Target.ToService(service, called.via());
          int number = called.via() == Via.NODE_PORT ? port.nodePort() : port.number();
          Flow flow = new Flow(from.judged(), target, port.protocol(), number, family);
          asks.add(new Ask(flow, TrafficSet.of(port.protocol(), number, number), shown));
        }
      }
    }
  }

  private Set<Family> families(Endpoint from, Service service) {
    Set<Family> out = EnumSet.noneOf(Family.class);
    for (Family family : bench.families()) {
      boolean given = service.addresses().isEmpty() || !service.addresses().of(family).isEmpty();
      if (given && !from.addresses().set().of(family).isEmpty()) {
        out.add(family);
      }
    }
    return out;
  }

  private static List<Service.Port> ports(Service service, PortSpec asked) {
    return switch (asked) {
      case PortSpec.Any _ -> service.ports();
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) ->
          one(service.ports().stream().filter(p -> p.number() == number).toList(), protocol);
      case PortSpec.Named(String name, Optional<Protocol> protocol) ->
          one(service.ports().stream().filter(p -> p.name().equals(name)).toList(), protocol);
      case PortSpec.Icmp _, PortSpec.Wrong _ -> List.of();
    };
  }

  /** Without a protocol TCP is meant when the port has it, else the one that it has. */
  private static List<Service.Port> one(List<Service.Port> ports, Optional<Protocol> protocol) {
    Protocol wanted = protocol.orElse(Protocol.TCP);
    List<Service.Port> exact = ports.stream().filter(p -> p.protocol() == wanted).toList();
    return exact.isEmpty() && protocol.isEmpty() ? ports.stream().limit(1).toList() : exact;
  }

  private void refusePort(Service service, PortSpec asked) {
    String name = "Service " + service.namespace() + "/" + service.name();
    List<String> known =
        service.ports().stream()
            .map(p ->
                service.id()
                    + ":"
                    + p.number()
                    + "/"
                    + p.protocol().name().toLowerCase(Locale.ROOT))
            .toList();
    switch (asked) {
      case PortSpec.Icmp _ ->
          refuse(
              "PV064",
              "the address of " + name + " answers no ping; ask for the pods behind it",
              known);
      case PortSpec.Any _ -> refuse("PV064", name + " has no ports", List.of());
      case PortSpec.Numbered _, PortSpec.Named _, PortSpec.Wrong _ ->
          refuse("PV064", name + " has no such port", known);
    }
  }

  /** A headless Service only gives names to pods: they are called by their own address and port. */
  private void headless(List<Goal.End> sources, Goal.Called called) {
    Service service = called.service();
    List<Service.Port> ports = ports(service, called.port());
    boolean anyNumber =
        called.port() instanceof PortSpec.Numbered || called.port() instanceof PortSpec.Icmp;
    if (ports.isEmpty() && !anyNumber) {
      refusePort(service, called.port());
      return;
    }
    notes.add(
        service.id() + " is headless: its name resolves to its pods, and no port is translated");
    List<Service.Port> whose = ports.isEmpty() ? service.ports() : ports;
    for (Goal.End from : sources) {
      for (Service.Port port : whose) {
        for (Service.Backend backend : port.backends()) {
          PortSpec own =
              anyNumber
                  ? called.port()
                  : new PortSpec.Numbered(backend.port(), Optional.of(port.protocol()));
          bench
              .universe()
              .endpoint(backend.endpoint())
              .ifPresent(to ->
                  common(from.judged(), to).forEach(f -> pair(from, Goal.End.of(to), own, f)));
        }
      }
    }
    if (asks.isEmpty()) {
      refuse("PV069", service.id() + " has no endpoints: its name resolves to nothing", List.of());
    }
  }
}
