package io.github.polverdict.cli;

import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.live.probe.Prober;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.workbench.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tries what was chosen; what is not as predicted is tried once more when all the rest is done. */
final class Probing {
  private final Session session;
  private final ProbeSettings settings;
  private final Map<String, Outcome> predicted = new HashMap<>();

  Probing(Session session, WriteOptions writing, int settle) {
    this.session = session;
    this.settings =
        writing
            .settings()
            .settlingWithin(Duration.ofSeconds(settle))
            .expecting((trial, sign) -> asPredicted(trial, sign));
  }

  List<Observation> of(Choice choice, ClusterWrites writes, Desk desk) {
    for (Trial trial : choice.trials()) {
      predicted.put(trial.id(), session.judge().judge(trial.flow()).outcome());
    }
    try (Prober prober = new Prober(writes, settings)) {
      List<Observation> first = prober.run(choice.trials(), desk.probing());
      List<Trial> doubtful =
          first.stream()
              .filter(o -> !asPredicted(o.trial(), o.sign()))
              .map(Observation::trial)
              .toList();
      Map<Trial, Observation> again = new HashMap<>();
      if (!doubtful.isEmpty()) {
        prober.run(doubtful, desk.probing()).forEach(o -> again.put(o.trial(), o));
      }
      List<Observation> out = new ArrayList<>();
      first.forEach(o -> out.add(again.containsKey(o.trial()) ? both(o, again.get(o.trial())) : o));
      return out;
    }
  }

  private boolean asPredicted(Trial trial, Observation.Sign sign) {
    Outcome said = predicted.getOrDefault(trial.id(), Outcome.UNKNOWN);
    return said == Outcome.UNKNOWN || sign.outcome().map(o -> o == said).orElse(true);
  }

  /** The later sign, with all the tries that it took. */
  private static Observation both(Observation first, Observation again) {
    return new Observation(
        again.trial(), again.sign(), first.tries() + again.tries(), again.took(), again.detail());
  }
}
