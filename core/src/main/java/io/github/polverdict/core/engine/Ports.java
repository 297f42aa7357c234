package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What traffic a specification stands for at a destination: turns port names into numbers. */
final class Ports {
  private final Universe universe;
  private final Map<Wide, Resolved> wide = new HashMap<>();
  private final Map<String, Set<Endpoint>> identities = new HashMap<>();

  private record Wide(View view, TrafficSpec.Named spec) {}

  /**
   * Numbers of a specification with names.
   *
   * @param sure surely meant
   * @param perhaps meant too if the match is so
   */
  record Resolved(TrafficSet sure, TrafficSet perhaps, Match rest) {}

  Ports(Universe universe) {
    this.universe = universe;
    universe
        .endpoints()
        .forEach(e -> identities.computeIfAbsent(identity(e), _ -> new LinkedHashSet<>()).add(e));
  }

  /** Whether the specification has this traffic when it arrives at the destination. */
  Match has(TrafficSpec spec, Endpoint destination, Protocol protocol, int number, View view) {
    Resolved resolved = resolved(spec, destination, view);
    return Match.of(resolved.sure().contains(protocol, number))
        .or(resolved.perhaps().contains(protocol, number) ? resolved.rest() : Match.NO);
  }

  /** The traffic that the specification stands for at the destination. */
  Resolved resolved(TrafficSpec spec, Endpoint destination, View view) {
    return switch (spec) {
      case TrafficSpec.Numeric(TrafficSet traffic) -> new Resolved(traffic, TrafficSet.NONE, Match.NO);
      case TrafficSpec.Named named ->
          switch (named.resolution()) {
            case ON_THE_DESTINATION -> onTheDestination(named, destination, view);
            case ON_THE_DESTINATIONS_IDENTITY -> onTheIdentity(named, destination);
            case ONE_NUMBER_PER_CLUSTER, UNION_OF_DECLARED ->
                wide.computeIfAbsent(new Wide(view, named), _ -> clusterWide(named, view));
          };
    };
  }

  private static Resolved onTheDestination(TrafficSpec.Named named, Endpoint destination, View view) {
    Match counts = Matching.selects(named.within(), destination, view);
    TrafficSet declared = TrafficSet.NONE;
    for (PortName name : named.names()) {
      declared = declared.or(traffic(name, numbers(name, destination, named.initToo())));
    }
    if (counts.no()) {
      return new Resolved(TrafficSet.NONE, TrafficSet.NONE, Match.NO);
    }
    TrafficSet meant = declared.isEmpty() ? named.unresolved() : declared;
    if (hidden(destination).isPresent()) {
      return new Resolved(TrafficSet.NONE, protocols(named), hidden(destination).get());
    }
    return counts.yes()
        ? new Resolved(meant, TrafficSet.NONE, Match.NO)
        : new Resolved(TrafficSet.NONE, meant, counts);
  }

  private Resolved onTheIdentity(TrafficSpec.Named named, Endpoint destination) {
    TrafficSet sure = TrafficSet.NONE;
    for (PortName name : named.names()) {
      Set<Integer> all = new LinkedHashSet<>();
      for (Endpoint alike : identities.getOrDefault(identity(destination), Set.of(destination))) {
        all.addAll(numbers(name, alike, named.initToo()));
      }
      sure = all.size() == 1 ? sure.or(traffic(name, all)) : sure;
    }
    return hidden(destination)
        .map(doubt -> new Resolved(TrafficSet.NONE, protocols(named), doubt))
        .orElse(new Resolved(sure.isEmpty() ? named.unresolved() : sure, TrafficSet.NONE, Match.NO));
  }

  private static String identity(Endpoint e) {
    return e.kind() == Kind.POD
        ? e.namespace() + " " + e.facts().serviceAccount() + " " + new TreeMap<>(e.facts().labels().known())
        : e.id();
  }

  /** One answer for every destination: from the declarations of all pods that count. */
  private Resolved clusterWide(TrafficSpec.Named named, View view) {
    TrafficSet sure = TrafficSet.NONE;
    Match unsure = Match.NO;
    for (PortName name : named.names()) {
      Set<Integer> all = new LinkedHashSet<>();
      for (Endpoint endpoint : universe.endpoints()) {
        Match counts = Matching.selects(named.within(), endpoint, view);
        Set<Integer> numbers = numbers(name, endpoint, named.initToo());
        if (counts.yes()) {
          all.addAll(numbers);
        } else if (!numbers.isEmpty()) {
          unsure = unsure.or(counts);
        }
        if (!counts.no() && hidden(endpoint).isPresent()) {
          unsure = unsure.or(hidden(endpoint).get());
        }
      }
      boolean one = named.resolution() == Resolution.UNION_OF_DECLARED || all.size() == 1;
      sure = one ? sure.or(traffic(name, all)) : sure;
    }
    if (unsure.no()) {
      return new Resolved(sure.isEmpty() ? named.unresolved() : sure, TrafficSet.NONE, Match.NO);
    }
    return named.resolution() == Resolution.UNION_OF_DECLARED
        ? new Resolved(sure, protocols(named).or(named.unresolved()), unsure)
        : new Resolved(TrafficSet.NONE, protocols(named), unsure);
  }

  /** Pods of which not even the ports could be read. */
  private static Optional<Match> hidden(Endpoint endpoint) {
    return endpoint.kind() == Kind.POD && endpoint.ports().isEmpty()
        ? endpoint.facts().labels().incomplete().map(Match::maybe)
        : Optional.empty();
  }

  private static TrafficSet protocols(TrafficSpec.Named named) {
    return named.names().stream()
        .map(n -> TrafficSet.all(n.protocol()))
        .reduce(TrafficSet.NONE, TrafficSet::or);
  }

  private static TrafficSet traffic(PortName name, Set<Integer> numbers) {
    TrafficSet out = TrafficSet.NONE;
    for (int number : numbers) {
      out = out.or(TrafficSet.of(name.protocol(), number, number));
    }
    return out;
  }

  private static Set<Integer> numbers(PortName name, Endpoint endpoint, boolean initToo) {
    Set<Integer> out = new LinkedHashSet<>();
    if (endpoint.kind() == Kind.POD) {
      for (NamedPort port : endpoint.ports()) {
        boolean same = port.name().equals(name.name()) && port.protocol() == name.protocol();
        if (same && (initToo || !port.init())) {
          out.add(port.number());
        }
      }
    }
    return out;
  }
}
