package io.github.polverdict.dialects.azurenpm;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Operator;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the translation of a policy refuses, and then the whole policy with it, what it loses, and
 * what it makes of negations (npm/pkg/controlplane/translation of azure-container-networking,
 * translatePolicy.go with the Err* values, and parseSelector.go).
 */
final class Translation {
  static final String CIDR_LOST = "azure-npm.lite-linux-cidr-lost";
  private static final String NEGATION_LOST = "azure-npm.windows-negated-namespace";
  private static final String NOT_IN_SEVERAL = "azure-npm.not-in-several";
  private static final String LITE_EXCEPT = "azure-npm.lite-windows-except";

  /** No label has it. */
  private static final String NO_VALUE = "/";

  private Translation() {}

  /** The row for which the policy is skipped; empty when it is taken. */
  static Optional<Origin.BuiltIn> refuses(NetworkPolicySpec spec, Context context) {
    Stream<String> rows =
        Stream.of(
            "azure-npm.lite",
            "azure-npm.ipv6-block-skips-policy",
            "azure-npm.windows-untranslatable");
    NetworkPolicySpec read = translated(spec);
    return rows.filter(context::active)
        .filter(row -> holds(row, read, context))
        .findFirst()
        .map(context::origin);
  }

  /** What is looked at: a direction that policyTypes leaves out, or that is open to all, is not. */
  private static NetworkPolicySpec translated(NetworkPolicySpec spec) {
    return new NetworkPolicySpec(
        spec.document(),
        spec.subject(),
        spec.isolates(),
        translated(spec, Direction.INGRESS),
        translated(spec, Direction.EGRESS),
        Optional.empty());
  }

  private static List<RuleEntry> translated(NetworkPolicySpec spec, Direction direction) {
    List<RuleEntry> rules = spec.rules(direction);
    return spec.isolates().contains(direction)
            && rules.stream().noneMatch(r -> r.anyone() && r.everything())
        ? rules
        : List.of();
  }

  private static boolean holds(String row, NetworkPolicySpec spec, Context context) {
    return switch (row) {
      case "azure-npm.lite" ->
          spec.peers().stream().anyMatch(Peer.Pods.class::isInstance) || hasNamedPort(spec);
      case "azure-npm.ipv6-block-skips-policy" ->
          spec.blocks().stream().anyMatch(b -> b.addresses().overlaps(IpSet.ALL_V6));
      case String _ ->
          hasNamedPort(spec)
              || spec.portEntries().stream().anyMatch(e -> e.protocol() == Protocol.SCTP)
              || (hasExcept(spec) && !context.active(LITE_EXCEPT))
              || queries(spec).anyMatch(Translation::isNegative);
    };
  }

  private static boolean hasExcept(NetworkPolicySpec spec) {
    return spec.blocks().stream().anyMatch(b -> !b.except().isEmpty());
  }

  private static boolean hasNamedPort(NetworkPolicySpec spec) {
    return spec.portEntries().stream().anyMatch(e -> e.port().orElse(null) instanceof Port.Name);
  }

  /** What is looked at for negations: not the namespaces of egress rules. */
  private static Stream<LabelQuery> queries(NetworkPolicySpec spec) {
    Stream<LabelQuery> pods = pods(spec.peers().stream()).flatMap(p -> p.pods().stream());
    Stream<LabelQuery> from = namespaces(spec, Direction.INGRESS);
    return Stream.of(Stream.of(spec.subject()), pods, from).flatMap(s -> s);
  }

  private static Stream<Peer.Pods> pods(Stream<Peer> peers) {
    return peers.filter(Peer.Pods.class::isInstance).map(Peer.Pods.class::cast);
  }

  private static Stream<LabelQuery> namespaces(NetworkPolicySpec spec, Direction direction) {
    Stream<Peer> peers = spec.rules(direction).stream().flatMap(r -> r.peers().stream());
    return pods(peers).flatMap(p -> p.namespaces().stream());
  }

  /** The row for which it is not known what the policy becomes: some images lose a part of it. */
  static Optional<Origin.BuiltIn> loses(NetworkPolicySpec spec, Context context) {
    NetworkPolicySpec read = translated(spec);
    if (context.active(NEGATION_LOST)
        && namespaces(read, Direction.EGRESS).anyMatch(Translation::isNegative)) {
      return Optional.of(context.origin(NEGATION_LOST));
    }
    return context.active(LITE_EXCEPT) && hasExcept(read)
        ? Optional.of(context.origin(LITE_EXCEPT))
        : Optional.empty();
  }

  /** The policy as Linux' chains have it: each value of a NotIn is a match of its own. */
  static NetworkPolicySpec bent(NetworkPolicySpec spec, Context context) {
    if (!context.active(NOT_IN_SEVERAL)) {
      return spec;
    }
    return spec.mapRules(rule -> {
      List<Peer> peers = rule.peers().stream().map(Translation::excludingNone).toList();
      return peers.equals(rule.peers())
          ? rule
          : rule.withPeers(peers, context.origin(NOT_IN_SEVERAL));
    });
  }

  private static Peer excludingNone(Peer peer) {
    return peer instanceof Peer.Pods(var place, var pods, var namespaces)
        ? new Peer.Pods(place, pods, namespaces.map(Translation::excludingNone))
        : peer;
  }

  private static LabelQuery excludingNone(LabelQuery query) {
    return new LabelQuery(
        query.place(),
        query.requirements().stream()
            .map(r ->
                r.operator() == Operator.NOT_IN && r.values().size() > 1
                    ? new LabelQuery.Requirement(r.key(), Operator.NOT_IN, Set.of(NO_VALUE))
                    : r)
            .toList());
  }

  private static boolean isNegative(LabelQuery query) {
    return query.requirements().stream()
        .anyMatch(r -> r.operator() == Operator.NOT_IN || r.operator() == Operator.DOES_NOT_EXIST);
  }

  /** The rules by address once more, for any address, as they may have been programmed. */
  static List<Placed> forAnyAddress(List<Placed> placed, Doubt doubt) {
    PeerSpec anywhere = new PeerSpec.InRange(IpSet.ALL, Set.of(Kind.values()));
    List<Placed> out = new ArrayList<>();
    for (Placed each : placed) {
      List<Rule> rules =
          each.block().rules().stream()
              .filter(r -> r.peers().stream().anyMatch(PeerSpec.InRange.class::isInstance))
              .map(r -> r.withPeer(anywhere).onlyIf(doubt))
              .toList();
      if (!rules.isEmpty()) {
        out.add(new Placed(each.tier(), each.block().withRules(rules).isolating(false)));
      }
    }
    return out;
  }
}
