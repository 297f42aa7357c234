package io.github.polverdict.dialects.azurenpm;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Block;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the translation of a policy refuses, and then the whole policy with it
 * (npm/pkg/controlplane/translation/translatePolicy.go of azure-container-networking, the Err*
 * values).
 */
final class Translation {
  static final String CIDR_LOST = "azure-npm.lite-linux-cidr-lost";

  private Translation() {}

  /** The row for which the policy is skipped; empty when it is taken. */
  static Optional<Origin.BuiltIn> refuses(NetworkPolicySpec spec, Context context) {
    Stream<String> rows =
        Stream.of(
            "azure-npm.lite",
            "azure-npm.ipv6-block-skips-policy",
            "azure-npm.windows-untranslatable");
    return rows.filter(context::active)
        .filter(row -> holds(row, spec))
        .findFirst()
        .map(context::origin);
  }

  private static boolean holds(String row, NetworkPolicySpec spec) {
    return switch (row) {
      case "azure-npm.lite" ->
          spec.peers().stream().anyMatch(Peer.Pods.class::isInstance) || hasNamedPort(spec);
      case "azure-npm.ipv6-block-skips-policy" ->
          spec.blocks().stream().anyMatch(b -> b.addresses().overlaps(IpSet.ALL_V6));
      case String _ ->
          hasNamedPort(spec)
              || spec.portEntries().stream().anyMatch(e -> e.protocol() == Protocol.SCTP)
              || spec.blocks().stream().anyMatch(b -> !b.except().isEmpty())
              || queries(spec).anyMatch(Translation::isNegative);
    };
  }

  private static boolean hasNamedPort(NetworkPolicySpec spec) {
    return spec.portEntries().stream().anyMatch(e -> e.port().orElse(null) instanceof Port.Name);
  }

  private static Stream<LabelQuery> queries(NetworkPolicySpec spec) {
    Stream<LabelQuery> ofPeers =
        spec.peers().stream()
            .filter(Peer.Pods.class::isInstance)
            .map(Peer.Pods.class::cast)
            .flatMap(p -> Stream.concat(p.pods().stream(), p.namespaces().stream()));
    return Stream.concat(Stream.of(spec.subject()), ofPeers);
  }

  private static boolean isNegative(LabelQuery query) {
    return query.requirements().stream()
        .anyMatch(r -> r.operator() == Operator.NOT_IN || r.operator() == Operator.DOES_NOT_EXIST);
  }

  /** The rules by address once more, for any address, as they may have been programmed. */
  static List<Placed> forAnyAddress(List<Placed> placed, Doubt doubt) {
    List<Placed> out = new ArrayList<>();
    for (Placed each : placed) {
      Block block = each.block();
      List<Rule> rules =
          block.rules().stream()
              .filter(r -> r.peers().stream().anyMatch(PeerSpec.InRange.class::isInstance))
              .map(r ->
                  new Rule(
                      r.rank(),
                      List.of(new PeerSpec.InRange(IpSet.ALL, Set.of(Kind.values()))),
                      r.traffic(),
                      r.action(),
                      List.of(doubt),
                      r.origin()))
              .toList();
      out.add(
          new Placed(
              each.tier(),
              new Block(
                  block.name(),
                  block.subject(),
                  block.direction(),
                  false,
                  rules,
                  List.of(),
                  block.origin())));
    }
    return out;
  }
}
