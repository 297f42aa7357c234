package io.github.polverdict.dialects.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may not be read of a cluster makes uncertain what it could change. */
class UnreadTest {
  private final Dialects dialects = Dialects.installed();

  @Test
  void withoutDaemonSetsAndWithoutCniEveryGateIsUncertain() {
    Plane plane = compile(Optional.empty(), gap("DaemonSet", "")).planes().getFirst();
    assertThat(plane.passages())
        .filteredOn(p -> p.effect() instanceof Effect.Uncertain)
        .hasSize(2)
        .allSatisfy(p ->
            assertThat(p.onlyIf())
                .extracting(Doubt::text)
                .first()
                .asString()
                .contains("say it with --cni"));
  }

  @Test
  void whoSaysTheEngineNeedsNoDaemonSets() {
    Plane plane = compile(Optional.of("weave@2.8.1"), gap("DaemonSet", "")).planes().getFirst();
    assertThat(
            plane.passages().stream()
                .filter(p -> p.effect() instanceof Effect.Uncertain)
                .map(p -> p.origin().text()))
        .noneMatch(t -> t.contains("DaemonSet"));
  }

  @Test
  void policiesThatTheEngineEnforcesAndThatMayNotBeListedMayDeny() {
    Plane plane =
        compile(Optional.of("cilium@1.20.2"), gap("CiliumNetworkPolicy.cilium.io", "hidden"))
            .planes()
            .getFirst();
    List<Block> blocks =
        plane.tiers().stream()
            .flatMap(t -> t.blocks().stream())
            .filter(b -> b.name().equals("CiliumNetworkPolicy.cilium.ios"))
            .toList();
    assertThat(blocks)
        .flatMap(Block::rules)
        .extracting(r -> r.action())
        .contains(Action.DENY, Action.ALLOW);
    assertThat(blocks).allMatch(b -> b.subject().toString().contains("hidden"));
  }

  @Test
  void policiesOfAnotherEngineThatMayNotBeListedChangeNothing() {
    Plane plane =
        compile(Optional.of("weave@2.8.1"), gap("CiliumNetworkPolicy.cilium.io", "hidden"))
            .planes()
            .getFirst();
    assertThat(plane.tiers()).flatMap(t -> t.blocks()).isEmpty();
  }

  @Test
  void policiesThatMayNotBeListedMayHaveRepliesOfTheOwnNodeJudged() {
    Plane plane =
        compile(Optional.of("kube-network-policies@1.0.0"), gap("NetworkPolicy", "shop"))
            .planes()
            .getFirst();
    assertThat(plane.passages())
        .filteredOn(p -> p.origin().text().contains("own-node-replies"))
        .singleElement()
        .satisfies(p -> assertThat(p.effect()).isInstanceOf(Effect.Uncertain.class));
  }

  private PolicyModel compile(Optional<String> cni, Gap gap) {
    Snapshot snapshot = new Snapshot("lab", List.of(), List.of(gap), List.of());
    List<Sighting> engines =
        new DialectResolver(dialects).resolve(snapshot, cni.map(CniSpec::parse));
    return new PolicyCompiler(dialects).compile(snapshot, engines).value();
  }

  private static Gap gap(String kind, String namespace) {
    Origin origin = new Origin.InCluster("lab", kind, "", "");
    return new Gap(Set.of(kind), namespace, kind + "s", "forbidden for user \"ro\"", origin);
  }
}
