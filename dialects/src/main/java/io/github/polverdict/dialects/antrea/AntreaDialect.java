package io.github.polverdict.dialects.antrea;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Agents;
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
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How Antrea reads NetworkPolicies. */
public final class AntreaDialect implements Dialect {

  @Override
  public String id() {
    return "antrea";
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "antrea-agent")
          .ifPresent(c ->
              out.add(
                  new Sighting(
                      "antrea",
                      Agents.version(c),
                      Map.of(),
                      Optional.empty(),
                      List.of(Agents.imageReason(set, c)))));
    }
    return out;
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> compiled(document, context);
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
    List<Passage> passages = new ArrayList<>();
    if (context.active("antrea.hairpin")) {
      passages.add(
          Passages.bypass(Where.ITSELF, Direction.INGRESS, context.origin("antrea.hairpin")));
    }
    passages.add(Passages.nodeToPod(Where.SAME_NODE, context.origin("antrea.own-node-bypass")));
    return Passages.frame(passages, View.CLEAR, Traits.USUAL);
  }
}
