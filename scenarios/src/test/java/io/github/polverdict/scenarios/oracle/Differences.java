package io.github.polverdict.scenarios.oracle;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer.Gate;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.scenarios.oracle.World.Flow;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What polverdict and the oracle say of the same worlds. */
final class Differences {
  private final Workbench workbench = Workbench.installed();
  private final Oracle oracle;

  /** One gate of one flow. */
  record Spot(Flow flow, Direction gate) {}

  /** What was said of one gate by both, and why by polverdict. */
  record Compared(Spot spot, String oracle, Outcome polverdict, String because) {
    boolean isUnknown() {
      return polverdict == Outcome.UNKNOWN;
    }

    boolean differs() {
      return !isUnknown() && !oracle.equals(polverdict.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public String toString() {
      return "%s, %s: its engine says %s, polverdict says %s because %s"
          .formatted(spot.flow(), spot.gate(), oracle, polverdict, because);
    }
  }

  Differences(Oracle oracle) {
    this.oracle = oracle;
  }

  /** Every gate that the oracle has a word about. */
  List<Compared> of(World world) {
    Session session = open(world);
    List<String> errors =
        session.findings().stream()
            .filter(f -> f.severity() == Severity.ERROR)
            .map(Finding::message)
            .toList();
    if (!errors.isEmpty()) {
      throw new IllegalStateException("no API server takes the world: " + errors);
    }
    List<Compared> out = new ArrayList<>();
    List<Oracle.Verdict> verdicts = oracle.ask(world).verdicts();
    for (int i = 0; i < world.flows().size(); i++) {
      Flow flow = world.flows().get(i);
      Oracle.Verdict verdict = verdicts.get(i);
      ExplainAnswer answer = explain(session, flow);
      compare(flow, Direction.EGRESS, verdict.egress(), answer).ifPresent(out::add);
      compare(flow, Direction.INGRESS, verdict.ingress(), answer).ifPresent(out::add);
    }
    return out;
  }

  /** The policies that the engine itself does not take. */
  List<String> rejected(World world) {
    return oracle.ask(world).rejected();
  }

  Session open(World world) {
    byte[] bytes = world.manifests().getBytes(StandardCharsets.UTF_8);
    try {
      Snapshot snapshot = FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read();
      CniSpec engine = CniSpec.parse(oracle.engine());
      CniSpec cni = new CniSpec(engine.name(), engine.version(), world.settings());
      return workbench.open(snapshot, Optional.of(cni), Grouping.CONTROLLER);
    } catch (UnreadableSource e) {
      throw new IllegalStateException(e);
    }
  }

  private static ExplainAnswer explain(Session session, Flow flow) {
    return switch (new ExplainQuestion(flow.from(), flow.called(), "").ask(session)) {
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> answer;
      case Reply.Refused<ExplainAnswer>(var refusals) ->
          throw new IllegalStateException(flow + ": " + refusals);
    };
  }

  private static Optional<Compared> compare(
      Flow flow, Direction direction, String said, ExplainAnswer answer) {
    if (said.isEmpty()) {
      return Optional.empty();
    }
    Optional<Gate> gate =
        answer.gates().stream().filter(g -> g.direction() == direction).findFirst();
    Spot spot = new Spot(flow, direction);
    return Optional.of(
        gate.map(g ->
                new Compared(
                    spot, said, g.verdict(), g.decision().policy() + " " + g.decision().sentence()))
            .orElseGet(() -> new Compared(spot, said, Outcome.ALLOWED, "there is no gate")));
  }
}
