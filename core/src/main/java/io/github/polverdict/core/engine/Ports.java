package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What traffic a specification stands for at a destination: turns port names into numbers. */
final class Ports {
  private final List<Endpoint> pods;
  private final Map<String, List<Endpoint>> byNamespace = new HashMap<>();
  private final Map<Wide, Resolved> wide = new HashMap<>();

  /** A resolution that is the same for every destination. */
  private record Wide(View view, TrafficSpec.Named spec) {}

  /**
   * Numbers of a specification with names.
   *
   * @param sure surely meant
   * @param perhaps not surely meant, but possible
   * @param rest what stands between; NO when nothing is possible beyond what is sure
   */
  record Resolved(TrafficSet sure, TrafficSet perhaps, Match rest) {
    private static Resolved surely(TrafficSet traffic) {
      return new Resolved(traffic, TrafficSet.NONE, Match.NO);
    }

    private static Resolved given(Match when, TrafficSet traffic) {
      return switch (when.truth()) {
        case YES -> surely(traffic);
        case NO -> surely(TrafficSet.NONE);
        case MAYBE -> new Resolved(TrafficSet.NONE, traffic, when);
      };
    }

    private Resolved without(Resolved others) {
      TrafficSet all = sure.or(perhaps).minus(others.sure);
      TrafficSet left = sure.minus(others.sure).minus(others.perhaps);
      TrafficSet open = all.minus(left);
      return open.isEmpty() ? surely(left) : new Resolved(left, open, rest.or(others.rest));
    }
  }

  /**
   * What some pods declare for a name.
   *
   * @param surely the numbers of pods that surely count
   * @param perhaps the numbers of pods that may count
   * @param unseen whether there may be any number, because a pod could not be read
   * @param why NO when everything is known
   */
  private record Declared(Set<Integer> surely, Set<Integer> perhaps, boolean unseen, Match why) {}

  Ports(Universe universe) {
    pods = universe.endpoints().stream().filter(e -> e.kind() == Kind.POD).toList();
    pods.forEach(p -> byNamespace.computeIfAbsent(p.namespace(), _ -> new ArrayList<>()).add(p));
  }

