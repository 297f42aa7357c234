package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.naming.Goal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every flow that an expectation is about, in the order of its ends. */
final class Covered {
  private final Bench bench;
  private final Optional<Dropped> dropped;
  private final List<Member> sources;
  private final List<Target.Direct> direct = new ArrayList<>();
  private final List<Target.Called> called = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** Looks at flows one after the other. */
  interface Visitor {
    /** Traffic to an endpoint's own address. */
    void direct(Member from, Member to, Family family, TrafficSet traffic);

    /** A call of a port of a Service. */
    void called(Member from, Flow.Target.ToService to, Service.Port port, Family family);
  }

  Covered(Bench bench, Expectation expectation, String each) {
    this.bench = bench;
    this.dropped =
        expectation.wanted() == Outcome.ALLOWED
            ? Optional.of(new Dropped(bench))
            : Optional.empty();
    Ends ends = new Ends(bench, expectation.namespace(), each);
    this.sources = ends.sources(expectation);
    for (Target target : ends.targets(expectation)) {
      switch (target) {
        case Target.Direct one -> direct.add(one);
        case Target.Called(Goal.Called goal, var ports) when goal.via() == Via.POD_ADDRESS ->
            headless(goal.service(), ports);
        case Target.Called one -> called.add(one);
      }
    }
    problems.addAll(ends.problems());
    notes.addAll(ends.notes());
    called.forEach(this::ports);
    names();
  }

  /** Why something that is expected means nothing here. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** What a reader should know of how it was understood. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The name of a headless Service leads to its pods, at their own ports. */
  private void headless(Service service, List<Traffic> asked) {
    boolean any = false;
    for (Service.Port port : service.ports()) {
      if (asked.stream().noneMatch(t -> t.means(port))) {
        continue;
      }
      for (Service.Backend backend : port.backends()) {
        Traffic own =
            new Traffic.Of(TrafficSet.of(port.protocol(), backend.port(), backend.port()));
        bench
            .universe()
            .endpoint(backend.endpoint())
            .map(e -> new Member(Goal.End.of(e), Truth.YES))
            .ifPresent(m -> direct.add(new Target.Direct(m, List.of(own))));
        any = true;
      }
    }
    if (!any) {
      problems.add(service.id() + " leads to no pod by these ports");
    }
  }

  private void ports(Target.Called one) {
    Service service = one.goal().service();
    for (Traffic traffic : one.ports()) {
      if (service.ports().stream().noneMatch(traffic::means)) {
        problems.add(service.id() + " has none of these ports" + known(service));
      }
    }
  }

  private static String known(Service service) {
    List<String> ports =
        service.ports().stream()
            .map(p -> p.number() + "/" + p.protocol().name().toLowerCase(java.util.Locale.ROOT))
            .toList();
    return ports.isEmpty() ? "; it has no ports" : "; it has " + String.join(", ", ports);
  }

  /** A name of a port that no destination has tests nothing. */
  private void names() {
    Set<Traffic> asked = new LinkedHashSet<>();
    direct.forEach(d -> asked.addAll(d.ports()));
    for (Traffic traffic : asked) {
      if (traffic instanceof Traffic.Named(String name, var _)) {
        List<Target.Direct> all = direct.stream().filter(d -> d.ports().contains(traffic)).toList();
        long without =
            all.stream()
                .filter(d -> traffic.at(d.member().judged(), Family.IPV4).isEmpty())
                .count();
        if (without == all.size()) {
          TreeSet<String> known = new TreeSet<>();
          all.forEach(d -> d.member().judged().ports().forEach(p -> known.add(p.name())));
          problems.add(
              "no container there gives a port the name '%s'%s"
                  .formatted(
                      name, known.isEmpty() ? "" : "; there is " + String.join(", ", known)));
        } else if (without > 0) {
          notes.add(without + " of the called have no port named " + name + " and are left out");
        }
      }
    }
  }

  void each(Visitor visitor) {
    boolean several = sources.size() > 1 || direct.size() > 1;
    for (Member from : sources) {
      for (Target.Direct to : direct) {
        boolean itself = from.is(to.member());
        boolean outside = outside(from) && outside(to.member());
        if (!outside && !(itself && several)) {
          direct(from, to, visitor);
        }
      }
      called.forEach(to -> called(from, to, visitor));
    }
  }

  private static boolean outside(Member member) {
    return member.cell().kind() == Kind.EXTERNAL;
  }

  private void direct(Member from, Target.Direct to, Visitor visitor) {
    for (Family family : bench.families()) {
      if (uses(from.judged(), family) && uses(to.member().judged(), family)) {
        for (Traffic ports : to.ports()) {
          TrafficSet traffic = meant(ports.at(to.member().judged(), family));
          if (!traffic.isEmpty()) {
            visitor.direct(from, to.member(), family, traffic);
          }
        }
      }
    }
  }

  /** Who wants all ports open does not mean those that nobody could open. */
  private TrafficSet meant(TrafficSet asked) {
    TrafficSet out = asked;
    Map<Origin.BuiltIn, TrafficSet> drops = dropped.map(d -> d.of(asked)).orElse(Map.of());
    for (Map.Entry<Origin.BuiltIn, TrafficSet> drop : drops.entrySet()) {
      Origin.BuiltIn row = drop.getKey();
      out = out.minus(drop.getValue());
      notes.add("left out: %s, by %s: %s".formatted(drop.getValue(), row.quirk(), row.says()));
    }
    return out;
  }

  private static boolean uses(Endpoint endpoint, Family family) {
    return !endpoint.addresses().set().of(family).isEmpty();
  }

  private void called(Member from, Target.Called to, Visitor visitor) {
    Service service = to.goal().service();
    Via via = to.goal().via();
    if (via == Via.CLUSTER_IP && outside(from)) {
      notes.add("outside addresses call no cluster address: " + service.id() + " is not for them");
      return;
    }
    for (Family family : bench.families()) {
      boolean given = service.addresses().isEmpty() || !service.addresses().of(family).isEmpty();
      if (!given || !uses(from.judged(), family)) {
        continue;
      }
      for (Service.Port port : service.ports()) {
        if (to.ports().stream().anyMatch(t -> t.means(port))) {
          visitor.called(from, new Flow.Target.ToService(service, via), port, family);
        }
      }
    }
  }
}
