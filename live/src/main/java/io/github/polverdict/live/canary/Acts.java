package io.github.polverdict.live.canary;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.canary.CanaryRun.Fate;
import io.github.polverdict.core.model.canary.CanaryRun.Kept;
import io.github.polverdict.core.model.canary.CanaryRun.Seen;
import io.github.polverdict.core.model.canary.CanaryRun.Taken;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.CanaryStep.Role;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.live.canary.Policies.Changed;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Fault;
import io.github.polverdict.live.probe.HeldConnection;
import io.github.polverdict.live.probe.ProbeProgress;
import io.github.polverdict.live.probe.Prober;
import io.github.polverdict.live.probe.Watching;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plays the steps, each after the other, and keeps the connections that are held over a step. */
final class Acts implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final ClusterWrites writes;
  private final Prober prober;
  private final Stage stage;
  private final Clock clock;
  private final Policies policies;
  private final Map<Wire, HeldConnection> held = new LinkedHashMap<>();
  private @Nullable HeldConnection control; // one that nothing forbids, if there is one
  private final Map<Wire, Boolean> passed = new LinkedHashMap<>(); // in the step before

  Acts(ClusterWrites writes, Prober prober, Stage stage, Clock clock) {
    this.writes = writes;
    this.prober = prober;
    this.stage = stage;
    this.clock = clock;
    this.policies = new Policies(writes, stage.namespace());
  }

  /**
   * Opens the TCP connections that the next step forbids, to see then what becomes of them, and one
   * that it does not.
   *
   * @param now the step that has just been played
   */
  void hold(CanaryStep now, CanaryStep next) throws Fault.Thrown {
    List<Wire> open =
        stage.wires().stream()
            .filter(w -> w.protocol() == Protocol.TCP && now.passes().contains(w))
            .filter(w -> passed.getOrDefault(w, false))
            .toList();
    for (Wire wire : open) {
      if (!next.passes().contains(wire)) {
        answering(wire).ifPresent(connection -> held.put(wire, connection));
      }
    }
    for (Wire wire : open) {
      if (next.passes().contains(wire) && control == null && !held.isEmpty()) {
        control = answering(wire).orElse(null);
      }
    }
  }

  private Optional<HeldConnection> answering(Wire wire) throws Fault.Thrown {
    HeldConnection connection =
        HeldConnection.open(writes, CanaryPods.CONTAINER, stage.trial(wire));
    if (connection.look(LOOK) == HeldConnection.Look.ANSWERED) {
      return Optional.of(connection);
    }
    connection.close();
    return Optional.empty();
  }

  /**
   * Makes the step's policies be there and looks at every wire until it is as the step wants it.
   */
  Taken play(CanaryStep step, Duration limit) throws Fault.Thrown {
    Map<Wire, Duration> after = new HashMap<>();
    Instant at;
    Map<Wire, Watching> watched = watch(step);
    try {
      Changed changed = policies.change(step.policies());
      at = clock.instant();
      for (var of : watched.entrySet()) {
        boolean opens = step.passes().contains(of.getKey());
        of.getValue()
            .until(opens, opens ? changed.added() : changed.removed(), limit)
            .ifPresent(d -> after.put(of.getKey(), d));
      }
    } finally {
      watched.values().forEach(Watching::close);
    }
    List<Seen> seen = look(step, limit, after);
    List<Kept> kept = new ArrayList<>();
    held.forEach((wire, connection) -> kept.add(kept(wire, connection)));
    letGo();
    return new Taken(step.id(), at, seen, kept);
  }

  /** The TCP wires that are to change; of the default it is not known what they are to be. */
  private Map<Wire, Watching> watch(CanaryStep step) throws Fault.Thrown {
    Map<Wire, Watching> out = new LinkedHashMap<>();
    if (step.role() == Role.DEFAULT) {
      return out;
    }
    for (var of : passed.entrySet()) {
      Wire wire = of.getKey();
      if (wire.protocol() == Protocol.TCP && of.getValue() != step.passes().contains(wire)) {
        out.put(wire, prober.watch(stage.trial(wire)));
      }
    }
    return out;
  }

  private List<Seen> look(CanaryStep step, Duration limit, Map<Wire, Duration> after) {
    List<Wire> wires = stage.wires();
    List<Trial> trials = wires.stream().map(stage::trial).toList();
    Set<Trial> passing =
        wires.stream()
            .filter(step.passes()::contains)
            .map(stage::trial)
            .collect(Collectors.toSet());
    List<Observation> all =
        Settle.within(limit, some -> prober.run(some, ProbeProgress.SILENT))
            .await(trials, (trial, sign) -> outcome(passing.contains(trial), sign));
    List<Seen> out = new ArrayList<>();
    for (int i = 0; i < wires.size(); i++) {
      Wire wire = wires.get(i);
      Observation seen = all.get(i);
      passed.put(wire, outcome(true, seen.sign()));
      out.add(
          new Seen(
              wire,
              seen.sign(),
              seen.tries(),
              Optional.ofNullable(after.get(wire)),
              seen.detail()));
    }
    return out;
  }

  /** Whether a sign shows that a wire passes, or that it does not. */
  private static boolean outcome(boolean passes, Sign sign) {
    Outcome wanted = passes ? Outcome.ALLOWED : Outcome.DENIED;
    return sign.outcome().equals(Optional.of(wanted));
  }

  /** What became of a connection; it was not cut by a policy if one that nothing forbids broke. */
  private Kept kept(Wire wire, HeldConnection connection) {
    HeldConnection.Look look = connection.look(LOOK);
    boolean gone = look == HeldConnection.Look.SILENT || look == HeldConnection.Look.ENDED;
    if (gone && control != null && control.look(LOOK) != HeldConnection.Look.ANSWERED) {
      return new Kept(wire, Fate.NOT_KNOWN, "a connection that nothing forbids broke, too");
    }
    return switch (look) {
      case ANSWERED -> new Kept(wire, Fate.SURVIVED, "it still answers");
      case SILENT -> new Kept(wire, Fate.CUT, "nothing comes back any more");
      case ENDED -> new Kept(wire, Fate.CUT, "it was ended");
      case LOST -> new Kept(wire, Fate.NOT_KNOWN, "the way to the probe broke");
    };
  }

  private void letGo() {
    held.values().forEach(HeldConnection::close);
    held.clear();
    if (control != null) {
      control.close();
      control = null;
    }
  }

  @Override
  public void close() {
    letGo();
  }
}