  /** Whether the specification has this traffic when it arrives at the destination. */
  Match has(TrafficSpec spec, Endpoint destination, Protocol protocol, int number, View view) {
    if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
      return Match.of(traffic.contains(protocol, number));
    }
    if (spec instanceof TrafficSpec.Without(TrafficSpec some, TrafficSpec others)) {
      return has(some, destination, protocol, number, view)
          .and(has(others, destination, protocol, number, view).not());
    }
    Resolved resolved = resolved(spec, destination, view);
    return Match.of(resolved.sure().contains(protocol, number))
        .or(resolved.perhaps().contains(protocol, number) ? resolved.rest() : Match.NO);
  }

  /** The traffic that the specification stands for at the destination. */
  Resolved resolved(TrafficSpec spec, Endpoint destination, View view) {
    return switch (spec) {
      case TrafficSpec.Numeric(TrafficSet traffic) -> Resolved.surely(traffic);
      case TrafficSpec.Called(TrafficSet traffic) -> Resolved.surely(traffic);
      case TrafficSpec.OnlyTo(var destinations, TrafficSet traffic) ->
          Resolved.given(Matching.selects(destinations, destination, view), traffic);
      case TrafficSpec.Without(TrafficSpec some, TrafficSpec others) ->
          resolved(some, destination, view).without(resolved(others, destination, view));
      case TrafficSpec.Named named ->
          switch (named.resolution()) {
            case ON_THE_DESTINATION, LAST_ON_THE_DESTINATION, ALL_OF_THE_DESTINATION ->
                among(List.of(destination), named, e -> within(named, e, view));
            case ON_THE_DESTINATIONS_IDENTITY ->
                among(
                    byNamespace.getOrDefault(destination.namespace(), List.of()),
                    named,
                    e -> alike(e, destination, view).and(within(named, e, view)));
            case ONE_NUMBER_PER_CLUSTER, UNION_OF_DECLARED ->
                wide.computeIfAbsent(
                    new Wide(view, named), _ -> among(pods, named, e -> within(named, e, view)));
          };
    };
  }

  private static Match within(TrafficSpec.Named named, Endpoint endpoint, View view) {
    return Matching.selects(named.within(), endpoint, view);
  }

  /** Whether an engine that sees only labels takes two pods for the same. */
  private static Match alike(Endpoint a, Endpoint b, View view) {
    if (a.id().equals(b.id())) {
      return Match.of(b.kind() == Kind.POD);
    }
    boolean comparable =
        b.kind() == Kind.POD
            && a.namespace().equals(b.namespace())
            && a.facts().serviceAccount().equals(b.facts().serviceAccount());
    if (!comparable) {
      return Match.NO;
    }
    Labels mine = a.facts().labels();
    Labels others = b.facts().labels();
    Set<String> keys = new HashSet<>(mine.known().keySet());
    keys.addAll(others.known().keySet());
    Match same = complete(mine).and(complete(others));
    for (String key : keys) {
      if (view.shows(Scope.ENDPOINT, key)) {
        same = same.and(equal(mine, others, key));
      }
    }
    return same;
  }

  private static Match complete(Labels labels) {
    return labels.incomplete().map(Match::maybe).orElse(Match.YES);
  }

  private static Match equal(Labels a, Labels b, String key) {
    boolean open =
        !a.known().containsKey(key) && a.incomplete().isPresent()
            || !b.known().containsKey(key) && b.incomplete().isPresent();
    // an open label is in doubt already, by the incompleteness itself
    return Match.of(
        open
            || Optional.ofNullable(a.known().get(key))
                .equals(Optional.ofNullable(b.known().get(key))));
  }

  /** What the names stand for among pods of which some count. */
  private static Resolved among(
      List<Endpoint> pods, TrafficSpec.Named named, Function<Endpoint, Match> counts) {
    TrafficSet sure = TrafficSet.NONE;
    TrafficSet perhaps = TrafficSet.NONE;
    Match rest = Match.NO;
    for (PortName name : named.names()) {
      Declared declared = declared(pods, name, named, counts);
      Set<Integer> all = new TreeSet<>(declared.surely());
      all.addAll(declared.perhaps());
      boolean one = unique(named.resolution());
      if (one && declared.surely().size() > 1) {
        continue; // two numbers: none, whatever else there is
      }
      boolean same = one && all.size() == 1 && declared.surely().equals(all) && !declared.unseen();
      boolean settled = same || declared.why().no();
      if (settled || !one) {
        sure = sure.or(traffic(named, name, declared.surely()));
      }
      if (!settled) {
        boolean any = declared.unseen() && !(one && declared.surely().size() == 1);
        perhaps = perhaps.or(any ? whole(named, name) : traffic(named, name, all));
        rest = rest.or(declared.why());
      }
    }
    if (!sure.isEmpty()) {
      return new Resolved(sure, perhaps.minus(sure), rest);
    }
    return rest.no()
        ? Resolved.surely(named.unresolved())
        : new Resolved(sure, perhaps.or(named.unresolved()), rest);
  }

  private static boolean unique(Resolution resolution) {
    return switch (resolution) {
      case ON_THE_DESTINATION, LAST_ON_THE_DESTINATION, ALL_OF_THE_DESTINATION, UNION_OF_DECLARED ->
          false;
      case ON_THE_DESTINATIONS_IDENTITY, ONE_NUMBER_PER_CLUSTER -> true;
    };
  }

  private static Declared declared(
      List<Endpoint> pods,
      PortName name,
      TrafficSpec.Named named,
      Function<Endpoint, Match> counts) {
    Set<Integer> surely = new TreeSet<>();
    Set<Integer> perhaps = new TreeSet<>();
    boolean unseen = false;
    Match why = Match.NO;
    for (Endpoint pod : pods) {
      Set<Integer> numbers = numbers(name, pod, named);
      Optional<Match> hidden = hidden(pod);
      if (numbers.isEmpty() && hidden.isEmpty()) {
        continue;
      }
      Match count = counts.apply(pod);
      if (count.yes()) {
        surely.addAll(numbers);
      } else if (!count.no() && !numbers.isEmpty()) {
        perhaps.addAll(numbers);
        why = why.or(count);
      }
      if (!count.no() && hidden.isPresent()) {
        unseen = true;
        why = why.or(hidden.get()).or(count.yes() ? Match.NO : count);
      }
    }
    return new Declared(surely, perhaps, unseen, why);
  }

  /** A pod of which not even the ports could be read. */
  private static Optional<Match> hidden(Endpoint endpoint) {
    return endpoint.kind() == Kind.POD && endpoint.ports().isEmpty()
        ? endpoint.facts().labels().incomplete().map(Match::maybe)
        : Optional.empty();
  }

  /** What a name can stand for at most. */
  private static TrafficSet whole(TrafficSpec.Named named, PortName name) {
    return named.resolution() == Resolution.ALL_OF_THE_DESTINATION
        ? TrafficSet.ALL
        : TrafficSet.all(name.protocol());
  }

  private static TrafficSet traffic(TrafficSpec.Named named, PortName name, Set<Integer> numbers) {
    if (named.resolution() == Resolution.ALL_OF_THE_DESTINATION) {
      return numbers.isEmpty() ? TrafficSet.NONE : TrafficSet.ALL;
    }
    TrafficSet out = TrafficSet.NONE;
    for (int number : numbers) {
      out = out.or(TrafficSet.of(name.protocol(), number, number));
    }
    return out;
  }

  private static Set<Integer> numbers(PortName name, Endpoint endpoint, TrafficSpec.Named named) {
    List<NamedPort> declared =
        (endpoint.kind() == Kind.POD ? endpoint.ports() : List.<NamedPort>of())
            .stream()
                .filter(p -> p.name().equals(name.name()) && (named.initToo() || !p.init()))
                .toList();
    boolean last = named.resolution() == Resolution.LAST_ON_THE_DESTINATION;
    return declared.stream()
        .skip(last ? Math.max(0, declared.size() - 1) : 0)
        .filter(p -> p.protocol() == name.protocol())
        .map(NamedPort::number)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
