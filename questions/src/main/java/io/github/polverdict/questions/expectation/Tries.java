package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.expectation.AssertAnswer.Packets;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of expectations is tried with packets: one flow for all that nothing in the model tells
 * apart, from pods that run to addresses that are surely their owner's.
 *
 * @param trials each once, whichever expectations it is for
 * @param of the trials of each row, by their place in {@code trials}
 */
public record Tries(List<Trial> trials, List<Set<Integer>> of) {
  public Tries {
    trials = List.copyOf(trials);
    of = List.copyOf(of);
  }

  static Tries of(Bench bench, List<AssertQuestion.Look> looks, int most) {
    Chooser chooser = new Chooser(bench, most);
    List<Set<Integer>> of = new ArrayList<>();
    for (AssertQuestion.Look look : looks) {
      Covered covered = new Covered(bench, look.expectation(), look.each());
      if (covered.problems().isEmpty()) {
        covered.each(chooser);
      }
      of.add(chooser.take());
    }
    return new Tries(chooser.trials, of);
  }

  /** What packets showed of a row. */
  Packets shown(int row, Outcome wanted, List<Observation> seen) {
    Map<String, Observation> byId = new HashMap<>();
    seen.forEach(o -> byId.put(o.trial().id(), o));
    int as = 0;
    int against = 0;
    int silent = 0;
    String first = "";
    for (int index : of.get(row).stream().sorted().toList()) {
      Observation one = byId.get(trials.get(index).id());
      Optional<Outcome> outcome = one == null ? Optional.empty() : one.sign().outcome();
      if (one == null || outcome.isEmpty()) {
        silent++;
      } else if (outcome.get() == wanted) {
        as++;
      } else {
        against++;
        first = first.isEmpty() ? sentence(one) : first;
      }
    }
    return new Packets(of.get(row).size(), as, against, silent, first);
  }

  private static String sentence(Observation one) {
    AssertAnswer.Asked words = Wording.asked(one.trial().flow());
    return "%s -> %s at %s: %s"
        .formatted(words.from(), words.to(), one.trial().at(), one.sign().name().replace('_', '-'));
  }

  /** Chooses trials for one expectation after the other. */
  private static final class Chooser implements Covered.Visitor {
    private final Bench bench;
    private final int most;
    private final List<Trial> trials = new ArrayList<>();
    private final Map<List<Object>, Integer> known = new HashMap<>();
    private final Set<List<Object>> classes = new HashSet<>();
    private Set<Integer> current = new HashSet<>();

    Chooser(Bench bench, int most) {
      this.bench = bench;
      this.most = most;
    }

    private Set<Integer> take() {
      Set<Integer> out = current;
      current = new HashSet<>();
      classes.clear();
      return out;
    }

    @Override
    public void direct(Member from, Member to, Family family, TrafficSet traffic) {
      Optional<IpAddress> at = address(to.judged(), family);
      if (at.isEmpty()) {
        return;
      }
      ReachMatrix matrix = bench.matrix(family);
      for (Sample call : calls(to.judged(), traffic)) {
        List<Object> key =
            List.of(
                matrix.classOf(from.cell()),
                matrix.classOf(to.cell()),
                from.cell().node().equals(to.cell().node()),
                family,
                call);
        add(key, call.flow(from.judged(), to.judged(), family), at.get());
      }
    }

    @Override
    public void called(Member from, Flow.Target.ToService to, Service.Port port, Family family) {
      if (to.via() != Via.CLUSTER_IP) {
        return;
      }
      Optional<IpAddress> at = first(to.service().addresses().of(family));
      List<Object> key =
          List.of(
              bench.matrix(family).classOf(from.cell()),
              to.service().id(),
              from.cell().node(),
              family,
              new Sample(port.protocol(), port.number()));
      Flow flow = new Flow(from.judged(), to, port.protocol(), port.number(), family);
      at.ifPresent(a -> add(key, flow, a));
    }

    private void add(List<Object> key, Flow flow, IpAddress at) {
      if (current.size() >= most || !sends(flow.from()) || !classes.add(key)) {
        return;
      }
      List<Object> own = List.of(flow.from().id(), at, flow.protocol(), flow.port());
      current.add(
          known.computeIfAbsent(
              own,
              _ -> {
                trials.add(new Trial("t" + (trials.size() + 1), flow, at));
                return trials.size() - 1;
              }));
    }

    private static boolean sends(Endpoint from) {
      return from.kind() == Kind.POD && from.addresses().exact() && !from.mayBeSeveral();
    }

    /** An address that is surely the endpoint's own; of the outside only one that was said. */
    private static Optional<IpAddress> address(Endpoint to, Family family) {
      IpSet own = to.addresses().of(family).set();
      boolean one =
          own.ranges().size() == 1
              && own.ranges().getFirst().first().equals(own.ranges().getFirst().last());
      boolean surely = to.addresses().exact() && !to.mayBeSeveral();
      return surely && (one || to.kind() != Kind.EXTERNAL) ? first(own) : Optional.empty();
    }

    private static Optional<IpAddress> first(IpSet set) {
      return set.ranges().stream().map(IpSet.Range::first).findFirst();
    }

    /** The ports that the destination names, else the first number of every run. */
    private static List<Sample> calls(Endpoint to, TrafficSet traffic) {
      List<Sample> out = new ArrayList<>();
      to.ports().stream()
          .filter(p -> traffic.contains(p.protocol(), p.number()))
          .forEach(p -> out.add(new Sample(p.protocol(), p.number())));
      if (!out.isEmpty()) {
        return out;
      }
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
        traffic.numbers(protocol).ranges().forEach(r -> out.add(new Sample(protocol, r[0])));
      }
      return traffic.equals(TrafficSet.ALL) ? out.subList(0, 1) : out;
    }
  }
}
