package io.github.polverdict.questions.canary;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.CanaryRun.Seen;
import io.github.polverdict.core.model.canary.CanaryRun.Taken;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.CanaryStep.CanaryPolicy;
import io.github.polverdict.questions.canary.CanaryAnswer.Input;
import io.github.polverdict.questions.canary.CanaryAnswer.Latency;
import io.github.polverdict.questions.canary.CanaryAnswer.Row;
import io.github.polverdict.questions.canary.CanaryAnswer.Standing;
import io.github.polverdict.questions.canary.CanaryAnswer.Step;
import io.github.polverdict.questions.inspect.InspectAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does the cluster enforce policies, and as the engine that was recognised should?
 *
 * @param plan the steps that were to be made
 */
public record CanaryQuestion(List<CanaryStep> plan) {
  public CanaryQuestion {
    plan = List.copyOf(plan);
  }

  /**
   * Judges a run.
   *
   * @param inspected what {@code inspect} says of the same cluster
   */
  public CanaryAnswer ask(CanaryRun run, InspectAnswer inspected) {
    List<Step> steps = new ArrayList<>();
    for (CanaryStep step : plan) {
      run.steps().stream()
          .filter(t -> t.id().equals(step.id()))
          .findFirst()
          .ifPresent(taken -> steps.add(step(step, taken)));
    }
    Sum sum = Sum.of(steps, plan.size(), run.broke());
    Diagnosis diagnosis = new Diagnosis(inspected, sum, run);
    return new CanaryAnswer(
        sum.result(),
        sum.says(),
        diagnosis.engine(),
        diagnosis.lookAt(),
        steps,
        latencies(steps),
        run,
        inputs());
  }

  private static Step step(CanaryStep step, Taken taken) {
    List<Row> rows =
        taken.seen().stream()
            .map(s -> {
              boolean passes = step.passes().contains(s.wire());
              return new Row(passes, standing(passes, s), s);
            })
            .toList();
    return new Step(step.id(), step.says(), step.role(), rows, taken.kept());
  }

  private static Standing standing(boolean passes, Seen seen) {
    Optional<Outcome> outcome = seen.sign().outcome();
    if (outcome.isEmpty()) {
      return Standing.NOT_KNOWN;
    }
    boolean passed = outcome.get() == Outcome.ALLOWED;
    return passed == passes ? Standing.AS_EXPECTED : passed ? Standing.LEAKED : Standing.STOPPED;
  }

  /** Of the wires that were seen to open or close as they should. */
  private static List<Latency> latencies(List<Step> steps) {
    List<Latency> out = new ArrayList<>();
    for (Step step : steps) {
      for (Row row : step.rows()) {
        if (row.standing() == Standing.AS_EXPECTED) {
          row.seen()
              .after()
              .ifPresent(d -> out.add(new Latency(step.id(), row.seen().wire(), row.passes(), d)));
        }
      }
    }
    return out;
  }

  private List<Input> inputs() {
    Map<String, String> out = new LinkedHashMap<>();
    for (CanaryPolicy policy : plan.stream().flatMap(s -> s.policies().stream()).toList()) {
      out.put("NetworkPolicy " + policy.name(), policy.json());
    }
    return out.entrySet().stream().map(e -> new Input(e.getKey(), sha256(e.getValue()))).toList();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
