package io.github.polverdict.cli;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.live.probe.Prober;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Tries flows with packets. Pods that can't send are replaced by others of their class; what is not
 * as predicted is tried once more when all the rest is done.
 */
final class Probing implements AutoCloseable {
  /** So often flows are chosen again because pods can't send. */
  private static final int CHOICES = 5;

  private final Session session;
  private final Prober prober;
  private final Map<String, Outcome> predicted = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<String, String> unable = new TreeMap<>();

  Probing(Session session, ClusterWrites writes, ProbeSettings settings) {
    this.session = session;
    this.prober = new Prober(writes, settings.expecting(this::asPredicted));
  }

  /** A choice from which pods that turn out to be unable to send are left out. */
  Choice choose(Function<Function<Endpoint, Optional<String>>, Choice> chooser) {
    Choice choice = chooser.apply(this::obstacle);
    for (int i = 1; i < CHOICES && anyUnable(choice); i++) {
      choice = chooser.apply(this::obstacle);
    }
    return choice;
  }

  private Optional<String> obstacle(Endpoint pod) {
    return unable.containsKey(pod.id()) ? Optional.of("no probe can run there") : Optional.empty();
  }

  private boolean anyUnable(Choice choice) {
    List<Endpoint> sources =
        choice.trials().stream()
            .map(t -> t.flow().from())
            .distinct()
            .filter(from -> asked.add(from.id()))
            .toList();
    Map<Endpoint, String> found = prober.obstacles(sources);
    found.forEach((from, why) -> unable.put(from.id(), why));
    return !found.isEmpty();
  }

  /** Which pods can't send, and why. */
  List<String> notes() {
    return unable.entrySet().stream()
        .map(e -> e.getKey() + " sends nothing: " + e.getValue())
        .toList();
  }

  List<Observation> of(Choice choice, Desk desk) {
    return of(choice.trials(), desk);
  }

  /** What packets show of trials, in their order. */
  List<Observation> of(List<Trial> trials, Desk desk) {
    for (Trial trial : trials) {
      predicted.put(trial.id(), session.outcome(trial.flow()));
    }
    List<Observation> first = prober.run(trials, desk.probing());
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

  private boolean asPredicted(Trial trial, Observation.Sign sign) {
    Outcome said = predicted.getOrDefault(trial.id(), Outcome.UNKNOWN);
    return said == Outcome.UNKNOWN || sign.outcome().map(o -> o == said).orElse(true);
  }

  /** The later sign, with all the tries that it took. */
  private static Observation both(Observation first, Observation again) {
    return new Observation(
        again.trial(), again.sign(), first.tries() + again.tries(), again.took(), again.detail());
  }

  @Override
  public void close() {
    prober.close();
  }
}
