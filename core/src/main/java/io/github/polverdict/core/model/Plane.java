package io.github.polverdict.core.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One engine that enforces, with one version and one configuration. A flow passes only if every
 * plane lets it pass.
 *
 * @param name {@code calico 3.31}
 * @param nodes names of the nodes whose endpoints it judges; empty for all nodes
 * @param otherwise what becomes of a flow that no tier decided
 * @param redirects the calls that it sends elsewhere
 */
public record Plane(
    String name,
    Optional<Set<String>> nodes,
    View view,
    List<Tier> tiers,
    List<Passage> passages,
    Traits traits,
    Action otherwise,
    List<Redirect> redirects) {
  /**
   * What an engine does with flows beyond letting them pass or not.
   *
   * @param loopback names of the nodes on which it judges what a node, or a pod on its network,
   *     sends to itself; nobody else's such traffic leaves it
   */
  public record Traits(Established established, Denial denial, Mode mode, Set<String> loopback) {
    public static final Traits USUAL =
        new Traits(Established.SURVIVES, Denial.SILENT_DROP, Mode.ENFORCING);

    public Traits {
      loopback = Set.copyOf(loopback);
    }

    public Traits(Established established, Denial denial, Mode mode) {
      this(established, denial, mode, Set.of());
    }

    /** The same where the traffic of some nodes to themselves is judged, too. */
    public Traits judgingLoopbackOf(Set<String> nodes) {
      return new Traits(established, denial, mode, nodes);
    }

    /** Whether what an endpoint sends to itself is judged. */
    public boolean judgesItself(Endpoint endpoint) {
      boolean host = endpoint.kind() == Kind.NODE || endpoint.kind() == Kind.HOST_POD;
      return host && endpoint.node().filter(loopback::contains).isPresent();
    }
  }

  /** What happens to an open connection when a policy forbids it. */
  public enum Established {
    SURVIVES,
    IS_CUT,
    NOT_DEFINED
  }

  /** What the client sees of a denial. */
  public enum Denial {
    SILENT_DROP,
    REFUSED,
    NOT_DEFINED
  }

  /** Whether denials are carried out or only noted. */
  public enum Mode {
    ENFORCING,
    AUDITING
  }

  public Plane {
    tiers = List.copyOf(tiers);
    passages = List.copyOf(passages);
    redirects = List.copyOf(redirects);
  }
}
