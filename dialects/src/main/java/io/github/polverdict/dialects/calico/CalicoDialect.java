package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.calico.policy.CalicoPolicies;
import io.github.polverdict.dialects.calico.policy.Tiers;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
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

/** How Calico reads policies: by the packet's addresses, in tiers. */
public final class CalicoDialect implements Dialect {
  @Override
  public String id() {
    return "calico";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("canal", Map.of("networking", "flannel"));
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.addAll(CalicoPolicies.kinds());
    out.addAll(ClusterPolicies.ADMIN);
    out.addAll(ClusterPolicies.CLUSTER);
    return out;
  }

  @Override
  public Set<PolicyKind> policyKinds(Context context) {
    Set<PolicyKind> out = ClusterWide.kinds(policyKinds(), context);
    if (!context.active("calico.staged")) {
      out.removeAll(CalicoPolicies.rehearsed());
    }
    return out;
  }

  @Override
  public Set<String> namespaceLabels() {
    return Set.of("projectcalico.org/name");
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return CalicoSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    CalicoPolicies own = new CalicoPolicies(snapshot, context, CalicoFrame.FIRST);
    ClusterWide wide = new ClusterWide(snapshot, context);
    return document -> {
      if (CalicoPolicies.is(document)) {
        return own.compile(document);
      }
      return ClusterPolicies.is(document)
          ? wide.compile(document)
          : compiled(document, context, own.rank(document));
    };
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context, int rank) {
    Reading reading =
        Reading.specification()
            .inTier(Tiers.DEFAULT)
            .ranked(rank)
            .names(Reading.onTheDestination(context.active("calico.named-port-scope")));
    List<NetworkPolicySpec> lax = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(document, spec -> bent(spec, context, lax), reading);
    if (lax.isEmpty()) {
      return compiled;
    }
    Origin.BuiltIn because = context.origin("calico.ipblock-unparsable-cidr-allows-all");
    Doubt doubt = new Doubt.Unverified(because.quirk(), because.says());
    return new Compiled<>(
        LaxRanges.joined(compiled.value(), lax.getFirst(), reading, doubt), compiled.findings());
  }

  private static Optional<NetworkPolicySpec> bent(
      NetworkPolicySpec spec, Context context, List<NetworkPolicySpec> lax) {
    NetworkPolicySpec out = spec;
    if (context.active("calico.empty-port-struct-bug")) {
      out = Bends.withoutAllPorts(out, context.origin("calico.empty-port-struct-bug"));
    }
    if (context.active("calico.endport")) {
      out = Bends.firstPortOnly(out, context.origin("calico.endport"));
    }
    if (context.active("calico.named-sctp-port")) {
      Origin.BuiltIn because = context.origin("calico.named-sctp-port");
      out = Bends.withoutPorts(out, e -> sctp(e, Port.Name.class), because);
    }
    if (context.active("calico.bpf-sctp-port")) {
      Origin.BuiltIn because = context.origin("calico.bpf-sctp-port");
      out = Bends.withoutPorts(out, e -> sctp(e, Port.class), because);
    }
    if (LaxRanges.in(out)) {
      lax.add(out);
      out = LaxRanges.sure(out);
    }
    return Optional.of(out);
  }

  private static boolean sctp(PortEntry entry, Class<? extends Port> form) {
    return entry.protocol() == Protocol.SCTP && entry.port().filter(form::isInstance).isPresent();
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return CalicoFrame.of(snapshot, context);
  }
}
