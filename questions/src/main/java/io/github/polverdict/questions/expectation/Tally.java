package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.expectation.AssertAnswer.Example;
import io.github.polverdict.questions.table.Cells;
import io.github.polverdict.questions.words.Quirks;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the flows of an expectation by what becomes of them, and keeps the first of each. */
final class Tally implements Covered.Visitor {
  private final Bench bench;
  private final Outcome unwanted;
  private final Map<Family, Cells> cells = new EnumMap<>(Family.class);
  private final IdentityHashMap<Reach, Map<TrafficSet, Outcome>> judged = new IdentityHashMap<>();
  private long flows;
  private long against;
  private long unknown;
  private @Nullable Example failing;
  private @Nullable Example open;

  Tally(Bench bench, Map<Family, Cells> cells, Outcome wanted) {
    this.bench = bench;
    this.cells.putAll(cells);
    this.unwanted = wanted == Outcome.ALLOWED ? Outcome.DENIED : Outcome.ALLOWED;
  }

  long flows() {
    return flows;
  }

  long against() {
    return against;
  }

  long unknown() {
    return unknown;
  }

  /** The first flow that is not as expected, else the first of which it is not known. */
  Optional<Example> example() {
    return Optional.ofNullable(failing == null ? open : failing);
  }

  @Override
  public void direct(Member from, Member to, Family family, TrafficSet traffic) {
    Cells table = cells.get(family);
    if (table == null) {
      return;
    }
    Reach reach = table.between(from.cell(), to.cell());
    Outcome worst =
        judged
            .computeIfAbsent(reach, _ -> new HashMap<>())
            .computeIfAbsent(traffic, t -> worst(reach, t));
    if (worst == Outcome.UNKNOWN || worst == unwanted) {
      TrafficSet part = reach.with(worst).and(traffic);
      Endpoint end = to.judged();
      count(worst, sure(from, to), () -> direct(from, end, family, part));
    } else {
      flows++;
    }
  }

  private Outcome worst(Reach reach, TrafficSet traffic) {
    if (!reach.with(unwanted).and(traffic).isEmpty()) {
      return unwanted;
    }
    boolean known = reach.unknown().and(traffic).isEmpty();
    return known ? opposite() : Outcome.UNKNOWN;
  }

  private Outcome opposite() {
    return unwanted == Outcome.ALLOWED ? Outcome.DENIED : Outcome.ALLOWED;
  }

  private static boolean sure(Member from, Member to) {
    return from.sure() == Truth.YES && to.sure() == Truth.YES;
  }

  private Example direct(Member from, Endpoint to, Family family, TrafficSet part) {
    Verdict verdict =
        bench.judge().judge(Sample.of(part).orElseThrow().flow(from.judged(), to, family));
    return example(verdict, to.id(), part);
  }

  @Override
  public void called(Member from, Flow.Target.ToService to, Service.Port port, Family family) {
    int number = to.via() == Via.NODE_PORT ? port.nodePort() : port.number();
    Flow flow = new Flow(from.judged(), to, port.protocol(), number, family);
    Verdict verdict = bench.judge().judge(flow);
    TrafficSet traffic = TrafficSet.of(port.protocol(), number, number);
    if (verdict.outcome() == opposite()) {
      flows++;
    } else {
      count(
          verdict.outcome(),
          from.sure() == Truth.YES,
          () -> example(verdict, to.service().id(), traffic));
    }
  }

  /** What is told of a flow is only found out for the first. */
  private void count(Outcome outcome, boolean sure, java.util.function.Supplier<Example> example) {
    flows++;
    if (outcome == unwanted && sure) {
      against++;
      failing = failing == null ? example.get() : failing;
    } else {
      unknown++;
      open = open == null ? example.get() : open;
    }
  }

  private static Example example(Verdict verdict, String to, TrafficSet traffic) {
    Reason reason =
        verdict.outcome() == Outcome.UNKNOWN
            ? new Reason("", Reasons.doubts(verdict.doubts()), Optional.empty(), List.of())
            : Reasons.of(verdict);
    return new Example(
        verdict.flow().from().id(),
        to,
        traffic,
        verdict.outcome(),
        reason,
        Quirks.of(verdict),
        verdict.doubts(),
        Wording.asked(verdict.flow()));
  }
}
