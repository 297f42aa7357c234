package io.github.polverdict.questions.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.CanaryRun.Actor;
import io.github.polverdict.core.model.canary.CanaryRun.Place;
import io.github.polverdict.core.model.canary.CanaryRun.Seen;
import io.github.polverdict.core.model.canary.CanaryRun.Taken;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.CanaryStep.Role;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.canary.CanaryAnswer.Fit;
import io.github.polverdict.questions.canary.CanaryAnswer.Result;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Enforcement;
import io.github.polverdict.questions.inspect.InspectAnswer.Extent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class CanaryQuestionTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final List<CanaryStep> PLAN = CanaryPlan.steps(true);

  /** A cluster that carries out what the function says. */
  private static CanaryRun run(BiFunction<CanaryStep, Wire, Sign> datapath) {
    List<Taken> steps = new ArrayList<>();
    for (CanaryStep step : PLAN) {
      List<Seen> seen = new ArrayList<>();
      for (Wire wire : Wire.all(true)) {
        seen.add(
            new Seen(wire, datapath.apply(step, wire), 3, Optional.of(Duration.ofMillis(7)), ""));
      }
      steps.add(new Taken(step.id(), NOW, seen, List.of()));
    }
    return new CanaryRun(place(), steps, Optional.empty());
  }

  private static Place place() {
    CanaryRun.Node one = new CanaryRun.Node("n1", "6.1", "linux", "v1.34.3", "containerd");
    CanaryRun.Node two = new CanaryRun.Node("n2", "6.1", "linux", "v1.34.3", "containerd");
    return new Place(
        "prod",
        "uid",
        "v1.34.3",
        "polverdict-canary-1",
        "agnhost",
        "polverdict",
        NOW,
        NOW,
        List.of(
            new Actor(Cast.HUB, "10.0.0.1", "", one),
            new Actor(Cast.NEAR, "10.0.0.2", "", one),
            new Actor(Cast.FAR, "10.0.1.2", "", two)));
  }

  private static Sign asWanted(CanaryStep step, Wire wire) {
    return step.passes().contains(wire) ? Sign.CONNECTED : Sign.DROPPED;
  }

  private static InspectAnswer inspected(Extent extent, String says, String... facts) {
    List<Inventory.Reason> because = new ArrayList<>();
    for (String fact : facts) {
      because.add(new Inventory.Reason(fact, new Origin.Said(fact)));
    }
    Pin pin = new Pin("engine", "1.0", 1, Map.of("audit", "true"), List.of(facts), List.of());
    return new InspectAnswer(
        "prod",
        new Enforcement(extent, List.of("engine 1.0"), says),
        List.of(),
        List.of(new Inventory.Engine(pin, List.of(), because, false)),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  private static CanaryAnswer ask(CanaryRun run, Extent extent, String says, String... facts) {
    return new CanaryQuestion(PLAN).ask(run, inspected(extent, says, facts));
  }

  private static CanaryAnswer ask(BiFunction<CanaryStep, Wire, Sign> datapath) {
    return ask(run(datapath), Extent.ENFORCED, "engine 1.0");
  }

  @Test
  void aClusterThatStopsWhatIsDeniedAndNothingElsePasses() {
    CanaryAnswer answer = ask(CanaryQuestionTest::asWanted);
    assertThat(answer.passed()).isTrue();
    assertThat(answer.engine().fit()).isEqualTo(Fit.AGREES);
    assertThat(answer.lookAt()).isEmpty();
    assertThat(answer.inputs()).hasSize(6).allSatisfy(i -> assertThat(i.sha256()).hasSize(64));
  }

  @Test
  void whatIsRefusedInsteadOfDroppedIsStoppedAsWell() {
    assertThat(
            ask((step, wire) ->
                    step.passes().contains(wire) ? Sign.CONNECTED : Sign.REFUSED_BY_POLICY)
                .result())
        .isEqualTo(Result.ENFORCED);
  }

  @Test
  void nothingEnforcedWhereAnEngineShouldEnforceContradictsAndAsksForItsAgent() {
    CanaryAnswer answer = ask((_, _) -> Sign.CONNECTED);
    assertThat(answer.result()).isEqualTo(Result.NOT_ENFORCED);
    assertThat(answer.engine().fit()).isEqualTo(Fit.CONTRADICTS);
    assertThat(answer.lookAt().getFirst()).contains("engine 1.0 should enforce").contains("n1");
  }

  @Test
  void nothingEnforcedInAuditModeAgreesAndTheSettingIsNamed() {
    CanaryAnswer answer =
        ask(
            run((_, _) -> Sign.CONNECTED),
            Extent.AUDIT_ONLY,
            "engine 1.0 only notes what it would deny",
            "ConfigMap engine-config has audit=true",
            "ConfigMap engine-config has colour=blue");
    assertThat(answer.passed()).isFalse();
    assertThat(answer.engine().fit()).isEqualTo(Fit.AGREES);
    assertThat(answer.lookAt())
        .anySatisfy(l -> assertThat(l).contains("audit mode"))
        .contains("ConfigMap engine-config has audit=true")
        .doesNotContain("ConfigMap engine-config has colour=blue");
  }

  @Test
  void enforcementWhereNoneWasRecognisedIsSaid() {
    CanaryAnswer answer =
        ask(run(CanaryQuestionTest::asWanted), Extent.NOT_ENFORCED, "nothing enforces");
    assertThat(answer.engine().fit()).isEqualTo(Fit.CONTRADICTS);
    assertThat(answer.lookAt().getFirst()).contains("--cni");
  }

  @Test
  void leaksBetweenNodesOnlyAreNamed() {
    CanaryAnswer answer =
        ask((step, wire) -> wire.peer() == Cast.FAR ? Sign.CONNECTED : asWanted(step, wire));
    assertThat(answer.result()).isEqualTo(Result.PARTLY);
    assertThat(answer.lookAt().getFirst()).contains("between nodes n1 and n2");
  }

  @Test
  void leaksOfOneDirectionAndProtocolAreNamed() {
    CanaryAnswer answer =
        ask((step, wire) ->
            wire.direction() == Direction.EGRESS && wire.protocol() == Protocol.UDP
                ? Sign.CONNECTED
                : asWanted(step, wire));
    assertThat(answer.says()).isEqualTo("it is denied and passes: hub -> near UDP, hub -> far UDP");
    assertThat(answer.lookAt()).anySatisfy(l -> assertThat(l).contains("only EGRESS leaks"));
    assertThat(answer.lookAt()).contains("only UDP leaks");
  }

  @Test
  void whatIsStoppedAlthoughEverythingIsAllowedIsNotTakenForEnforcement() {
    CanaryAnswer answer = ask((_, _) -> Sign.DROPPED);
    assertThat(answer.result()).isEqualTo(Result.TOO_MUCH);
    assertThat(answer.says()).contains("although the canary's policies allow everything");
  }

  @Test
  void aSelectiveAllowThatDoesNotOpenIsToldApartFromAllTheRest() {
    CanaryAnswer answer =
        ask((step, wire) ->
            step.id().equals("some-ingress") && wire.direction() == Direction.INGRESS
                ? Sign.DROPPED
                : asWanted(step, wire));
    assertThat(answer.result()).isEqualTo(Result.TOO_MUCH);
    assertThat(answer.says()).isEqualTo("a policy allows it and it does not pass: near -> hub TCP");
  }

  @Test
  void aDefaultThatIsClosedCountsNeitherWay() {
    assertThat(
            ask((step, wire) -> step.role() == Role.DEFAULT ? Sign.DROPPED : asWanted(step, wire))
                .result())
        .isEqualTo(Result.ENFORCED);
  }

  @Test
  void aProbeThatFailedNeverCountsAsStopped() {
    CanaryAnswer answer =
        ask((step, wire) -> step.passes().contains(wire) ? Sign.CONNECTED : Sign.INCONCLUSIVE);
    assertThat(answer.result()).isEqualTo(Result.UNDECIDED);
    assertThat(answer.engine().fit()).isEqualTo(Fit.NOT_KNOWN);
  }

  @Test
  void aRunThatBrokeOffIsUndecidedWithItsReason() {
    CanaryRun whole = run(CanaryQuestionTest::asWanted);
    CanaryRun part =
        new CanaryRun(whole.place(), whole.steps().subList(0, 3), Optional.of("the pod is gone"));
    CanaryAnswer answer = ask(part, Extent.ENFORCED, "engine 1.0");
    assertThat(answer.result()).isEqualTo(Result.UNDECIDED);
    assertThat(answer.says()).contains("the pod is gone");
    assertThat(answer.steps()).hasSize(3);
  }

  @Test
  void onlyWiresThatWereSeenToChangeHaveALatency() {
    CanaryAnswer answer = ask(CanaryQuestionTest::asWanted);
    assertThat(answer.latencies()).allSatisfy(l -> assertThat(l.after()).hasMillis(7));
  }

  @Test
  void allowComesBeforeDenyAndEveryDirectionAndProtocolIsDeniedAndAllowed() {
    assertThat(PLAN.get(1).role()).isEqualTo(Role.CONTROL);
    assertThat(PLAN.getLast().role()).isEqualTo(Role.CONTROL);
    for (Wire wire : Wire.all(true)) {
      assertThat(PLAN).anyMatch(s -> s.role() == Role.DENIAL && !s.passes().contains(wire));
      assertThat(PLAN).anyMatch(s -> s.role() == Role.DENIAL && s.passes().contains(wire));
      assertThat(Wire.of(wire.text())).isEqualTo(wire);
    }
  }
}
