package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which policies allow these flows and nothing else?
 *
 * @param namespaces whose workloads are covered, all of them; when there are none, the workloads
 *     that the flows name are, but for those of the system
 * @param dns whether covered workloads may look names up, declared or not
 * @param defaultNamespace the namespace of names that say none; empty for no such namespace
 */
public record TightenQuestion(
    List<Declared> flows, Set<String> namespaces, boolean dns, String defaultNamespace) {
  private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");

  public TightenQuestion {
    flows = List.copyOf(flows);
    namespaces = Set.copyOf(namespaces);
  }

  /** The plan in which ports that were declared by name have it. */
  public Reply<Plan> ask(Bench bench) {
    return ask(bench, false);
  }

  /** The plan without names of ports, for engines that do not read them as the specification. */
  public Reply<Plan> askInNumbers(Bench bench) {
    return ask(bench, true);
  }

  private Reply<Plan> ask(Bench bench, boolean numbers) {
    if (bench.model().planes().isEmpty()) {
      return refuse(
          "PV101", "no engine enforces policies here: whatever is written is only written");
    }
    Links links = new Links(bench, defaultNamespace, numbers);
    flows.forEach(links::add);
    if (!links.refusals().isEmpty()) {
      return new Reply.Refused<>(links.refusals().stream().distinct().toList());
    }
    TreeSet<Pods> covered = covered(bench, links);
    if (covered.isEmpty()) {
      String why = String.join("; ", links.problems());
      return refuse("PV060", nobody() + (why.isEmpty() ? "" : "; " + why));
    }
    List<String> notes = new ArrayList<>();
    Set<Link> lookups = dns ? lookups(bench, links, covered) : Set.of();
    if (dns && lookups.isEmpty()) {
      notes.add("no DNS Service is in the input: names can't be looked up unless that is declared");
    }
    Set<Link> others = new LinkedHashSet<>(links.all());
    others.removeIf(l -> lookups.stream().anyMatch(n -> says(n, l)));
    Drafting drafting = new Drafting(bench.universe().endpoints());
    List<Draft> drafts = new ArrayList<>(drafting.names(covered, lookups));
    drafts.addAll(drafting.of(covered, others));
    Set<String> problems = new LinkedHashSet<>(links.problems());
    problems.addAll(drafting.problems());
    others.addAll(lookups);
    Plan.Drafts all = new Plan.Drafts(drafts, notes, List.copyOf(problems));
    Plan.Wanted wanted = new Plan.Wanted(covered, others, links.services());
    return new Reply.Answered<>(new Plan(this, bench, wanted, all));
  }

  private String nobody() {
    return namespaces.isEmpty()
        ? "no workload is covered: declare flows of pods, or say -n NAMESPACE"
        : "no workload is covered: the input shows no pod of "
            + String.join(", ", new TreeSet<>(namespaces));
  }

  private static Reply<Plan> refuse(String code, String message) {
    return new Reply.Refused<>(List.of(new Refusal(code, message, List.of())));
  }

  private static boolean says(Link lookup, Link declared) {
    return lookup.from().equals(declared.from())
        && lookup.to().equals(declared.to())
        && !declared.ports().isEmpty()
        && lookup.ports().containsAll(declared.ports());
  }

  private TreeSet<Pods> covered(Bench bench, Links links) {
    TreeSet<Pods> out = new TreeSet<>();
    if (!namespaces.isEmpty()) {
      for (Endpoint endpoint : bench.universe().endpoints()) {
        if (endpoint.kind() == Kind.POD
            && namespaces.contains(endpoint.namespace())
            && !endpoint.id().endsWith("/*")) {
          out.add(links.workload(endpoint.shownAs()));
        }
      }
      return out;
    }
    for (Link link : links.all()) {
      for (Peer peer : List.of(link.from(), link.to())) {
        if (peer instanceof Peer.Labelled(Pods pods) && !SYSTEM.contains(pods.namespace())) {
          out.add(links.workload(pods.members().getFirst().shownAs()));
        }
      }
    }
    return out;
  }

  /** Who of the covered looks names up, and where. */
  private static Set<Link> lookups(Bench bench, Links links, Set<Pods> covered) {
    Set<Link> out = new LinkedHashSet<>();
    for (Need need : bench.surroundings().needs()) {
      if (need.kind() != Need.Kind.NAMES && need.kind() != Need.Kind.NAMES_ON_NODE) {
        continue;
      }
      for (Pods pods : covered) {
        if (pods.members().stream().anyMatch(m -> need.callers().contains(m.id()))) {
          servers(bench, links, need)
              .forEach(s -> out.add(new Link(new Peer.Labelled(pods), s.peer(), s.ports())));
        }
      }
    }
    return merged(out);
  }

  /** Ports of the same two ends put together. */
  private static Set<Link> merged(Set<Link> some) {
    Set<Link> out = new LinkedHashSet<>();
    for (Link link : some) {
      Set<Port> ports = new TreeSet<>();
      some.stream()
          .filter(l -> l.from().equals(link.from()) && l.to().equals(link.to()))
          .forEach(l -> ports.addAll(l.ports()));
      out.add(new Link(link.from(), link.to(), ports));
    }
    return out;
  }

  /** Who answers lookups, on what. */
  private record Server(Peer peer, Set<Port> ports) {}

  private static List<Server> servers(Bench bench, Links links, Need need) {
    return switch (need.called()) {
      case Need.Called.AddressPort(IpAddress address, Protocol protocol, int port) ->
          List.of(
              new Server(new Peer.Addresses(IpSet.of(address)), Set.of(number(protocol, port))));
      case Need.Called.Untold _ -> List.of();
      case Need.Called.EndpointPort(String id, Protocol protocol, int port) ->
          bench.universe().endpoint(id).stream()
              .map(e -> new Server(pods(links, e), Set.of(number(protocol, port))))
              .toList();
      case Need.Called.ServicePort(String id, Protocol protocol, int port) ->
          bench.universe().services().stream()
              .filter(s -> s.id().equals(id))
              .flatMap(s -> s.ports().stream())
              .filter(p -> p.protocol() == protocol && p.number() == port)
              .flatMap(p -> p.backends().stream())
              .flatMap(b -> server(bench, links, b, protocol).stream())
              .distinct()
              .toList();
    };
  }

  private static Optional<Server> server(
      Bench bench, Links links, Service.Backend backend, Protocol protocol) {
    return bench
        .universe()
        .endpoint(backend.endpoint())
        .filter(e -> e.kind() == Kind.POD)
        .map(e -> new Server(pods(links, e), Set.of(number(protocol, backend.port()))));
  }

  private static Peer pods(Links links, Endpoint endpoint) {
    return new Peer.Labelled(links.workload(endpoint.shownAs()));
  }

  private static Port number(Protocol protocol, int number) {
    return new Port(protocol, "", number, number);
  }
}
