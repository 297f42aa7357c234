package io.github.polverdict.questions.calls;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges calls by what they are for: the address family that works best counts. */
public final class CallJudge {
  private final Bench bench;
  private final Map<String, Service> services = new HashMap<>();
  private final List<Endpoint> outside;

  public CallJudge(Bench bench) {
    this.bench = bench;
    bench.universe().services().forEach(s -> services.put(s.id(), s));
    this.outside =
        bench.universe().endpoints().stream().filter(e -> e.kind() == Kind.EXTERNAL).toList();
  }

  /** A Service by its id, {@code svc/shop/web}. */
  public Optional<Service> service(String id) {
    return Optional.ofNullable(services.get(id));
  }

  /** Ranges of addresses outside of the cluster. */
  public List<Endpoint> outside() {
    return outside;
  }

  /** What becomes of a call; empty when the other end is not there, or no family is common. */
  public Optional<Verdict> judge(Endpoint caller, Called called) {
    return switch (called) {
      case Called.ServicePort(String service, Protocol protocol, int port) ->
          service(service).flatMap(s -> judge(caller, s, new Sample(protocol, port)));
      case Called.EndpointPort(String id, Protocol protocol, int port) ->
          bench
              .universe()
              .endpoint(id)
              .flatMap(to -> judge(caller, to, new Sample(protocol, port)));
      case Called.AddressPort(IpAddress address, Protocol protocol, int port) ->
          outside.stream()
              .filter(e -> e.addresses().set().contains(address))
              .findFirst()
              .flatMap(to -> judge(caller, to, new Sample(protocol, port)));
      case Called.Untold _ -> Optional.empty();
    };
  }

  /** What becomes of a flow to an endpoint; the best verdict of all families. */
  public Optional<Verdict> judge(Endpoint from, Endpoint to, Sample traffic) {
    return best(
        families(from, to).stream()
            .map(f -> bench.judge().judge(traffic.flow(from, to, f)))
            .toList());
  }

  /** What becomes of a call of a Service's cluster address; the best verdict of all families. */
  public Optional<Verdict> judge(Endpoint from, Service service, Sample traffic) {
    return best(
        bench.families().stream()
            .filter(f -> has(from, f))
            .filter(f -> service.addresses().isEmpty() || !service.addresses().of(f).isEmpty())
            .map(f ->
                bench
                    .judge()
                    .judge(
                        new Flow(
                            from,
                            new Flow.Target.ToService(service, Via.CLUSTER_IP),
                            traffic.protocol(),
                            traffic.number(),
                            f)))
            .toList());
  }

  private static Optional<Verdict> best(List<Verdict> verdicts) {
    for (Outcome wanted : List.of(Outcome.ALLOWED, Outcome.UNKNOWN)) {
      Optional<Verdict> found = verdicts.stream().filter(v -> v.outcome() == wanted).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return verdicts.stream().findFirst();
  }

  /** The families that both ends have addresses of. */
  public List<Family> families(Endpoint from, Endpoint to) {
    return bench.families().stream().filter(f -> has(from, f) && has(to, f)).toList();
  }

  /** Whether an endpoint has an address of a family. */
  public static boolean has(Endpoint endpoint, Family family) {
    return !endpoint.addresses().set().of(family).isEmpty();
  }

  /** What tells callers apart: those alike get the same verdict for the same reason. */
  public Object likeness(Endpoint caller, Called called) {
    Set<String> nodes = new TreeSet<>();
    switch (called) {
      case Called.ServicePort port ->
          service(port.service()).stream()
              .flatMap(s -> s.ports().stream())
              .flatMap(p -> p.backends().stream())
              .forEach(b -> node(b.endpoint()).ifPresent(nodes::add));
      case Called.EndpointPort port -> node(port.endpoint()).ifPresent(nodes::add);
      case Called.AddressPort _, Called.Untold _ -> {}
    }
    boolean byNode = bench.model().planes().stream().anyMatch(p -> p.nodes().isPresent());
    boolean near = caller.node().filter(nodes::contains).isPresent();
    List<Object> out = new ArrayList<>();
    bench.families().forEach(f -> out.add(bench.matrix(f).classOf(caller)));
    out.add(byNode || near ? caller.id() : caller.node().isPresent());
    out.add(caller.mayBeSeveral());
    return out;
  }

  private Optional<String> node(String endpoint) {
    return bench.universe().endpoint(endpoint).flatMap(Endpoint::node);
  }
}
