package io.github.polverdict.questions.probe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Flow.Target;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.naming.Goal;
import io.github.polverdict.questions.naming.PortSpec;
import io.github.polverdict.questions.words.Reasons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the addresses that a destination can be called by, for every source; none twice. */
final class Trials {
  private final Bench bench;
  private final List<Goal.End> sources;
  private final Map<List<Object>, Prediction> found = new LinkedHashMap<>();

  Trials(Bench bench, List<Goal.End> sources) {
    this.bench = bench;
    this.sources = sources;
  }

  List<Prediction> all() {
    return List.copyOf(found.values());
  }

  /** By its own address, and by the cluster address of every Service that leads there. */
  void endpoint(Endpoint to, PortSpec port) {
    switch (port) {
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) ->
          endpoint(to, protocol.orElse(Protocol.TCP), number);
      case PortSpec.Named(String name, Optional<Protocol> protocol) ->
          to.ports().stream()
              .filter(p -> p.name().equals(name))
              .filter(p -> protocol.map(p.protocol()::equals).orElse(true))
              .forEach(p -> endpoint(to, p.protocol(), p.number()));
      case PortSpec.Any _, PortSpec.Icmp _, PortSpec.Wrong _ ->
          throw new IllegalArgumentException("not a port: " + port);
    }
  }

  private void endpoint(Endpoint to, Protocol protocol, int port) {
    direct(to, protocol, port);
    for (Service service : bench.universe().services()) {
      service.ports().stream()
          .filter(p -> p.protocol() == protocol)
          .filter(p -> p.backends().contains(new Service.Backend(to.id(), port)))
          .forEach(p -> called(service, Via.CLUSTER_IP, p));
    }
  }

  private void direct(Endpoint to, Protocol protocol, int port) {
    for (IpAddress at : addresses(to)) {
      add(new Target.ToEndpoint(to), Via.POD_ADDRESS, protocol, port, at);
    }
  }

  /** One for each family; none of an endpoint that only may have them. */
  private static List<IpAddress> addresses(Endpoint endpoint) {
    boolean surely = endpoint.addresses().exact();
    return surely ? first(endpoint.addresses().set()) : List.of();
  }

  private static List<IpAddress> first(IpSet set) {
    return List.of(Family.values()).stream()
        .map(set::of)
        .filter(s -> !s.isEmpty())
        .map(s -> s.ranges().getFirst().first())
        .toList();
  }

  /** By the address that was asked for, and by those of the pods behind it. */
  void service(Service service, Via via, PortSpec asked) {
    for (Service.Port port : service.ports()) {
      if (means(asked, port)) {
        called(service, via, port);
        for (Service.Backend backend : port.backends()) {
          bench
              .universe()
              .endpoint(backend.endpoint())
              .ifPresent(to -> direct(to, port.protocol(), backend.port()));
        }
      }
    }
  }

  private static boolean means(PortSpec asked, Service.Port port) {
    return switch (asked) {
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) ->
          port.number() == number && protocol.map(port.protocol()::equals).orElse(true);
      case PortSpec.Named(String name, Optional<Protocol> protocol) ->
          port.name().equals(name) && protocol.map(port.protocol()::equals).orElse(true);
      case PortSpec.Any _, PortSpec.Icmp _, PortSpec.Wrong _ -> false;
    };
  }

  private void called(Service service, Via via, Service.Port port) {
    List<IpAddress> addresses =
        switch (via) {
          case CLUSTER_IP -> first(service.addresses());
          case LOAD_BALANCER -> first(service.external());
          case NODE_PORT ->
              bench.universe().endpoints().stream()
                  .filter(e -> e.kind() == Kind.NODE)
                  .flatMap(e -> addresses(e).stream())
                  .toList();
          case POD_ADDRESS -> List.of(); // a headless Service has none; its pods have
        };
    int number = via == Via.NODE_PORT ? port.nodePort() : port.number();
    Target target = new Target.ToService(service, via);
    addresses.forEach(at -> add(target, via, port.protocol(), number, at));
  }

  private void add(Target target, Via via, Protocol protocol, int port, IpAddress at) {
    for (Goal.End source : sources) {
      Endpoint from = source.judged();
      if (from.addresses().set().of(at.family()).isEmpty()) {
        continue;
      }
      Flow flow = new Flow(from, target, protocol, port, at.family());
      List<Object> key = List.of(from.id(), at, protocol, port);
      if (!found.containsKey(key)) {
        Verdict verdict = bench.judge().judge(flow);
        Trial trial = new Trial("t" + (found.size() + 1), flow, at);
        found.put(
            key,
            new Prediction(
                trial,
                via,
                verdict.outcome(),
                verdict.unrouted().isEmpty(),
                Reasons.of(verdict).sentence()));
      }
    }
  }
}
