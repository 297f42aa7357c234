package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.kernel.Origin;
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
import io.github.polverdict.dialects.kuberouter.DeclaredPorts.Part;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How kube-router reads NetworkPolicies. */
public final class KubeRouterDialect implements Dialect {
  private static final String UNDIRECTED = "kube-router.both-types-undirected";
  private static final String UNDIRECTED_TOO = "kube-router.undirected-before-1.3";
  private static final String UNION = "kube-router.named-port-union";
  private static final String UNRESOLVED = "kube-router.named-port-unresolved-selector-allows-all";

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
    Optional<Doubt> aborted = Transaction.aborted(snapshot, context);
    return document -> {
      Compiled<List<Placed>> compiled = compiled(document, context);
      List<Placed> placed = compiled.value();
      return aborted
          .map(doubt -> new Compiled<>(Transaction.perhaps(placed, doubt), compiled.findings()))
          .orElse(compiled);
    };
  }

  private static Compiled<List<Placed>> compiled(Document document, Context context) {
    List<NetworkPolicySpec> read = new ArrayList<>(); // one, or none when it is refused
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              read.add(bent(spec, context));
              return Optional.of(read.getFirst());
            },
            reading(Part.OWN));
    List<Placed> all = new ArrayList<>(compiled.value());
    read.forEach(spec -> all.addAll(leaks(spec, compiled.value(), context)));
    return new Compiled<>(all, compiled.findings());
  }

  private static Reading reading(Part part) {
    return Reading.specification().ipBlocksMatch(Kind.INSIDE).names(new DeclaredPorts(part));
  }

  private static NetworkPolicySpec bent(NetworkPolicySpec spec, Context context) {
    NetworkPolicySpec out = spec;
    if (context.active("kube-router.endport-ignored")) {
      out = Bends.firstPortOnly(out, context.origin("kube-router.endport-ignored"));
    }
    return Ranges.shared(out, context);
  }

  /** What a policy opens beside its own rules. */
  private static List<Placed> leaks(NetworkPolicySpec spec, List<Placed> own, Context context) {
    List<Placed> names = new ArrayList<>();
    if (context.active(UNRESOLVED)) {
      names.addAll(named(spec, Part.NOBODYS, context.origin(UNRESOLVED)));
    }
    if (context.active(UNION)) {
      Origin.BuiltIn row = context.origin(UNION);
      List<Placed> union = named(spec, Part.ANYBODYS, row);
      names.addAll(NetworkPolicies.isolatingOnly(union, Doubt.Unverified.of(row)));
    }
    List<Placed> out = new ArrayList<>(names);
    String undirected = spec.isolates().size() == 2 ? UNDIRECTED : UNDIRECTED_TOO;
    if (context.active(undirected)) {
      out.addAll(Undirected.leaks(own, context.origin(undirected)));
      out.addAll(Undirected.leaks(names, context.origin(undirected)));
    }
    return out;
  }

  private static List<Placed> named(NetworkPolicySpec spec, Part part, Origin.BuiltIn row) {
    NetworkPolicySpec names = PortNameRules.of(spec, part == Part.ANYBODYS, row);
    return PortNameRules.open(NetworkPolicies.placed(names, reading(part)));
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    Traits traits = new Traits(Established.SURVIVES, Denial.REFUSED, Mode.ENFORCING);
    return KubeRouterFrame.of(snapshot, context, traits);
  }
}
