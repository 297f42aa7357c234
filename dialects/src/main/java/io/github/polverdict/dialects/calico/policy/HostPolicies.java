package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.HostEndpoint;
import io.github.polverdict.snapshot.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The policies that judge what passes a HostEndpoint, in the order in which they are asked
 * (felix/calc/event_sequencer.go, tierInfoToProtoTierInfo).
 */
final class HostPolicies {
  private final List<OfTier> tiers = new ArrayList<>();

  /** When a policy is asked. */
  enum Stage {
    /** Before connections are tracked. */
    UNTRACKED,
    /** Before Services are translated. */
    BEFORE_DNAT,
    /** With those of pods. */
    USUAL;

    static Stage of(Document policy) {
      return is(policy, "doNotTrack") ? UNTRACKED : is(policy, "preDNAT") ? BEFORE_DNAT : USUAL;
    }

    /** The tier that holds the policies of a tier that are asked then. */
    String tier(String of) {
      return switch (this) {
        case UNTRACKED -> of + ", untracked";
        case BEFORE_DNAT -> of + ", before DNAT";
        case USUAL -> of;
      };
    }
  }

  /** The policies of a tier, and what becomes of what none of them decides. */
  record OfTier(String tier, Action unmatched, List<Document> policies) {}

  /**
   * @param policies those that are judged
   */
  HostPolicies(List<Document> policies, Tiers tiers, PolicyOrder order, Context context) {
    for (TierFrame tier : tiers.frames()) {
      List<Document> here =
          policies.stream()
              .filter(p -> p.id().kind().equals(CalicoPolicies.CLUSTER))
              .filter(p -> Tiers.of(p, context).equals(tier.name()))
              .sorted(Comparator.comparingInt(p -> order.of(p.id())))
              .toList();
      this.tiers.add(new OfTier(tier.name(), tier.unmatched(), here));
    }
  }

  private static boolean is(Document policy, String field) {
    return policy.at("spec", field).bool().orElse(false);
  }

  /** Those of a direction that judge what is forwarded; tiers without any are left out. */
  List<OfTier> forwarded(HostEndpoint endpoint, Stage stage, Direction direction) {
    return tiers.stream()
        .map(t ->
            new OfTier(
                t.tier(),
                t.unmatched(),
                t.policies().stream()
                    .filter(p -> Stage.of(p) == stage && is(p, "applyOnForward"))
                    .filter(p -> CalicoPolicies.types(p).contains(direction))
                    .filter(endpoint::isSelected)
                    .toList()))
        .filter(t -> !t.policies().isEmpty())
        .toList();
  }

  /** Whether any is for what the node itself sends. */
  boolean judgeSent(HostEndpoint endpoint) {
    return asked(endpoint, Stage.USUAL).stream()
        .anyMatch(p -> CalicoPolicies.types(p).contains(Direction.EGRESS));
  }

  /** Those that are asked before connections are tracked. */
  List<Document> untracked(HostEndpoint endpoint) {
    return asked(endpoint, Stage.UNTRACKED);
  }

  private List<Document> asked(HostEndpoint endpoint, Stage stage) {
    return tiers.stream()
        .flatMap(t -> t.policies().stream())
        .filter(p -> Stage.of(p) == stage && endpoint.isSelected(p))
        .toList();
  }
}
