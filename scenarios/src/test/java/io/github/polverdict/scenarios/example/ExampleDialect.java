package io.github.polverdict.scenarios.example;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine that reads NetworkPolicies nearly as they are specified. */
public final class ExampleDialect implements Dialect {

  @Override
  public String id() {
    return "example";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  /** The DaemonSet with the container example-agent; its image has the version. */
  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "example-agent")
          .ifPresent(agent -> out.addAll(sightings(snapshot, set, agent)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Optional<String> egress = Agents.argument(agent, "egress");
    Map<String, String> settings = egress.map(v -> Map.of("egress", v)).orElse(Map.of());
    List<Reason> because =
        egress
            .map(v -> new Reason(set.id().text() + " runs with --egress=" + v, agent.origin()))
            .stream()
            .toList();
    return Agents.byVersion(
        snapshot,
        set,
        agent,
        version -> new Sighting("example", version, settings, Optional.empty(), because));
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document ->
        NetworkPolicies.compile(document, spec -> bent(spec, context), Reading.specification());
  }

  private static Optional<NetworkPolicySpec> bent(NetworkPolicySpec spec, Context context) {
    return Optional.of(
        context.active("example.endport")
            ? Bends.firstPortOnly(spec, context.origin("example.endport"))
            : spec);
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    List<Passage> passages = new ArrayList<>();
    passages.add(Passages.nodeToPod(Passage.Where.SAME_NODE, context.origin("example.own-node")));
    if (context.active("example.egress-off")) {
      passages.add(
          Passages.bypass(
              Passage.Where.ANY, Direction.EGRESS, context.origin("example.egress-off")));
    }
    return Passages.frame(passages, View.CLEAR, Traits.USUAL);
  }
}
