package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The Services of a bench that have a cluster address, and what becomes of calls to it. */
final class Services {
  private final Bench bench;
  private final Map<String, Service> byId = new TreeMap<>();
  private final Map<Source, Optional<Outcome>> outcomes = new HashMap<>();

  /** Sources that are alike for a call. */
  private record Source(Family family, int index, String node, Side.Called called) {}

  Services(Bench bench) {
    this.bench = bench;
    for (Service service : bench.universe().services()) {
      if (!service.type().equals("Headless") && !service.type().equals("ExternalName")) {
        byId.put(service.id(), service);
      }
    }
  }

  Set<String> ids() {
    return byId.keySet();
  }

  List<Side.Called> ports(String id) {
    List<Side.Called> out = new ArrayList<>();
    for (Service service : service(id).stream().toList()) {
      for (Service.Port port : service.ports()) {
        out.add(new Side.Called(id, Via.CLUSTER_IP, port.protocol(), port.number()));
        if (port.nodePort() != 0) {
          out.add(new Side.Called(id, Via.NODE_PORT, port.protocol(), port.nodePort()));
        }
        if (!service.external().isEmpty()) {
          out.add(new Side.Called(id, Via.LOAD_BALANCER, port.protocol(), port.number()));
        }
      }
    }
    return out;
  }

  private Optional<Service> service(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The endpoints behind a port, each with its own port. */
  List<Service.Backend> backends(Side.Called called) {
    return service(called.service()).stream()
        .flatMap(s -> s.ports().stream())
        .filter(p -> p.protocol() == called.protocol() && number(p, called.via()) == called.port())
        .flatMap(p -> p.backends().stream())
        .toList();
  }

  private static int number(Service.Port port, Via via) {
    return via == Via.NODE_PORT ? port.nodePort() : port.number();
  }

  /** The outcome for the one port; what differs by source is unknown. */
  Optional<Reach> reach(List<Endpoint> from, Side.Called called, Family family) {
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    from.forEach(source -> outcome(source, called, family).ifPresent(outcomes::add));
    if (outcomes.isEmpty()) {
      return Optional.empty();
    }
    TrafficSet port = TrafficSet.of(called.protocol(), called.port(), called.port());
    Outcome outcome = outcomes.size() == 1 ? outcomes.iterator().next() : Outcome.UNKNOWN;
    return Optional.of(
        switch (outcome) {
          case ALLOWED -> new Reach(port, TrafficSet.NONE);
          case UNKNOWN -> new Reach(TrafficSet.NONE, port);
          case DENIED -> Reach.NOTHING;
        });
  }

  /** Judged once for sources that no rule tells apart and that are not behind the Service. */
  private Optional<Outcome> outcome(Endpoint from, Side.Called called, Family family) {
    if (from.addresses().set().of(family).isEmpty()) {
      return Optional.empty();
    }
    boolean behind = backends(called).stream().anyMatch(b -> b.endpoint().equals(from.id()));
    if (behind) {
      return judge(from, called, family).map(Verdict::outcome);
    }
    int index = bench.matrix(family).classOf(from);
    Source source = new Source(family, index, from.node().orElse(""), called);
    return outcomes.computeIfAbsent(source, _ -> judge(from, called, family).map(Verdict::outcome));
  }

  /** Empty when the Service is not there, or one of the two does not use the family. */
  Optional<Verdict> judge(Endpoint from, Side.Called called, Family family) {
    Optional<Service> service = service(called.service()).filter(s -> uses(s, family));
    return service
        .filter(_ -> !from.addresses().set().of(family).isEmpty())
        .map(s -> new Flow.Target.ToService(s, called.via()))
        .map(to ->
            bench.judge().judge(new Flow(from, to, called.protocol(), called.port(), family)));
  }

  private static boolean uses(Service service, Family family) {
    return service.addresses().isEmpty() || !service.addresses().of(family).isEmpty();
  }
}
