package io.github.polverdict.dialects.aws;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods with security groups of their own (SecurityGroupPolicies). What a group lets pass is written
 * in AWS, not in the cluster, so that anything that policies allow may be closed all the same.
 */
final class SecurityGroups {
  static final String KIND = "SecurityGroupPolicy.vpcresources.k8s.aws";
  private static final String ROW = "aws-vpc-cni.security-groups";

  private SecurityGroups() {}

  static List<Passage> passages(Snapshot snapshot, Context context) {
    List<Passage> out = new ArrayList<>();
    for (Document policy : context.active(ROW) ? snapshot.ofKind(KIND) : List.<Document>of()) {
      Origin origin = new Origin.Bent(policy.origin(), context.origin(ROW));
      Doubt doubt =
          new Doubt.KnownAtRuntime(
              "what the security groups of " + policy.id().text() + " let pass", origin);
      PeerSpec pods = new PeerSpec.Selected(subject(policy));
      out.add(
          Passages.of(new Effect.Closed(Direction.EGRESS), origin)
              .between(pods, PeerSpec.ANYONE)
              .onlyIf(doubt));
      out.add(
          Passages.of(new Effect.Closed(Direction.INGRESS), origin)
              .between(PeerSpec.ANYONE, pods)
              .onlyIf(doubt));
    }
    return out;
  }

  /**
   * Its pods; all of the namespace when it goes by labels of service accounts, or can't be read.
   */
  private static Selector subject(Document policy) {
    Field query = policy.at("spec", "podSelector");
    boolean readable = new FieldChecks("PV080").labelSelector(query);
    Selector labels =
        query.present() && readable
            ? LabelQuery.read(query).selector(Scope.ENDPOINT)
            : Selector.ALL;
    return Selector.and(Selector.pods(), new Selector.InNamespace(policy.id().namespace()), labels);
  }
}
