package io.github.polverdict.live.canary;

import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.Pause;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Waits until policies are realised, as far as packets can tell: tries trials again and again until
 * each has shown the wanted sign several times in a row, or the time is up. A sign that came once
 * may be a packet that was lost.
 *
 * @param probe tries trials; an observation for each, in their order
 * @param inARow how often the same sign must come, at least 1
 * @param limit for how long it is tried
 * @param nanos a clock
 */
public record Settle(
    Function<List<Trial>, List<Observation>> probe,
    int inARow,
    Duration limit,
    Duration pause,
    LongSupplier nanos) {

  /** Three in a row, on the machine's clock. */
  public static Settle within(Duration limit, Function<List<Trial>, List<Observation>> probe) {
    return new Settle(probe, 3, limit, Duration.ofMillis(100), System::nanoTime);
  }

  /**
   * What each trial showed last, with the number of all tries.
   *
   * @param wanted which sign is waited for
   */
  public List<Observation> await(List<Trial> trials, BiPredicate<Trial, Sign> wanted) {
    long end = nanos.getAsLong() + limit.toNanos();
    Map<Trial, Standing> standings = new HashMap<>();
    List<Trial> left = trials;
    while (!left.isEmpty()) {
      for (Observation now : probe.apply(left)) {
        standings.merge(now.trial(), new Standing(now, 1), Standing::then);
      }
      left = left.stream().filter(t -> !settled(t, standings, wanted)).toList();
      if (nanos.getAsLong() > end || !Pause.of(pause)) {
        break;
      }
    }
    return trials.stream().map(t -> Objects.requireNonNull(standings.get(t)).last()).toList();
  }

  private boolean settled(
      Trial trial, Map<Trial, Standing> standings, BiPredicate<Trial, Sign> wanted) {
    Standing standing = Objects.requireNonNull(standings.get(trial));
    return standing.inARow() >= inARow && wanted.test(trial, standing.last().sign());
  }

  /** What a trial showed last, and how often in a row. */
  private record Standing(Observation last, int inARow) {
    Standing then(Standing next) {
      boolean same = next.last.sign() == last.sign();
      return new Standing(added(last, next.last), same ? inARow + 1 : 1);
    }
  }

  private static Observation added(Observation before, Observation now) {
    return new Observation(
        now.trial(), now.sign(), before.tries() + now.tries(), now.took(), now.detail());
  }
}
