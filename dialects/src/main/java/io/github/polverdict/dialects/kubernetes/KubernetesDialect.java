package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.Plane.Denial;
import io.github.polverdict.core.model.Plane.Established;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The specification itself, as an engine that does just what the API's text says. */
public final class KubernetesDialect implements Dialect {

  @Override
  public String id() {
    return "kubernetes";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return List.of(); // nothing runs the specification
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> compiled(document, context);
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    Reading reading =
        context.active("kubernetes.ipblock-outside-only")
            ? Reading.specification().ipBlocksMatch(Set.of())
            : Reading.specification();
    return NetworkPolicies.compile(document, Optional::of, reading);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    List<Passage> passages =
        List.of(
            Passages.bypass(
                Where.ITSELF, Direction.EGRESS, context.origin("kubernetes.itself-always")),
            Passages.bypass(
                Where.ITSELF, Direction.INGRESS, context.origin("kubernetes.itself-always")),
            Passages.nodeToPod(Where.SAME_NODE, context.origin("kubernetes.own-node-always")),
            Passages.podToNode(Where.SAME_NODE, context.origin("kubernetes.own-node-always")));
    Traits traits = new Traits(Established.NOT_DEFINED, Denial.NOT_DEFINED, Mode.ENFORCING);
    return Passages.frame(passages, View.CLEAR, traits);
  }
}
