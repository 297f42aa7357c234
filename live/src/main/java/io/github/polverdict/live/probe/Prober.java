package io.github.polverdict.live.probe;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries flows with packets, from where they come. Keeps one stream for each source for as long as
 * it is open; knows nothing of what is predicted but what the settings expect.
 */
public final class Prober implements AutoCloseable {
  private final ClusterWrites writes;
  private final ProbeSettings settings;
  private final Stations stations;
  private final Rate rate;

  public Prober(ClusterWrites writes, ProbeSettings settings) {
    this.writes = writes;
    this.settings = settings;
    this.stations = new Stations(writes, settings.image());
    this.rate = new Rate(settings.rate());
  }

  /** A trial's last attempt and how many there were. */
  private record Tried(Attempt attempt, int tries) {}

  /**
   * Tries all trials.
   *
   * @return an observation for each, in the order of the trials
   */
  public List<Observation> run(List<Trial> trials, ProbeProgress progress) {
    Evidence evidence = new Evidence(stations, new Pods(writes.reader()), trials);
    Signs signs = new Signs(evidence, settings);
    Map<Trial, Tried> tried = new ConcurrentHashMap<>();
    Done done = new Done(progress, trials.size());
    for (boolean itself : List.of(false, true)) {
      List<Trial> wave = trials.stream().filter(t -> mayReachItself(t) == itself).toList();
      Map<Endpoint, List<Trial>> bySource = new LinkedHashMap<>();
      wave.forEach(t -> bySource.computeIfAbsent(t.flow().from(), _ -> new ArrayList<>()).add(t));
      List<Runnable> work = new ArrayList<>();
      bySource.forEach((from, own) -> work.add(() -> source(from, own, signs, tried, done)));
      parallel(work);
    }
    return told(trials, tried, evidence, signs);
  }

  /**
   * Whether a Service may lead back to the source. Such trials come last: after one, an engine was
   * seen to let another connection pass an ingress deny (docs/dialects/measurements.md).
   */
  private static boolean mayReachItself(Trial trial) {
    return trial.flow().to() instanceof Flow.Target.ToService(Service service, var _)
        && service.ports().stream()
            .flatMap(p -> p.backends().stream())
            .anyMatch(b -> b.endpoint().equals(trial.flow().from().id()));
  }

  /** Counts trials that need no other try. */
  private static final class Done {
    private final ProbeProgress progress;
    private final int all;
    private final AtomicInteger count = new AtomicInteger();

    Done(ProbeProgress progress, int all) {
      this.progress = progress;
      this.all = all;
    }

    synchronized void add(int trials) {
      progress.done(count.addAndGet(trials), all);
    }
  }

  private void source(
      Endpoint from, List<Trial> trials, Signs signs, Map<Trial, Tried> tried, Done done) {
    long until = System.nanoTime() + settings.settle().toNanos();
    List<Trial> left = trials;
    for (int round = 1; !left.isEmpty(); round++) {
      for (int i = 0; i < left.size(); i += settings.batch()) {
        batch(from, left.subList(i, Math.min(left.size(), i + settings.batch())), tried);
      }
      List<Trial> again = left.stream().filter(t -> again(t, last(tried, t), signs)).toList();
      done.add(left.size() - again.size());
      left = again;
      if (left.isEmpty()
          || System.nanoTime() > until
          || !Pause.of(Duration.ofMillis(Math.min(100 * round, 500)))) {
        done.add(left.size());
        return;
      }
    }
  }

  private void batch(Endpoint from, List<Trial> trials, Map<Trial, Tried> tried) {
    List<Attempt> attempts;
    try {
      Station station = stations.at(from);
      rate.take(trials.size());
      attempts = station.probe(trials.stream().map(Call::of).toList(), settings.pace());
    } catch (Fault.Thrown e) {
      attempts = trials.stream().map(_ -> Attempt.lost(e.fault())).toList();
    }
    for (int i = 0; i < trials.size(); i++) {
      Attempt made = attempts.get(i);
      tried.merge(trials.get(i), new Tried(made, 1), (old, one) -> later(old, one));
    }
  }

  /** What is known stays known: a probe that was lost takes nothing back. */
  private static Tried later(Tried old, Tried one) {
    boolean lost = one.attempt().now().word() == Word.LOST;
    boolean known = old.attempt().now().word() != Word.LOST;
    return new Tried(lost && known ? old.attempt() : one.attempt(), old.tries() + 1);
  }

  private static Tried last(Map<Trial, Tried> tried, Trial trial) {
    return Objects.requireNonNull(tried.get(trial));
  }

  private boolean again(Trial trial, Tried tried, Signs signs) {
    Attempt.Answer answer = tried.attempt().now();
    Sign sign = signs.soFar(trial, answer);
    return sign == Sign.INCONCLUSIVE
        ? answer.word() == Word.LOST && answer.mayPass()
        : !settings.expected().test(trial, sign);
  }

  private List<Observation> told(
      List<Trial> trials, Map<Trial, Tried> tried, Evidence evidence, Signs signs) {
    trials.forEach(t -> signs.soFar(t, last(tried, t).attempt().now())); // who was reached at all
    parallel(
        evidence.looks(
            trials.stream()
                .filter(t -> last(tried, t).attempt().now().word().unanswered())
                .toList()));
    Map<Trial, Observation> out = new ConcurrentHashMap<>();
    List<Runnable> work = new ArrayList<>();
    for (Trial trial : trials) {
      work.add(() -> {
        Tried last = last(tried, trial);
        Signs.Meaning meaning = signs.of(trial, last.attempt().now());
        out.put(
            trial,
            new Observation(
                trial, meaning.sign(), last.tries(), last.attempt().took(), meaning.detail()));
      });
    }
    parallel(work);
    return trials.stream().map(t -> Objects.requireNonNull(out.get(t))).toList();
  }

  private void parallel(List<Runnable> work) {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(settings.sources(), Thread.ofVirtual().factory())) {
      List<Future<?>> all = new ArrayList<>();
      work.forEach(w -> all.add(pool.submit(w)));
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * From which of them nothing can be sent, and why. Opens the streams that trials use, no more at
   * once than the settings say.
   */
  public Map<Endpoint, String> obstacles(List<Endpoint> sources) {
    Map<Endpoint, String> out = new ConcurrentHashMap<>();
    List<Runnable> work = new ArrayList<>();
    sources.forEach(from ->
        work.add(() -> {
          try {
            stations.at(from);
          } catch (Fault.Thrown e) {
            out.put(from, e.fault().why());
          }
        }));
    parallel(work);
    return out;
  }

  /** Watches one trial all the time, so that it can be told when its outcome changed. */
  public Watching watch(Trial trial) throws Fault.Thrown {
    return new Watching(stations.at(trial.flow().from()), trial, settings);
  }

  @Override
  public void close() {
    stations.close();
  }
}
