package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints by the addresses that are surely theirs; a node wins over the pods on its network.
 */
final class Addressed {
  private final Map<IpAddress, Endpoint> byAddress = new HashMap<>();

  Addressed(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      if (endpoint.addresses().exact()) {
        for (IpSet.Range range : endpoint.addresses().set().ranges()) {
          byAddress.merge(range.first(), endpoint, Addressed::first);
          byAddress.merge(range.last(), endpoint, Addressed::first);
        }
      }
    }
  }

  private static Endpoint first(Endpoint before, Endpoint after) {
    return before.kind() == Kind.HOST_POD && after.kind() == Kind.NODE ? after : before;
  }

  Optional<Endpoint> at(IpAddress address) {
    return Optional.ofNullable(byAddress.get(address));
  }
}
