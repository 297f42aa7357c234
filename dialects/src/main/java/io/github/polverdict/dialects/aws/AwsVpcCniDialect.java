package io.github.polverdict.dialects.aws;

import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.aws.policy.AwsPolicies;
import io.github.polverdict.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the network policy agent of the AWS VPC CNI and its controller read policies. */
public final class AwsVpcCniDialect implements Dialect {

  @Override
  public String id() {
    return "aws-vpc-cni";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of(
        "eks", Map.of(), "aws", Map.of(), "eks-auto-mode", Map.of("compute-type", "auto"));
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return with(AwsPolicies.kinds(true));
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    return with(AwsPolicies.kinds(!context.active("aws-vpc-cni.cnp-unknown")));
  }

  private static Set<PolicyKind> with(Set<PolicyKind> kinds) {
    Set<PolicyKind> out = new LinkedHashSet<>(kinds);
    out.add(PolicyKind.supporting(SecurityGroups.KIND));
    return out;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return AwsSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return new AwsPolicies(snapshot, context);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return AwsFrame.of(snapshot, context);
  }
}
