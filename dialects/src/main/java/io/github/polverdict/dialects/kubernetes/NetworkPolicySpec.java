package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A valid NetworkPolicy with the place of everything in it. A dialect bends it step by step before
 * it is compiled; every bend names its quirk.
 *
 * @param isolates the directions in which its subjects are isolated: policyTypes, after defaulting
 */
public record NetworkPolicySpec(
    Document document,
    LabelQuery subject,
    Set<Direction> isolates,
    List<RuleEntry> ingress,
    List<RuleEntry> egress,
    Optional<Origin.BuiltIn> bent) {

  /**
   * One item of {@code ingress} or {@code egress}.
   *
   * @param anyone whether {@code from}/{@code to} is absent or empty, so that everybody is a peer
   * @param everything whether {@code ports} is absent or empty, so that all traffic is meant
   * @param bent the quirk that changed it
   */
  public record RuleEntry(
      Field place,
      boolean anyone,
      List<Peer> peers,
      boolean everything,
      List<PortEntry> ports,
      Optional<Origin.BuiltIn> bent) {
    public RuleEntry {
      peers = List.copyOf(peers);
      ports = List.copyOf(ports);
    }

    /** Its ipBlocks. */
    public List<Peer.Block> blocks() {
      return peers.stream()
          .filter(Peer.Block.class::isInstance)
          .map(Peer.Block.class::cast)
          .toList();
    }

    public RuleEntry withPeers(List<Peer> others, Origin.BuiltIn because) {
      return new RuleEntry(place, anyone, others, everything, ports, Optional.of(because));
    }

    public RuleEntry withPorts(List<PortEntry> others, Origin.BuiltIn because) {
      return new RuleEntry(place, anyone, peers, everything, others, Optional.of(because));
    }

    public RuleEntry because(Origin.BuiltIn because) {
      return new RuleEntry(place, anyone, peers, everything, ports, Optional.of(because));
    }
  }

  /** Who a rule speaks of. */
  public sealed interface Peer {
    Field place();

    /**
     * Pods by their labels and their namespace's; an absent namespaceSelector means the own one.
     */
    record Pods(Field place, Optional<LabelQuery> pods, Optional<LabelQuery> namespaces)
        implements Peer {}

    /**
     * Addresses.
     *
     * @param addresses those of {@code cidr}, read as the API server reads it
     * @param strict whether strict readers also take {@code cidr} and every {@code except}
     */
    record Block(Field place, IpSet addresses, List<IpSet> except, boolean strict) implements Peer {
      public Block {
        except = List.copyOf(except);
      }

      /** The range's addresses without the excepted ones. */
      public IpSet net() {
        return addresses.minus(IpSet.union(except));
      }

      /** Whether {@code cidr} is a whole family, {@code 0.0.0.0/0} or {@code ::/0}. */
      public boolean whole() {
        return addresses.equals(IpSet.ALL_V4) || addresses.equals(IpSet.ALL_V6);
      }
    }
  }

  /**
   * One item of {@code ports}.
   *
   * @param port absent for every port of the protocol
   */
  public record PortEntry(Field place, Protocol protocol, Optional<Port> port) {}

  /** A port by number or by name. */
  public sealed interface Port {
    /** {@code port}, and {@code endPort} when there is one. */
    record Number(int first, OptionalInt end) implements Port {}

    /** A container port's name. */
    record Name(String name) implements Port {}
  }

  public NetworkPolicySpec {
    isolates = isolates.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(isolates));
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }

  public List<RuleEntry> rules(Direction direction) {
    return switch (direction) {
      case INGRESS -> ingress;
      case EGRESS -> egress;
    };
  }

  public String namespace() {
    return document.id().namespace();
  }

  /** {@code NetworkPolicy shop/web}. */
  public String name() {
    return document.id().text();
  }

  /** Every rule of both directions, changed. */
  public NetworkPolicySpec mapRules(UnaryOperator<RuleEntry> change) {
    return new NetworkPolicySpec(
        document,
        subject,
        isolates,
        ingress.stream().map(change).toList(),
        egress.stream().map(change).toList(),
        bent);
  }

  /** Every rule of ingress, changed. */
  public NetworkPolicySpec mapIngress(UnaryOperator<RuleEntry> change) {
    List<RuleEntry> changed = ingress.stream().map(change).toList();
    return new NetworkPolicySpec(document, subject, isolates, changed, egress, bent);
  }

  /** Isolating in another direction too, because of a quirk. */
  public NetworkPolicySpec isolatingAlso(Direction direction, Origin.BuiltIn because) {
    Set<Direction> both = EnumSet.of(direction);
    both.addAll(isolates);
    return new NetworkPolicySpec(document, subject, both, ingress, egress, Optional.of(because));
  }

  /** Every port entry of every rule. */
  public List<PortEntry> portEntries() {
    return rules().flatMap(r -> r.ports().stream()).toList();
  }

  /** Every peer of every rule. */
  public List<Peer> peers() {
    return rules().flatMap(r -> r.peers().stream()).toList();
  }

  /** Every ipBlock of every rule. */
  public List<Peer.Block> blocks() {
    return rules().flatMap(r -> r.blocks().stream()).toList();
  }

  private Stream<RuleEntry> rules() {
    return Stream.concat(ingress.stream(), egress.stream());
  }
}
