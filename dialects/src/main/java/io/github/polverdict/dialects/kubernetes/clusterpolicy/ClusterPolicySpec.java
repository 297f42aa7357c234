package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A valid cluster-wide policy of either API version, with the place of everything in it. A dialect
 * bends it before it is compiled; every bend names its quirk.
 *
 * @param priority 0 to 1000, lowest first; 0 for a BaselineAdminNetworkPolicy
 */
public record ClusterPolicySpec(
    Document document,
    Level level,
    int priority,
    Subject subject,
    List<RuleEntry> ingress,
    List<RuleEntry> egress) {

  /** Before or after NetworkPolicies. */
  public enum Level {
    ADMIN,
    BASELINE
  }

  /** The pods that a policy is for; those of all selected namespaces when {@code pods} is empty. */
  public record Subject(Field place, LabelQuery namespaces, Optional<LabelQuery> pods) {}

  /**
   * One rule.
   *
   * @param everything whether {@code protocols} or {@code ports} is absent
   * @param bent the quirk that changed it
   */
  public record RuleEntry(
      Field place,
      Action action,
      List<Peer> peers,
      boolean everything,
      List<PortEntry> ports,
      Optional<Origin.BuiltIn> bent) {
    public RuleEntry {
      peers = List.copyOf(peers);
      ports = List.copyOf(ports);
    }

    public RuleEntry withPeers(List<Peer> others, Origin.BuiltIn because) {
      return new RuleEntry(place, action, others, everything, ports, Optional.of(because));
    }

    public RuleEntry withPorts(List<PortEntry> others, Origin.BuiltIn because) {
      return new RuleEntry(place, action, peers, everything, others, Optional.of(because));
    }

    /** The rule as one that is for all traffic. */
    public RuleEntry ofEverything(Origin.BuiltIn because) {
      return new RuleEntry(place, action, peers, true, List.of(), Optional.of(because));
    }

    /** The rule as one that denies everything to everybody, which is how it fails closed. */
    public RuleEntry denyingAll(Origin.BuiltIn because) {
      return new RuleEntry(
          place,
          Action.DENY,
          List.of(new Peer.Anyone(place)),
          true,
          List.of(),
          Optional.of(because));
    }
  }

  /** Who a rule speaks of. */
  public sealed interface Peer {
    Field place();

    /** All pods of namespaces. */
    record Namespaces(Field place, LabelQuery namespaces) implements Peer {}

    /** Pods by their labels and their namespaces'. */
    record Pods(Field place, LabelQuery namespaces, LabelQuery pods) implements Peer {}

    /** Addresses, those of pods and nodes too. */
    record Networks(Field place, IpSet addresses) implements Peer {}

    /** Nodes by their labels: every address of theirs. */
    record Nodes(Field place, LabelQuery nodes) implements Peer {}

    /** Pods by the labels of the nodes that they run on; only bends make it. */
    record PodsOnNodes(Field place, LabelQuery nodes) implements Peer {}

    /** Names whose addresses pods look up: exact, or {@code *.} for one or more labels. */
    record DomainNames(Field place, List<String> names) implements Peer {
      public DomainNames {
        names = List.copyOf(names);
      }
    }

    /** Everybody: what a rule that fails closed denies. */
    record Anyone(Field place) implements Peer {}

    /** A peer of which the API server kept no field; the text says to fail closed. */
    record Unknown(Field place) implements Peer {}
  }

  /** What traffic a rule speaks of. */
  public sealed interface PortEntry {
    Field place();

    /** Destination ports of one protocol, both ends included. */
    record Numbers(Field place, Protocol protocol, int first, int last) implements PortEntry {}

    /** The name of a container port of the destination, of any protocol. */
    record Named(Field place, String name) implements PortEntry {}

    /** Everything to a destination that declares the name of a port; only bends make it. */
    record Declaring(Field place, String name) implements PortEntry {}
  }

  public ClusterPolicySpec {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }

  /** {@code ClusterNetworkPolicy tenants}. */
  public String name() {
    return document.id().text();
  }

  public List<RuleEntry> rules(Direction direction) {
    return switch (direction) {
      case INGRESS -> ingress;
      case EGRESS -> egress;
    };
  }

  public Stream<RuleEntry> allRules() {
    return Stream.concat(ingress.stream(), egress.stream());
  }

  public Stream<Peer> peers() {
    return allRules().flatMap(r -> r.peers().stream());
  }

  /** Every rule of both directions, changed. */
  public ClusterPolicySpec mapRules(UnaryOperator<RuleEntry> change) {
    return withRules(ingress.stream().map(change).toList(), egress.stream().map(change).toList());
  }

  /** The same with other rules. */
  public ClusterPolicySpec withRules(List<RuleEntry> in, List<RuleEntry> out) {
    return new ClusterPolicySpec(document, level, priority, subject, in, out);
  }
}
