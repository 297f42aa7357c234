package io.github.polverdict.dialects.knp;

import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicies;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How kube-network-policies reads policies. */
public final class KnpDialect implements Dialect {
  static final String HOST_TARGET = "kube-network-policies.hostnetwork-target";

  @Override
  public String id() {
    return "kube-network-policies";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    Map<String, String> kindnet = Map.of("distribution", "kindnet", "strict-mode", "false");
    Map<String, String> flannel = Map.of("distribution", "flannel");
    return Map.of("kindnet", kindnet, "kindnetd", kindnet, "flannel-netpol", flannel);
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return kinds(true, true);
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    return kinds(
        context.setting("flavour").equals("npa-v1alpha1"),
        context.setting("flavour").equals("npa-v1alpha2"));
  }

  private static Set<PolicyKind> kinds(boolean admin, boolean cluster) {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.addAll(admin ? ClusterPolicies.ADMIN : Set.of());
    out.addAll(cluster ? ClusterPolicies.CLUSTER : Set.of());
    return out;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return KnpSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    ClusterOrder order = new ClusterOrder(snapshot, context);
    return document ->
        ClusterPolicies.is(document) ? order.compile(document) : compiled(document, context);
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    List<Placed> more = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              more.addAll(ofHosts(spec, context));
              return Optional.of(spec);
            },
            Reading.specification());
    if (!context.setting("flavour").equals("plain")) {
      compiled
          .value()
          .forEach(p -> more.addAll(KnpFrame.otherDirection(p, compiled.value(), context)));
    }
    List<Placed> all = new ArrayList<>(compiled.value());
    all.addAll(more);
    return new Compiled<>(all, compiled.findings());
  }

  /** A pod on its node's network that a policy selects draws its node into the selected set. */
  private static List<Placed> ofHosts(NetworkPolicySpec spec, Context context) {
    if (!context.active(HOST_TARGET)) {
      return List.of();
    }
    Selector hosts =
        Selector.and(
            new Selector.OfKind(Set.of(Kind.HOST_POD)),
            new Selector.InNamespace(spec.namespace()),
            spec.subject().selector(Selector.Scope.ENDPOINT));
    List<Block> blocks =
        PolicyCompiler.unsure(spec.name(), hosts, Doubt.Unverified.of(context.origin(HOST_TARGET)));
    return blocks.stream().map(b -> new Placed(Reading.TIER, b)).toList();
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return KnpFrame.of(snapshot, context);
  }
}
