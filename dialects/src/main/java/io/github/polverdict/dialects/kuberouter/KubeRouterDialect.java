package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Plane.Denial;
import io.github.polverdict.core.model.Plane.Established;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Plane.Traits;
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
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How kube-router reads NetworkPolicies. */
public final class KubeRouterDialect implements Dialect {
  private static final String OVERLAPPING = "kube-router.nft-overlapping-cidrs";

  @Override
  public String id() {
    return "kube-router";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("k3s", Map.of("distribution", "k3s"));
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return KubeRouterSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> compiled(document, context);
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    List<Placed> leaks = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    Reading reading =
        Reading.specification().ipBlocksMatch(Kind.INSIDE).names(new DeclaredPorts(context));
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              if (Ranges.overlap(spec) && context.active(OVERLAPPING)) {
                doubts.add(Doubt.Unverified.of(context.origin(OVERLAPPING)));
              }
              return bent(spec, context, reading, leaks);
            },
            reading);
    List<Placed> all = new ArrayList<>(compiled.value());
    all.addAll(leaks);
    if (!doubts.isEmpty()) {
      return new Compiled<>(
          NetworkPolicies.isolatingOnly(all, doubts.getFirst()), compiled.findings());
    }
    return new Compiled<>(all, compiled.findings());
  }

  private static Optional<NetworkPolicySpec> bent(
      NetworkPolicySpec spec, Context context, Reading reading, List<Placed> leaks) {
    NetworkPolicySpec out = spec;
    if (context.active("kube-router.endport-ignored")) {
      out = Bends.firstPortOnly(out, context.origin("kube-router.endport-ignored"));
    }
    out = Ranges.shared(out, context);
    if (context.active("kube-router.both-types-undirected") && out.isolates().size() == 2) {
      leaks.addAll(
          Undirected.leaks(out, reading, context.origin("kube-router.both-types-undirected")));
    }
    return Optional.of(out);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    Traits traits = new Traits(Established.SURVIVES, Denial.REFUSED, Mode.ENFORCING);
    return KubeRouterFrame.of(snapshot, context, traits);
  }
}
