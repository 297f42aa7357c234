package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.provision.Allowance;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.core.model.provision.Allowance.Port;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.baseline.Demands.Wanted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The provisions that every namespace with the same demands gets. */
final class DefaultProvisions {
  private static final List<Protocol> LOOKUPS = List.of(Protocol.UDP, Protocol.TCP);
  private static final int DNS = 53;

  private final BaselineQuestion question;
  private final Bench bench;
  private final Demands demands;

  DefaultProvisions(BaselineQuestion question, Bench bench, Demands demands) {
    this.question = question;
    this.bench = bench;
    this.demands = demands;
  }

  /** Namespaces that get the same. */
  private record Zone(String group, Map<Item, Demand> enforced) {}

  List<Provision> all() {
    Map<Zone, List<String>> zones = new LinkedHashMap<>();
    demands
        .all()
        .forEach((name, wanted) -> {
          Zone zone = new Zone(wanted.group(), relevant(wanted));
          zones.computeIfAbsent(zone, _ -> new ArrayList<>()).add(name);
        });
    List<Provision> out = new ArrayList<>();
    Set<String> taken = new TreeSet<>();
    zones.forEach((zone, names) -> {
      Provision one = provision(zone, names);
      if (!one.isolates().isEmpty()) {
        boolean free = !question.namespaces().isEmpty() || taken.add(one.name());
        out.add(free ? one : one.named(one.name() + "-" + out.size()));
      }
    });
    return out;
  }

  /** Empty for those of single namespaces, which have a name of their own anyway. */
  private String suffix(Zone zone, List<String> names) {
    if (!question.namespaces().isEmpty()) {
      return "";
    }
    boolean first = (!zone.enforced().equals(usual()) && zone.group().isEmpty()) || excepted(names);
    return Apart.name(
        (zone.group().isEmpty() ? "" : "-" + zone.group()) + (first ? "-" + names.getFirst() : ""));
  }

  private static Map<Item, Demand> relevant(Wanted wanted) {
    Map<Item, Demand> out = new TreeMap<>(wanted.enforced());
    out.keySet().retainAll(Set.of(Item.INGRESS, Item.EGRESS, Item.SAME_NAMESPACE, Item.DNS));
    return out;
  }

  private Provision provision(Zone zone, List<String> names) {
    Set<Direction> isolates = EnumSet.noneOf(Direction.class);
    List<Allowance> allows = new ArrayList<>();
    if (zone.enforced().get(Item.INGRESS) == Demand.DENY) {
      isolates.add(Direction.INGRESS);
    }
    if (zone.enforced().get(Item.EGRESS) == Demand.DENY) {
      isolates.add(Direction.EGRESS);
    }
    if (zone.enforced().get(Item.SAME_NAMESPACE) == Demand.ALLOW) {
      isolates.forEach(d -> allows.add(new Allowance(d, new Peer.SameNamespace(), List.of())));
    }
    if (isolates.contains(Direction.EGRESS) && zone.enforced().get(Item.DNS) == Demand.ALLOW) {
      allows.addAll(lookups());
    }
    boolean usual = zone.enforced().equals(usual());
    String name = "baseline" + suffix(zone, names);
    boolean rest = usual && zone.group().isEmpty() && question.namespaces().isEmpty();
    Scope scope = rest ? new Scope.AllBut(others(names), names) : new Scope.Named(names);
    return new Provision(name, scope, Map.of(), isolates, allows, says(isolates, allows));
  }

  private boolean excepted(List<String> names) {
    return demands.of(names.getFirst()).filter(w -> !w.waived().isEmpty()).isPresent();
  }

  private static String says(Set<Direction> isolates, List<Allowance> allows) {
    String what =
        isolates.size() == 2
            ? "ingress and egress"
            : isolates.contains(Direction.INGRESS) ? "ingress" : "egress";
    return "default deny of " + what + (allows.isEmpty() ? "" : ", with name lookups allowed");
  }

  private Map<Item, Demand> usual() {
    Map<Item, Demand> out = new TreeMap<>(question.baseline().defaults());
    out.keySet().retainAll(Set.of(Item.INGRESS, Item.EGRESS, Item.SAME_NAMESPACE, Item.DNS));
    out.values().removeIf(d -> d == Demand.ANY);
    return out;
  }

  private List<String> others(List<String> own) {
    Set<String> out = new TreeSet<>(demands.leftOut());
    question.baseline().system().names().stream().filter(n -> !n.contains("*")).forEach(out::add);
    out.addAll(demands.all().keySet());
    own.forEach(out::remove);
    return List.copyOf(out);
  }

  /** The resolvers that the input shows, by the pods behind them and the ports that these serve. */
  private List<Allowance> lookups() {
    Map<Peer, List<Port>> out = new LinkedHashMap<>();
    Targets targets = new Targets(bench);
    List<String> onNode = new ArrayList<>();
    for (Need need : bench.surroundings().needs()) {
      if (need.kind() == Need.Kind.NAMES_ON_NODE
          && need.called() instanceof Called.AddressPort(IpAddress address, var _, int _)) {
        onNode.add(Targets.cidr(address));
      }
      if (need.kind() == Need.Kind.NAMES && need.called() instanceof Called.ServicePort called) {
        servers(called)
            .forEach((server, port) ->
                targets
                    .of(server, Item.DNS)
                    .ifPresent(peer -> add(out, peer, port, List.of(called.protocol()))));
      }
    }
    if (!onNode.isEmpty()) {
      add(out, new Peer.OwnNode(onNode), DNS, LOOKUPS);
    }
    question
        .baseline()
        .known()
        .resolvers()
        .forEach(a -> add(out, new Peer.Range(List.of(Targets.cidr(a))), DNS, LOOKUPS));
    if (out.isEmpty()) {
      add(out, new Peer.Pods("kube-system", Map.of("k8s-app", "kube-dns")), DNS, LOOKUPS);
    }
    List<Allowance> allows = new ArrayList<>();
    out.forEach((peer, ports) -> allows.add(new Allowance(Direction.EGRESS, peer, ports)));
    return allows;
  }

  private static void add(
      Map<Peer, List<Port>> out, Peer peer, int number, List<Protocol> protocols) {
    List<Port> ports = out.computeIfAbsent(peer, _ -> new ArrayList<>());
    protocols.forEach(p -> ports.add(new Port(p, number)));
  }

  private Map<Endpoint, Integer> servers(Called.ServicePort called) {
    Map<Endpoint, Integer> out = new LinkedHashMap<>();
    for (Service service : bench.universe().services()) {
      if (service.id().equals(called.service())) {
        service.ports().stream()
            .filter(p -> p.protocol() == called.protocol() && p.number() == called.port())
            .flatMap(p -> p.backends().stream())
            .forEach(
                b -> bench.universe().endpoint(b.endpoint()).ifPresent(e -> out.put(e, b.port())));
      }
    }
    return out;
  }
}
