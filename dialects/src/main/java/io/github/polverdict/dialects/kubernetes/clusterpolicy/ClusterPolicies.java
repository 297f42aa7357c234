package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Level;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Subject;
import io.github.polverdict.snapshot.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles cluster-wide policies: read and validate, bend, then turn into blocks that isolate
 * nobody. A policy's rank is its priority; policies of one priority have no order between them, the
 * rules of one policy have theirs (network-policy-api, api-overview.md).
 */
public final class ClusterPolicies {
  /** AdminNetworkPolicy and BaselineAdminNetworkPolicy. */
  public static final Set<PolicyKind> ADMIN =
      Set.of(
          PolicyKind.deciding("AdminNetworkPolicy"),
          PolicyKind.deciding("BaselineAdminNetworkPolicy"));

  /** ClusterNetworkPolicy. */
  public static final Set<PolicyKind> CLUSTER = Set.of(PolicyKind.deciding("ClusterNetworkPolicy"));

  private ClusterPolicies() {}

  /** Whether a document is one of these kinds, of whatever generation. */
  public static boolean is(Document document) {
    return Set.of("AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy")
        .contains(document.id().type());
  }

  /** Compiles one document of one of the kinds. */
  public static Compiled<List<Placed>> compile(Document document, ClusterReading reading) {
    ClusterPolicyReader.Read read = ClusterPolicyReader.read(document, reading.refusals());
    List<Placed> placed =
        switch (read) {
          case ClusterPolicyReader.Valid valid ->
              reading.bend().apply(valid.spec()).map(s -> placed(s, reading)).orElse(List.of());
          case ClusterPolicyReader.Refused refused ->
              PolicyCompiler.anything(document.id().text(), refused.subject(), refused.doubt())
                  .stream()
                  .map(block -> new Placed(reading.admin(), block))
                  .toList();
        };
    return new Compiled<>(placed, read.findings());
  }

  static Selector subject(Subject subject) {
    Selector namespaces = subject.namespaces().selector(Scope.NAMESPACE);
    Selector pods = subject.pods().map(q -> q.selector(Scope.ENDPOINT)).orElse(Selector.ALL);
    return Selector.and(Selector.pods(), namespaces, pods);
  }

  /** The blocks of a policy that has been read and bent. */
  public static List<Placed> placed(ClusterPolicySpec spec, ClusterReading reading) {
    String tier = spec.level() == Level.ADMIN ? reading.admin() : reading.baseline();
    List<Placed> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      List<Rule> rules = new ArrayList<>();
      List<RuleEntry> entries = spec.rules(direction);
      for (int i = 0; i < entries.size(); i++) {
        rules.addAll(rules(entries.get(i), reading.rank().of(spec, i), reading));
      }
      if (!rules.isEmpty()) {
        out.add(
            new Placed(
                tier,
                new Block(
                    spec.name(),
                    subject(spec.subject()),
                    direction,
                    false,
                    rules,
                    List.of(),
                    spec.document().at("spec").origin())));
      }
    }
    return out;
  }

  /** One rule for each peer, so that a decision points at the peer that decided. */
  private static List<Rule> rules(RuleEntry rule, int rank, ClusterReading reading) {
    // clusternetworkpolicy_types.go: a rule with an unknown peer fails closed
    if (rule.peers().stream().anyMatch(Peer.Unknown.class::isInstance)) {
      Rule deny =
          new Rule(
              rank,
              List.of(PeerSpec.ANYONE),
              List.of(TrafficSpec.ALL),
              Action.DENY,
              List.of(),
              rule.place().origin());
      return rule.action() == Action.ALLOW ? List.of() : List.of(deny);
    }
    List<Rule> out = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      Origin place = bent(peer.place().origin(), rule.bent());
      who(peer, reading)
          .ifPresent(who ->
              out.add(
                  new Rule(rank, List.of(who), traffic(rule), rule.action(), List.of(), place)));
    }
    return out;
  }

  private static Optional<PeerSpec> who(Peer peer, ClusterReading reading) {
    return switch (peer) {
      case Peer.Namespaces(var _, LabelQuery namespaces) ->
          Optional.of(
              new PeerSpec.Selected(
                  Selector.and(Selector.pods(), namespaces.selector(Scope.NAMESPACE))));
      case Peer.Pods(var _, LabelQuery namespaces, LabelQuery pods) ->
          Optional.of(
              new PeerSpec.Selected(
                  Selector.and(
                      Selector.pods(),
                      namespaces.selector(Scope.NAMESPACE),
                      pods.selector(Scope.ENDPOINT))));
      case Peer.Networks(var _, IpSet addresses) -> {
        boolean whole = addresses.equals(IpSet.ALL_V4) || addresses.equals(IpSet.ALL_V6);
        yield Optional.of(
            new PeerSpec.InRange(addresses, whole ? reading.byWholeRange() : reading.byAddress()));
      }
      case Peer.Nodes(var _, LabelQuery nodes) ->
          Optional.of(
              new PeerSpec.Selected(
                  Selector.and(
                      new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD)),
                      nodes.selector(Scope.NODE))));
      case Peer.PodsOnNodes(var _, LabelQuery nodes) ->
          Optional.of(
              new PeerSpec.Selected(Selector.and(Selector.pods(), nodes.selector(Scope.NODE))));
      case Peer.DomainNames names -> {
        String what = "the addresses of " + String.join(", ", names.names());
        Doubt doubt = new Doubt.KnownAtRuntime(what, names.place().origin());
        yield Optional.of(new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, doubt));
      }
      case Peer.Anyone _ -> Optional.of(PeerSpec.ANYONE);
      case Peer.Unknown _ -> Optional.empty();
    };
  }

  private static List<TrafficSpec> traffic(RuleEntry rule) {
    if (rule.everything()) {
      return List.of(TrafficSpec.ALL);
    }
    List<TrafficSpec> out = new ArrayList<>();
    TrafficSet numbers = TrafficSet.NONE;
    for (PortEntry entry : rule.ports()) {
      switch (entry) {
        case PortEntry.Numbers(var _, Protocol protocol, int first, int last) ->
            numbers = numbers.or(TrafficSet.of(protocol, first, last));
        case PortEntry.Named(var _, String name) ->
            out.add(named(name, Resolution.ON_THE_DESTINATION));
        case PortEntry.Declaring(var _, String name) ->
            out.add(named(name, Resolution.ALL_OF_THE_DESTINATION));
      }
    }
    if (!numbers.isEmpty()) {
      out.addFirst(new TrafficSpec.Numeric(numbers));
    }
    return out;
  }

  /** The name of whatever protocol, as the destination declares it. */
  private static TrafficSpec named(String name, Resolution resolution) {
    List<PortName> any =
        List.of(
            new PortName(Protocol.TCP, name),
            new PortName(Protocol.UDP, name),
            new PortName(Protocol.SCTP, name));
    return new TrafficSpec.Named(any, resolution, Selector.pods(), false, TrafficSet.NONE);
  }

  private static Origin bent(Origin place, Optional<Origin.BuiltIn> because) {
    return because.<Origin>map(b -> new Origin.Bent(place, b)).orElse(place);
  }
}
