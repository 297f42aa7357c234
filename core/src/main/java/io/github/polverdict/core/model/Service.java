package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes Service as the datapath sees it.
 *
 * @param addresses its cluster addresses; empty for a headless one
 * @param external its load balancer and external addresses
 * @param localOnly whether outside traffic stays on the node that receives it
 *     (externalTrafficPolicy Local)
 * @param unsure why the backends may be others than these; empty when they are all
 */
public record Service(
    String namespace,
    String name,
    String type,
    IpSet addresses,
    IpSet external,
    boolean localOnly,
    List<Port> ports,
    Optional<Doubt> unsure,
    Origin origin) {

  /**
   * One port of a Service.
   *
   * @param name empty when it has none
   * @param nodePort 0 when it has none
   */
  public record Port(
      String name, Protocol protocol, int number, int nodePort, List<Backend> backends) {
    public Port {
      backends = List.copyOf(backends);
    }
  }

  /** Where a Service's port leads: an endpoint's id and the port on it. */
  public record Backend(String endpoint, int port) {}

  public Service {
    ports = List.copyOf(ports);
  }

  public String id() {
    return "svc/" + namespace + "/" + name;
  }
}
