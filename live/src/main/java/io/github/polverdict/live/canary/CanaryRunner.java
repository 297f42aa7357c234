package io.github.polverdict.live.canary;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.CanaryRun.Place;
import io.github.polverdict.core.model.canary.CanaryRun.Taken;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.CanaryStep.Role;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.live.Forbidden;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Fault;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.live.probe.Prober;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs the canary. What it creates is the {@link ClusterWrites}' to take away again.
 *
 * @param plan the steps, by whether there is a pod on another node
 * @param image of the pods
 * @param limit how long a step is waited for until packets show what it wants
 */
public record CanaryRunner(
    Function<Boolean, List<CanaryStep>> plan,
    String image,
    Duration limit,
    CanaryProgress progress) {

  private static final Optional<Outcome> DENIED = Optional.of(Outcome.DENIED);

  /** Where a run is before it has begun. */
  private record Where(String cluster, String uid, String server, Instant began) {}

  /**
   * Runs all steps; what breaks on the way ends the run, and what was seen before stays.
   *
   * @param cluster as the user names it
   * @param by this program with its version
   */
  public CanaryRun run(ClusterWrites writes, String cluster, String by, Clock clock) {
    Where where = new Where(cluster, "", "", clock.instant());
    List<Taken> taken = new ArrayList<>();
    Optional<Stage> stage = Optional.empty();
    Optional<String> broke = Optional.empty();
    try {
      where = identified(writes, where);
      progress.begins("making a namespace with pods");
      Stage set = Stage.set(writes, image);
      stage = Optional.of(set);
      if (writes.dryRun()) {
        rehearse(writes, set);
      } else {
        steps(writes, set, taken, clock);
      }
    } catch (Fault.Thrown e) {
      broke = Optional.of(e.fault().why());
    } catch (KubernetesClientException e) {
      broke = Optional.of(why(e));
    }
    Place place =
        new Place(
            where.cluster(),
            where.uid(),
            where.server(),
            stage.map(Stage::namespace).orElse(""),
            image,
            by,
            where.began(),
            clock.instant(),
            stage.map(Stage::actors).orElse(List.of()));
    return new CanaryRun(place, taken, broke);
  }

  private static Where identified(ClusterWrites writes, Where where) {
    Namespace system = writes.reader().namespaces().withName("kube-system").get();
    return new Where(
        where.cluster(),
        Objects.requireNonNullElse(system.getMetadata().getUid(), ""),
        writes.reader().getKubernetesVersion().getGitVersion(),
        where.began());
  }

  private static String why(KubernetesClientException e) {
    String message =
        e.getStatus() == null || e.getStatus().getMessage() == null
            ? String.valueOf(e.getMessage())
            : e.getStatus().getMessage();
    return e.getCode() == 403
        ? Forbidden.of(message).sentence()
        : message.lines().findFirst().orElse("");
  }

  /** Notes everything that would be written. */
  private void rehearse(ClusterWrites writes, Stage stage) throws Fault.Thrown {
    Policies policies = new Policies(writes, stage.namespace());
    for (CanaryStep step : plan.apply(false)) {
      policies.change(step.policies());
    }
  }

  private void steps(ClusterWrites writes, Stage stage, List<Taken> taken, Clock clock)
      throws Fault.Thrown {
    ProbeSettings settings = ProbeSettings.USUAL.withImage(image);
    try (Prober prober = new Prober(writes, settings);
        Acts acts = new Acts(writes, prober, stage, clock)) {
      boolean stops = true; // until a step shows that nothing is stopped
      List<CanaryStep> steps = plan.apply(stage.has(Cast.FAR));
      for (int i = 0; i < steps.size(); i++) {
        CanaryStep step = steps.get(i);
        progress.begins(step.says());
        Taken now = acts.play(step, stops ? limit : Duration.ofSeconds(2));
        taken.add(now);
        stops &= step.role() != Role.DENIAL || stopsAny(step, now);
        if (i + 1 < steps.size()) {
          acts.hold(step, steps.get(i + 1));
        }
      }
    }
  }

  private static boolean stopsAny(CanaryStep step, Taken taken) {
    return taken.seen().stream()
        .anyMatch(s -> !step.passes().contains(s.wire()) && s.sign().outcome().equals(DENIED));
  }
}
