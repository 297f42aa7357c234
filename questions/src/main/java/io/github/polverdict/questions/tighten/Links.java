package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.naming.FlowResolver;
import io.github.polverdict.questions.naming.Goal;
import io.github.polverdict.questions.naming.PortSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Understands declared flows. What can't be written as a NetworkPolicy is a problem. */
final class Links {
  private final Bench bench;
  private final FlowResolver resolver;
  private final boolean numbers;
  private final Map<String, List<Endpoint>> workloads = new LinkedHashMap<>();
  private final Set<Link> all = new LinkedHashSet<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> services = new LinkedHashSet<>();

  /**
   * For the flows of one question.
   *
   * @param numbers whether names of ports are written as the numbers that they have there
   */
  Links(Bench bench, String defaultNamespace, boolean numbers) {
    this.bench = bench;
    this.numbers = numbers;
    this.resolver = new FlowResolver(bench, defaultNamespace);
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (endpoint.kind() == Kind.POD) {
        workloads.computeIfAbsent(endpoint.shownAs(), _ -> new ArrayList<>()).add(endpoint);
      }
    }
  }

  /** All links; those of one end with the same ports and addresses outside are one. */
  Set<Link> all() {
    Map<List<Object>, Link> merged = new LinkedHashMap<>();
    for (Link link : all) {
      Object from = link.from() instanceof Peer.Addresses ? "outside" : link.from();
      Object to = link.to() instanceof Peer.Addresses ? "outside" : link.to();
      merged.merge(List.of(from, to, link.ports()), link, Links::both);
    }
    return new LinkedHashSet<>(merged.values());
  }

  private static Link both(Link one, Link other) {
    return new Link(both(one.from(), other.from()), both(one.to(), other.to()), one.ports());
  }

  private static Peer both(Peer one, Peer other) {
    return one instanceof Peer.Addresses(IpSet a) && other instanceof Peer.Addresses(IpSet b)
        ? new Peer.Addresses(a.or(b))
        : one;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  Set<String> problems() {
    return problems;
  }

  /** The ids of the Services that were declared as such. */
  Set<String> services() {
    return services;
  }

  /** The workload that is shown so. */
  Pods workload(String shown) {
    return new Pods(shown, workloads.getOrDefault(shown, List.of()));
  }

  private void refuse(List<Refusal> some, Declared flow) {
    String where = " (declared: " + flow.from() + " -> " + flow.to() + ")";
    some.forEach(r -> refusals.add(new Refusal(r.code(), r.message() + where, r.suggestions())));
  }

  void add(Declared flow) {
    Reply<List<Goal.End>> sources = resolver.from(flow.from());
    Reply<Goal> goal = resolver.to(flow.to());
    if (sources instanceof Reply.Refused<List<Goal.End>>(List<Refusal> r)) {
      refuse(r, flow);
    }
    if (goal instanceof Reply.Refused<Goal>(List<Refusal> r)) {
      refuse(r, flow);
    }
    if (sources instanceof Reply.Answered<List<Goal.End>>(List<Goal.End> ends)
        && goal instanceof Reply.Answered<Goal>(Goal meant)) {
      List<Peer> from = peers(ends, flow.from());
      switch (meant) {
        case Goal.Ends(List<Goal.End> to, PortSpec port) ->
            peers(to, flow.to())
                .forEach(peer -> ports(flow, port, peer).ifPresent(p -> link(from, peer, p)));
        case Goal.Called called -> called(from, called, flow);
      }
    }
  }

  private void link(List<Peer> from, Peer to, Set<Port> ports) {
    for (Peer source : from) {
      boolean outside = source instanceof Peer.Addresses && to instanceof Peer.Addresses;
      if (!outside && !source.equals(to)) {
        all.add(new Link(source, to, ports));
      }
    }
  }

  /**
   * Whole workloads where all of their pods are meant, else single pods; addresses as one. A block
   * is all of its addresses, whichever pods and nodes may have one of them.
   */
  private List<Peer> peers(List<Goal.End> ends, String words) {
    String named = words.replaceFirst(":[^:/]+(/[a-z]+)?$", "").replaceAll("[\\[\\]]", "");
    Optional<IpSet> block = IpSet.cidr(named);
    if (block.isPresent()) {
      return List.of(new Peer.Addresses(block.get()));
    }
    Map<String, List<Endpoint>> pods = new LinkedHashMap<>();
    List<IpSet> outside = new ArrayList<>();
    for (Goal.End end : ends) {
      switch (end.cell().kind()) {
        case POD ->
            pods.computeIfAbsent(end.cell().shownAs(), _ -> new ArrayList<>()).add(end.cell());
        case EXTERNAL, NETWORK_SET -> outside.add(end.judged().addresses().set());
        case HOST_POD, NODE ->
            problems.add(
                end.cell().id()
                    + " is on its node's network, which no NetworkPolicy selects; declare the"
                    + " node's address if it must be reached");
      }
    }
    List<Peer> out = new ArrayList<>();
    pods.forEach((shown, some) -> {
      boolean whole = new HashSet<>(some).containsAll(workloads.getOrDefault(shown, List.of()));
      if (whole) {
        out.add(new Peer.Labelled(workload(shown)));
      } else {
        some.forEach(pod -> out.add(new Peer.Labelled(new Pods(pod.id(), List.of(pod)))));
      }
    });
    if (!outside.isEmpty()) {
      out.add(new Peer.Addresses(IpSet.union(outside)));
    }
    return out;
  }

  /** The ports of a rule; none means every port. Empty when no rule can say them. */
  private Optional<Set<Port>> ports(Declared flow, PortSpec said, Peer to) {
    return switch (said) {
      case PortSpec.Any _ -> traffic(flow);
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) -> {
        Protocol which = protocol.orElse(Protocol.TCP);
        yield which.hasPorts()
            ? Optional.of(Set.of(new Port(which, "", number, number)))
            : unwritten(flow);
      }
      case PortSpec.Named(String name, Optional<Protocol> protocol) ->
          named(flow, name, protocol, to);
      case PortSpec.Icmp _ -> unwritten(flow);
      case PortSpec.Wrong(String why) -> {
        refusals.add(new Refusal("PV063", why, List.of()));
        yield Optional.empty();
      }
    };
  }

  private Optional<Set<Port>> traffic(Declared flow) {
    if (flow.traffic().isEmpty()) {
      return Optional.of(Set.of());
    }
    TrafficSet said = flow.traffic().get();
    Set<Port> ports = new LinkedHashSet<>(Port.of(said));
    boolean every = Link.EVERY_PORT.minus(said).isEmpty();
    return ports.isEmpty() ? unwritten(flow) : Optional.of(every ? Set.of() : ports);
  }

  private Optional<Set<Port>> unwritten(Declared flow) {
    problems.add(
        flow.words()
            + ": a NetworkPolicy speaks of ports of TCP, UDP and SCTP, and of nothing else");
    return Optional.empty();
  }

  private Optional<Set<Port>> named(
      Declared flow, String name, Optional<Protocol> protocol, Peer to) {
    Set<Port> out = new TreeSet<>();
    if (to instanceof Peer.Labelled(Pods pods)) {
      for (Endpoint pod : pods.members()) {
        pod.ports().stream()
            .filter(p -> p.name().equals(name) && protocol.map(p.protocol()::equals).orElse(true))
            .forEach(p ->
                out.add(
                    numbers
                        ? new Port(p.protocol(), "", p.number(), p.number())
                        : Port.named(p.protocol(), name)));
      }
    }
    if (out.isEmpty()) {
      String message = flow.words() + ": no container there gives a port the name '" + name + "'";
      refusals.add(new Refusal("PV065", message, List.of()));
      return Optional.empty();
    }
    return Optional.of(out);
  }

  /** What a Service's port leads to: the pods behind it, by their own ports. */
  private void called(List<Peer> from, Goal.Called called, Declared flow) {
    Service service = called.service();
    services.add(service.id());
    boolean any = false;
    for (Service.Port port : service.ports()) {
      if (!means(called.port(), port)) {
        continue;
      }
      any = true;
      Map<Integer, List<Goal.End>> behind = new LinkedHashMap<>();
      for (Service.Backend backend : port.backends()) {
        bench
            .universe()
            .endpoint(backend.endpoint())
            .ifPresent(e ->
                behind.computeIfAbsent(backend.port(), _ -> new ArrayList<>()).add(Goal.End.of(e)));
      }
      if (behind.isEmpty()) {
        problems.add(service.id() + " leads to no pod that is known");
      }
      behind.forEach((number, ends) ->
          peers(ends, service.name())
              .forEach(p -> link(from, p, Set.of(new Port(port.protocol(), "", number, number)))));
    }
    if (!any) {
      String message = flow.words() + ": Service " + service.id() + " has no such port";
      refusals.add(new Refusal("PV064", message, List.of()));
    }
  }

  private static boolean means(PortSpec asked, Service.Port port) {
    return switch (asked) {
      case PortSpec.Any _ -> true;
      case PortSpec.Numbered(int number, Optional<Protocol> protocol) ->
          port.number() == number && protocol.map(port.protocol()::equals).orElse(true);
      case PortSpec.Named(String name, Optional<Protocol> protocol) ->
          port.name().equals(name) && protocol.map(port.protocol()::equals).orElse(true);
      case PortSpec.Icmp _, PortSpec.Wrong _ -> false;
    };
  }
}
