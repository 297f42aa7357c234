package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.verify.choice.Lane.Piece;
import io.github.polverdict.questions.words.Quirks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The flows that are tried, those first that tell most: what changed, what rests on a row that no
 * packet has shown, then one of everything that decides, and so on until the budget is spent.
 *
 * @param trials in that order; each stands for a flow class of its own
 */
public record Choice(List<Trial> trials, Coverage coverage) {
  /** So many flows that rest on the same elements come first because a row was not measured. */
  private static final int WITNESSES = 3;

  private static final int LAST = Integer.MAX_VALUE;

  public Choice {
    trials = List.copyOf(trials);
  }

  /**
   * What is asked for.
   *
   * @param namespaces the only namespaces whose pods send; empty for all
   * @param outside addresses outside of the cluster that may be called
   * @param budget the most flows to try, at least 1
   * @param seed of the sample: the same seed and bench give the same choice
   * @param first trials of flow classes to try before all others; another flow of its class for one
   *     that calls an address that is not its destination's any more
   * @param unable why a pod can't send although it runs; empty when it can
   */
  public record Wanted(
      Set<String> namespaces,
      List<IpAddress> outside,
      int budget,
      long seed,
      List<Trial> first,
      Function<Endpoint, Optional<String>> unable) {
    public Wanted {
      namespaces = Set.copyOf(namespaces);
      outside = List.copyOf(outside);
      first = List.copyOf(first);
    }
  }

  /** Flows that rest on the same, and whose destination serves them alike. */
  private record Alike(Grounds grounds, boolean served, Protocol protocol) {}

  /** A flow to try; of a lower rank first. */
  private record Candidate(Trial trial, int rank) {}

  /** The choice for a bench; deterministic. */
  public static Choice of(Bench bench, Wanted wanted) {
    Ends ends = new Ends(wanted.namespaces(), wanted.outside(), wanted.unable());
    Lanes lanes = new Lanes(bench, ends, wanted.seed());
    Map<String, Long> skipped = new TreeMap<>();
    Map<FlowClass, Trial> first = new HashMap<>();
    wanted.first().forEach(t -> lanes.of(t).ifPresent(key -> first.putIfAbsent(key, t)));
    Pool pool = new Pool(first.keySet(), new Random(wanted.seed()));
    for (Lane lane : lanes.all()) {
      for (Piece piece : lane.pieces()) {
        if (lane.pair().isEmpty()) {
          skipped.merge(lane.skipped(), 1L, Long::sum);
        } else if (!piece.protocol().hasPorts()) {
          skipped.merge("not TCP, UDP or SCTP", 1L, Long::sum);
        } else {
          pool.add(new Chance(lane, piece));
        }
      }
    }
    List<Trial> trials = new ArrayList<>();
    for (Candidate one : ranked(bench, lanes, pool.shuffled(), first)) {
      if (trials.size() < wanted.budget()) {
        Trial trial = one.trial();
        trials.add(new Trial("t" + (trials.size() + 1), trial.flow(), trial.at()));
      }
    }
    return new Choice(trials, new Coverage(pool.size(), trials.size(), skipped));
  }

  private static List<Candidate> ranked(
      Bench bench, Lanes lanes, List<Chance> chances, Map<FlowClass, Trial> first) {
    Map<Alike, Integer> before = new HashMap<>();
    List<Candidate> out = new ArrayList<>();
    for (Chance chance : chances) {
      Trial early = first.isEmpty() ? null : first.get(chance.key());
      if (early != null) {
        out.add(new Candidate(lanes.stands(early) ? early : chance.trial(out.size()), 0));
      } else {
        Trial trial = chance.trial(out.size());
        Verdict verdict = bench.judge().judge(trial.flow());
        Piece piece = chance.piece();
        Alike kind = new Alike(Grounds.of(verdict), piece.served(), piece.protocol());
        int alike = before.merge(kind, 1, Integer::sum) - 1;
        boolean open = alike < WITNESSES && restsOnUnmeasured(bench, verdict);
        out.add(new Candidate(trial, piece.isMute() ? LAST : open ? 1 : 2 + alike));
      }
    }
    out.sort(Comparator.comparingInt(Candidate::rank));
    return out;
  }

  private static boolean restsOnUnmeasured(Bench bench, Verdict verdict) {
    return Quirks.of(verdict).stream().anyMatch(q -> !bench.measured(q.quirk()));
  }
}
