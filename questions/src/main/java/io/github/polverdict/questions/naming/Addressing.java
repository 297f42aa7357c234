package io.github.polverdict.questions.naming;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who is meant by an address or a range of addresses. */
final class Addressing {
  private final Universe universe;

  Addressing(Universe universe) {
    this.universe = universe;
  }

  /** A Service's cluster address or load balancer address. */
  Optional<Goal.Called> service(IpAddress address, PortSpec port) {
    for (Service service : universe.services()) {
      if (service.addresses().contains(address)) {
        return Optional.of(new Goal.Called(service, Via.CLUSTER_IP, port));
      }
      if (service.external().contains(address)) {
        return Optional.of(new Goal.Called(service, Via.LOAD_BALANCER, port));
      }
    }
    return Optional.empty();
  }

  /** The Service that has the port open on every node. */
  Optional<Goal.Called> nodePort(PortSpec port) {
    if (!(port instanceof PortSpec.Numbered numbered)) {
      return Optional.empty();
    }
    for (Service service : universe.services()) {
      for (Service.Port one : service.ports()) {
        boolean protocol = numbered.protocol().map(one.protocol()::equals).orElse(true);
        if (one.nodePort() != 0 && one.nodePort() == numbered.number() && protocol) {
          PortSpec own = new PortSpec.Numbered(one.number(), Optional.of(one.protocol()));
          return Optional.of(new Goal.Called(service, Via.NODE_PORT, own)); // its Service port
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whoever surely has addresses of the set, nodes before the pods on their network; then the
   * outside, and whoever could not be read and may have what is left.
   */
  List<Goal.End> ends(IpSet set, String asked) {
    List<Goal.End> out = new ArrayList<>();
    IpSet left = set;
    List<Endpoint> inside =
        universe.endpoints().stream()
            .filter(e -> e.kind() != Kind.EXTERNAL && e.addresses().exact())
            .filter(e -> e.addresses().set().overlaps(set))
            .sorted(Comparator.comparing(e -> e.kind() == Kind.HOST_POD))
            .toList();
    for (Endpoint endpoint : inside) {
      if (endpoint.kind() != Kind.HOST_POD || endpoint.addresses().set().overlaps(left)) {
        out.add(Goal.End.of(endpoint));
        left = left.minus(endpoint.addresses().set());
      }
    }
    for (Endpoint endpoint : universe.endpoints()) {
      IpSet part = endpoint.addresses().set().and(left);
      String name = part.equals(set) ? asked : part.toString();
      if (endpoint.kind() == Kind.EXTERNAL && !part.isEmpty()) {
        out.add(new Goal.End(outside(endpoint, part, name), endpoint));
      } else if (endpoint.owner().kind().equals(Names.HIDDEN) && !part.isEmpty()) {
        out.add(new Goal.End(hidden(endpoint, part), endpoint));
      }
    }
    return out;
  }

  /** A pod that could not be read, if the addresses are its own. */
  private static Endpoint hidden(Endpoint standIn, IpSet part) {
    return new Endpoint(
        standIn.id(),
        standIn.kind(),
        standIn.owner(),
        standIn.facts(),
        Addresses.exactly(part),
        standIn.ports(),
        standIn.node(),
        standIn.origin());
  }

  private static Endpoint outside(Endpoint range, IpSet part, String name) {
    return new Endpoint(
        name,
        Kind.EXTERNAL,
        new Endpoint.Owner("External", name),
        range.facts(),
        Addresses.exactly(part),
        List.of(),
        Optional.empty(),
        range.origin());
  }

  /** Whether a pod that does not run yet may get an address of the set. */
  boolean mayBeLaterPods(IpSet set) {
    return universe.endpoints().stream()
        .anyMatch(e ->
            e.kind() == Kind.POD
                && !e.owner().kind().equals(Names.HIDDEN)
                && !e.addresses().exact()
                && e.addresses().set().overlaps(set));
  }

  /** Stand-ins for pods that could not be read and may have an address of the set. */
  List<String> mayBeHidden(IpSet set) {
    return ends(set, "").stream()
        .filter(e -> e.cell().owner().kind().equals(Names.HIDDEN))
        .map(e -> e.cell().id())
        .toList();
  }
}
