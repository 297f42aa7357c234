package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Policies that are applied to Services: they are judged where a node's port is called, before a
 * backend is chosen, and what they mean together with those of the backends is not modelled.
 */
public final class ServicePolicies {
  private ServicePolicies() {}

  /**
   * The gates of the backends, for those that such a rule speaks of and that call a node's port.
   */
  public static List<Passage> of(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    if (context.active("antrea.native-policies-off")) {
      return out;
    }
    Origin.BuiltIn row = context.origin("antrea.applied-to-service");
    for (Document policy : snapshot.ofKind(AntreaPolicies.CLUSTER)) {
      List<Field> ofPolicy = policy.at("spec", "appliedTo").items();
      for (Field rule : policy.at("spec", "ingress").items()) {
        List<Field> own = rule.get("appliedTo").items();
        for (Field entry : own.isEmpty() ? ofPolicy : own) {
          if (entry.get("service").present()) {
            out.add(passage(snapshot, rule, entry.get("service"), row));
          }
        }
      }
    }
    return out;
  }

  private static Passage passage(Snapshot snapshot, Field rule, Field service, Origin.BuiltIn row) {
    List<Field> from = rule.get("from").items();
    PeerSpec who =
        from.size() == 1 && from.getFirst().get("ipBlock").present()
            ? new PeerSpec.InRange(IpBlocks.of(from.getFirst().get("ipBlock")), Kind.INSIDE)
            : PeerSpec.ANYONE;
    Doubt doubt = Doubt.Unverified.of(row);
    return Passages.of(
            new Effect.Uncertain(Direction.INGRESS), new Origin.Bent(service.origin(), row))
        .between(who, new PeerSpec.Selected(backends(snapshot, service)))
        .via(Via.NODE_PORT)
        .onlyIf(doubt);
  }

  private static Selector backends(Snapshot snapshot, Field reference) {
    String namespace = reference.get("namespace").text("");
    Map<String, String> labels =
        snapshot
            .find("Service", namespace, reference.get("name").text(""))
            .map(s -> s.at("spec", "selector").strings())
            .orElse(Map.of());
    return labels.isEmpty() ? Selector.pods() : Selector.pods(namespace, labels);
  }
}
