package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.table.Cells;
import io.github.polverdict.questions.tighten.TightenAnswer.Flaw;
import io.github.polverdict.questions.words.Quirks;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what the engine lets pass against what was declared, pair by pair of endpoints of which one
 * at least is covered. No NetworkPolicy selects nodes and pods on their network, nor speaks of ICMP
 * and other protocols without ports: of these it is only told what passes.
 */
final class Proof {
  private final Bench bench;
  private final Plan.Wanted wanted;
  private final Set<String> covered;
  private final IpSet called;
  private final Map<List<String>, Flaw> lacking = new LinkedHashMap<>();
  private final Map<List<String>, Flaw> open = new LinkedHashMap<>();
  private final Map<List<String>, Flaw> unsure = new LinkedHashMap<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private final Set<String> portless = new LinkedHashSet<>();

  Proof(Bench bench, Plan.Wanted wanted) {
    this.bench = bench;
    this.wanted = wanted;
    this.covered =
        wanted.covered().stream()
            .flatMap(p -> p.members().stream())
            .map(Endpoint::id)
            .collect(Collectors.toSet());
    this.called =
        IpSet.union(bench.universe().services().stream().map(Service::addresses).toList());
  }

  List<Flaw> lacking() {
    return List.copyOf(lacking.values());
  }

  List<Flaw> open() {
    return List.copyOf(open.values());
  }

  List<Flaw> unsure() {
    return List.copyOf(unsure.values());
  }

  /** What passes of which no NetworkPolicy can speak. */
  List<String> notes() {
    List<String> out = new ArrayList<>();
    if (!hosts.isEmpty()) {
      out.add(
          "no NetworkPolicy selects nodes and pods on their network; what passes between them and"
              + " covered workloads by this engine: "
              + examples(hosts));
    }
    if (!portless.isEmpty()) {
      out.add(
          "no NetworkPolicy speaks of ICMP and other protocols without ports; what of them passes"
              + " from and to covered workloads by this engine: "
              + examples(portless));
    }
    return out;
  }

  private static String examples(Set<String> pairs) {
    String first = pairs.iterator().next();
    return pairs.size() == 1 ? first : pairs.size() + " pairs, the first " + first;
  }

  void run() {
    calls();
    List<Endpoint> ends =
        bench.universe().endpoints().stream()
            .filter(e -> e.kind() == Kind.POD || onNode(e) || outside(e))
            .toList();
    for (Family family : bench.families()) {
      Cells cells = new Cells(bench, family);
      for (Endpoint from : ends) {
        List<Link> own = from(from);
        boolean mine = covered.contains(from.id());
        for (Endpoint to : ends) {
          boolean asked = !from.id().equals(to.id()) && (mine || covered.contains(to.id()));
          if (asked && cells.meet(from, to)) {
            Reach reach = cells.between(from, to);
            aside(from, to, reach.allowed());
            if (!onNode(from) && !onNode(to)) {
              pair(from, to, family, reach, own);
            }
          }
        }
      }
    }
  }

  private static boolean onNode(Endpoint endpoint) {
    return endpoint.kind() == Kind.HOST_POD || endpoint.kind() == Kind.NODE;
  }

  private void aside(Endpoint from, Endpoint to, TrafficSet allowed) {
    String pair = from.shownAs() + " -> " + to.shownAs();
    if ((onNode(from) || onNode(to)) && !allowed.and(Link.EVERY_PORT).isEmpty()) {
      hosts.add(pair);
    }
    if (!onNode(from) && !onNode(to) && !allowed.minus(Link.EVERY_PORT).isEmpty()) {
      portless.add(pair);
    }
  }

  /** Addresses of Services are no destination: whoever calls them gets to pods. */
  private boolean outside(Endpoint endpoint) {
    return endpoint.kind() == Kind.EXTERNAL && !endpoint.addresses().set().subsetOf(called);
  }

  private List<Link> from(Endpoint source) {
    return wanted.links().stream().filter(l -> l.from().has(source)).toList();
  }

  /**
   * Whether calls of Services come out as those of the pods behind them should; how a pod reaches
   * itself that way is no policy's matter.
   */
  private void calls() {
    for (Pods pods : wanted.covered()) {
      Endpoint from = pods.members().getFirst();
      List<Link> own = from(from);
      for (Service service : bench.universe().services()) {
        for (Family family : bench.families()) {
          boolean both =
              !service.addresses().of(family).isEmpty()
                  && !from.addresses().set().of(family).isEmpty();
          service.ports().stream()
              .filter(p -> both && p.backends().stream().noneMatch(b -> pods.has(b.endpoint())))
              .forEach(p -> call(from, service, p, family, own));
        }
      }
    }
  }

  private void call(
      Endpoint from, Service service, Service.Port port, Family family, List<Link> own) {
    long behind = port.backends().size();
    long meant = port.backends().stream().filter(b -> meant(from, b, port, own)).count();
    Flow.Target target = new Flow.Target.ToService(service, Via.CLUSTER_IP);
    Verdict verdict =
        bench.judge().judge(new Flow(from, target, port.protocol(), port.number(), family));
    List<String> key = List.of(from.shownAs(), service.id() + ":" + port.number());
    TrafficSet traffic = TrafficSet.of(port.protocol(), port.number(), port.number());
    boolean declared = wanted.services().contains(service.id());
    if (declared && behind > 0 && meant == behind && verdict.outcome() != Outcome.ALLOWED) {
      lacking.putIfAbsent(key, flaw(verdict, service.id(), traffic));
    } else if (meant == 0 && verdict.outcome() == Outcome.ALLOWED) {
      open.putIfAbsent(key, flaw(verdict, service.id(), traffic));
    }
  }

  private boolean meant(Endpoint from, Service.Backend backend, Service.Port port, List<Link> own) {
    return bench
        .universe()
        .endpoint(backend.endpoint())
        .filter(to ->
            own.stream()
                .anyMatch(l -> l.between(from, to).contains(port.protocol(), backend.port())))
        .isPresent();
  }

  private void pair(Endpoint from, Endpoint to, Family family, Reach reach, List<Link> own) {
    TrafficSet meant = TrafficSet.NONE;
    for (Link link : own) {
      meant = meant.or(link.between(from, to));
    }
    add(from, to, family, meant.minus(reach.allowed()), lacking);
    add(from, to, family, reach.allowed().and(Link.EVERY_PORT).minus(meant), open);
    add(from, to, family, reach.unknown().and(Link.EVERY_PORT).minus(meant), unsure);
  }

  /** The first of each pair of workloads stands for all. */
  private void add(
      Endpoint from,
      Endpoint to,
      Family family,
      TrafficSet traffic,
      Map<List<String>, Flaw> flaws) {
    List<String> key = List.of(from.shownAs(), to.shownAs());
    Optional<Sample> sample = flaws.containsKey(key) ? Optional.empty() : Sample.of(traffic);
    if (sample.isPresent()) {
      Verdict verdict = bench.judge().judge(sample.get().flow(from, to, family));
      flaws.put(key, flaw(verdict, to.shownAs(), traffic));
    }
  }

  private static Flaw flaw(Verdict verdict, String to, TrafficSet traffic) {
    Reason reason =
        verdict.outcome() == Outcome.UNKNOWN
            ? new Reason("", Reasons.doubts(verdict.doubts()), Optional.empty(), List.of())
            : Reasons.of(verdict);
    return new Flaw(
        verdict.flow().from().shownAs(),
        to,
        traffic,
        verdict.outcome(),
        reason,
        Quirks.of(verdict));
  }
}
