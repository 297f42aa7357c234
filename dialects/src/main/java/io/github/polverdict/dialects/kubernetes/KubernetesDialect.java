package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.Plane.Denial;
import io.github.polverdict.core.model.Plane.Established;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Bundle;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterReading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.addAll(ClusterPolicies.ADMIN);
    out.addAll(ClusterPolicies.CLUSTER);
    return out;
  }

  @Override
  public List<Bundle> definitions() {
    return List.of(new Bundle("policy.networking.k8s.io", List.of("0.1", "0.2")));
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
    if (ClusterPolicies.is(document)) {
      return ClusterPolicies.compile(document, ClusterReading.specification(context));
    }
    Reading reading =
        context.active("kubernetes.ipblock-outside-only")
            ? Reading.specification().ipBlocksMatch(Set.of())
            : Reading.specification();
    return NetworkPolicies.compile(document, Optional::of, reading);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    List<Passage> passages = new ArrayList<>(unsettled(snapshot, context));
    for (Direction gate : Direction.values()) {
      passages.add(Passages.bypass(Where.ITSELF, gate, context.origin("kubernetes.itself-always")));
    }
    Origin ownNode = context.origin("kubernetes.own-node-always");
    passages.add(Passages.nodeToPod(Where.SAME_NODE, ownNode));
    Origin.BuiltIn egress = context.origin("kubernetes.own-node-egress");
    passages.add(Passages.podToNode(Where.SAME_NODE, egress).onlyIf(Doubt.Unverified.of(egress)));
    Traits traits = new Traits(Established.NOT_DEFINED, Denial.NOT_DEFINED, Mode.ENFORCING);
    return Passages.frame(passages, View.CLEAR, traits)
        .around(ClusterReading.ADMIN, ClusterReading.BASELINE);
  }

  /** What the text of cluster-wide policies leaves open, when there are such policies. */
  private static List<Passage> unsettled(Snapshot snapshot, Context context) {
    if (snapshot.documents().stream().noneMatch(ClusterPolicies::is)) {
      return List.of();
    }
    Origin.BuiltIn row = context.origin("kubernetes.cluster-policy-itself");
    Doubt doubt = Doubt.Unverified.of(row);
    Passage itself =
        Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
            .via(Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER)
            .where(Where.ITSELF)
            .onlyIf(doubt);
    Passage ownNode =
        Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
            .between(Passages.PODS, Passages.HOSTS)
            .where(Where.SAME_NODE)
            .onlyIf(doubt);
    return List.of(itself, ownNode);
  }
}
