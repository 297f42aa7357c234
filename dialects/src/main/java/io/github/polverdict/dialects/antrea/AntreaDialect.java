package io.github.polverdict.dialects.antrea;

import io.github.polverdict.dialects.antrea.policy.AntreaPolicies;
import io.github.polverdict.dialects.antrea.policy.Ranks;
import io.github.polverdict.dialects.antrea.policy.Tiers;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How Antrea reads policies. */
public final class AntreaDialect implements Dialect {

  @Override
  public String id() {
    return "antrea";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.addAll(AntreaPolicies.KINDS);
    out.addAll(ClusterPolicies.ADMIN);
    out.addAll(ClusterPolicies.CLUSTER);
    return out;
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    Set<PolicyKind> out = new LinkedHashSet<>(policyKinds());
    boolean off = context.active("antrea.native-policies-off");
    if (off) {
      out.removeAll(AntreaPolicies.KINDS);
    }
    if (off || context.active("antrea.anp-off")) {
      out.removeAll(ClusterPolicies.ADMIN);
    }
    if (off || context.active("antrea.cnp-off")) {
      out.removeAll(ClusterPolicies.CLUSTER);
    }
    return out;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return AntreaSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    OptionalInt admin =
        context.active("antrea.cnp-off")
            ? OptionalInt.empty()
            : OptionalInt.of(ClusterWide.ADMIN_TIER);
    Tiers tiers = new Tiers(snapshot, admin);
    Ranks.Builder builder = new Ranks.Builder();
    AntreaPolicies.rank(snapshot, tiers, builder);
    ClusterWide.rank(snapshot, builder);
    Ranks ranks = builder.build();
    AntreaPolicies own = new AntreaPolicies(snapshot, context, tiers, ranks, AntreaFrame.NAMES);
    return document -> {
      if (ClusterPolicies.is(document)) {
        return ClusterWide.compile(document, context, ranks);
      }
      return HostPeers.with(
          AntreaPolicies.is(document) ? own.compile(document) : compiled(document, context),
          snapshot,
          context);
    };
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    return NetworkPolicies.compile(document, spec -> bent(spec, context), Reading.specification());
  }

  private static Optional<NetworkPolicySpec> bent(NetworkPolicySpec spec, Context context) {
    NetworkPolicySpec out =
        Bends.isolatingByRules(spec, context.origin("antrea.policytypes-ignored"));
    return Optional.of(
        context.active("antrea.endport-ignored")
            ? Bends.firstPortOnly(out, context.origin("antrea.endport-ignored"))
            : out);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return AntreaFrame.of(snapshot, context);
  }
}
