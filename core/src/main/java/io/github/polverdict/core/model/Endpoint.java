package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * One end of a flow: a pod (or the pod that a workload would have), a node, or a range of outside
 * addresses that every policy treats alike.
 *
 * @param id unique: {@code shop/web-1} for a pod, {@code shop/web[Deployment]} for a workload's
 *     would-be pod, {@code node/n1}, {@code 10.0.0.0-10.0.0.255}
 * @param owner what it is shown and grouped as
 * @param ports the container ports that have names, in the order of the containers
 * @param node name of the node it runs on (its own name for a node); empty when not known
 */
public record Endpoint(
    String id,
    Kind kind,
    Owner owner,
    Facts facts,
    Addresses addresses,
    List<NamedPort> ports,
    Optional<String> node,
    Origin origin) {

  /** The workload that an endpoint belongs to; a bare pod owns itself. */
  public record Owner(String kind, String name) {}

  /**
   * What selectors can ask of an endpoint. Empty strings and {@link Labels#NONE} where it has none.
   *
   * @param serviceAccount its name
   * @param nodeLabels of the node that a pod runs on; a node's own are its labels
   */
  public record Facts(
      String namespace,
      Labels labels,
      Labels namespaceLabels,
      String serviceAccount,
      Labels serviceAccountLabels,
      Labels nodeLabels) {
    public static final Facts NONE = new Facts("", Labels.NONE, Labels.NONE, "");

    public Facts(String namespace, Labels labels, Labels namespaceLabels, String serviceAccount) {
      this(namespace, labels, namespaceLabels, serviceAccount, Labels.NONE, Labels.NONE);
    }
  }

  /**
   * A name that a container gives to one of its ports.
   *
   * @param init whether an init container (a native sidecar) declares it
   */
  public record NamedPort(String name, Protocol protocol, int number, boolean init) {}

  public Endpoint {
    ports = List.copyOf(ports);
  }

  /**
   * Whether it may stand for more than one pod: the would-be pod of a workload, or the stand-in of
   * a namespace that could not be read. Its traffic to itself may be traffic between two pods.
   */
  public boolean mayBeSeveral() {
    return kind != Kind.NODE && (id.endsWith("]") || id.endsWith("/*"));
  }

  /** The labels that a selector of the scope asks. */
  public Labels labels(Selector.Scope scope) {
    return switch (scope) {
      case ENDPOINT -> facts.labels();
      case NAMESPACE -> facts.namespaceLabels();
      case SERVICE_ACCOUNT -> facts.serviceAccountLabels();
      case NODE -> kind == Kind.NODE ? facts.labels() : facts.nodeLabels();
    };
  }

  /** The same endpoint with other addresses. */
  public Endpoint with(Addresses other) {
    return new Endpoint(id, kind, owner, facts, other, ports, node, origin);
  }

  /** The same endpoint on a node of that name; what is known of the node's labels stays. */
  public Endpoint on(String name) {
    return new Endpoint(id, kind, owner, facts, addresses, ports, Optional.of(name), origin);
  }

  public String namespace() {
    return facts.namespace();
  }

  /** {@code shop/web[Deployment]}, {@code node/n1}, {@code 10.0.0.0-10.0.0.255}. */
  public String shownAs() {
    return switch (kind) {
      case POD, HOST_POD -> namespace() + "/" + owner.name() + "[" + owner.kind() + "]";
      case NODE, NETWORK_SET, EXTERNAL -> id;
    };
  }
}
