package io.github.polverdict.dialects.calico;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How Calico reads NetworkPolicies: by the packet's addresses, in the tier default. */
public final class CalicoDialect implements Dialect {
  /** Calico's name for the tier of NetworkPolicies. */
  static final String TIER = "default";

  @Override
  public String id() {
    return "calico";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("canal", Map.of("networking", "flannel"));
  }

  @Override
  public Set<String> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return CalicoSightings.in(snapshot);
  }

  @Override
  public Compiled<List<Placed>> compile(Document document, Context context) {
    Reading reading =
        Reading.specification()
            .inTier(TIER)
            .names(Reading.onTheDestination(context.active("calico.named-port-init-containers")));
    List<Placed> unsure = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(document, spec -> bent(spec, context, reading, unsure), reading);
    List<Placed> all = new ArrayList<>(compiled.value());
    all.addAll(unsure);
    return new Compiled<>(all, compiled.findings());
  }

  private static Optional<NetworkPolicySpec> bent(
      NetworkPolicySpec spec, Context context, Reading reading, List<Placed> unsure) {
    if (spec.blocks().stream().anyMatch(b -> !b.strict())) {
      String quirk = "calico.ipblock-unparsable-cidr-allows-all";
      unsure.addAll(
          NetworkPolicies.unsure(
              spec, new Doubt.Unverified(quirk, context.origin(quirk).says()), reading));
      return Optional.empty();
    }
    NetworkPolicySpec out = spec;
    if (context.active("calico.endport")) {
      out = Bends.firstPortOnly(out, context.origin("calico.endport"));
    }
    if (context.active("calico.named-sctp-port")) {
      out =
          Bends.withoutPorts(
              out,
              e -> e.protocol() == Protocol.SCTP && e.port().orElse(null) instanceof Port.Name,
              context.origin("calico.named-sctp-port"));
    }
    return Optional.of(out);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return CalicoFrame.of(snapshot, context);
  }
}
