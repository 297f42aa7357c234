package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpAddress.Family;
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
    /** The client's own policies refuse, those of whom it calls drop in silence. */
    REFUSED_OUTWARD,
    /** The same for IPv4; all IPv6 is dropped in silence. */
    REFUSED_OUTWARD_V4,
    NOT_DEFINED;

    /** What a client sees of a denial at one gate: one that is the same for all of them. */
    public Denial seen(Direction gate, Family family) {
      return switch (this) {
        case SILENT_DROP, REFUSED, NOT_DEFINED -> this;
        case REFUSED_OUTWARD -> gate == Direction.EGRESS ? REFUSED : SILENT_DROP;
        case REFUSED_OUTWARD_V4 ->
            family == Family.IPV4 ? REFUSED_OUTWARD.seen(gate, family) : SILENT_DROP;
      };
    }
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
