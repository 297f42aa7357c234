package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How Kube-OVN reads policies. */
public final class KubeOvnDialect implements Dialect {

  @Override
  public String id() {
    return "kube-ovn";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.add(PolicyKind.deciding(Attachments.SUBNET));
    out.add(PolicyKind.deciding(Attachments.GROUP));
    out.addAll(ClusterPolicies.ADMIN);
    return out;
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    Set<PolicyKind> out = new LinkedHashSet<>(policyKinds());
    if (context.active("kube-ovn.policies-off")) {
      out.removeAll(NetworkPolicies.KINDS);
    }
    if (context.active("kube-ovn.anp-off")) {
      out.removeAll(ClusterPolicies.ADMIN);
    }
    return out;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return KubeOvnSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    Attachments attachments = new Attachments(snapshot);
    PortGroups policies = new PortGroups(snapshot, context, attachments);
    SecurityGroups groups = new SecurityGroups(snapshot, context, attachments);
    Subnets subnets = new Subnets(context, attachments);
    AdminPolicies admin = new AdminPolicies(snapshot, context);
    return document ->
        switch (document.id().type()) {
          case Attachments.SUBNET -> subnets.compile(document);
          case Attachments.GROUP -> groups.compile(document);
          case NetworkPolicies.KIND -> policies.compile(document);
          case String _ -> admin.compile(document);
        };
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return KubeOvnFrame.of(snapshot, context);
  }
}
