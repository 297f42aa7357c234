package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is known of the destinations of one run beside the answers: who was reached by somebody, who
 * listens, what arrived half. Asks the destinations themselves, as far as that is allowed.
 */
final class Evidence {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Stations stations;
  private final Pods pods;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Set<Call> reached = ConcurrentHashMap.newKeySet();
  private final Map<String, Told> listening = new ConcurrentHashMap<>();
  private final Map<String, Told> afterwards = new ConcurrentHashMap<>();
  private final Map<String, Object> counting = new ConcurrentHashMap<>(); // one at a time
  private final Map<Call, Optional<String>> changes = new ConcurrentHashMap<>();

  /**
   * What a destination told of itself, or why it did not.
   *
   * @param lost whether it might have told, had the way to it not failed
   */
  private record Told(Optional<Sockets> sockets, String why, boolean lost) {}

  /**
   * Whether something is so, or why that is not known.
   *
   * @param known empty when it is not known
   */
  record Known(Optional<Boolean> known, String why) {
    static Known of(boolean fact) {
      return new Known(Optional.of(fact), "");
    }

    static Known not(String why) {
      return new Known(Optional.empty(), why);
    }

    boolean yes() {
      return known.orElse(false);
    }
  }

  /** A pod that a trial may arrive at, and the port there. */
  private record Arrival(Endpoint endpoint, int port) {}

  Evidence(Stations stations, Pods pods, List<Trial> trials) {
    this.stations = stations;
    this.pods = pods;
    for (Trial trial : trials) {
      endpoints.put(trial.flow().from().id(), trial.flow().from());
      if (trial.flow().to() instanceof Flow.Target.ToEndpoint(Endpoint to)) {
        endpoints.put(to.id(), to);
      }
    }
  }

  /** Somebody got an answer of what the trial calls. */
  void reached(Trial trial) {
    reached.add(Call.of(trial));
  }

  boolean wasReached(Trial trial) {
    return reached.contains(Call.of(trial));
  }

  /** Whether the trial leads to a pod or a node of the cluster. */
  boolean inside(Trial trial) {
    return switch (trial.flow().to()) {
      case Flow.Target.ToEndpoint(Endpoint to) -> Kind.INSIDE.contains(to.kind());
      case Flow.Target.ToService _ -> true;
    };
  }

  /** Whether the trial calls a Service that nothing is behind. */
  boolean endsNowhere(Trial trial) {
    return trial.flow().to() instanceof Flow.Target.ToService(Service service, var _)
        && backends(service, trial).isEmpty();
  }

  /** Whether something listens where the trial arrives, as far as that was looked at before. */
  Known listens(Trial trial) {
    return wasReached(trial) ? Known.of(true) : listens(trial, this::sockets);
  }

  /**
   * The same by another look: what answered, or listened, earlier in the run may have ended since.
   */
  Known listensNow(Trial trial) {
    return listens(trial, endpoint -> asked(endpoint, true, station -> station.sockets(PATIENCE)));
  }

  private Known listens(Trial trial, Function<Endpoint, Told> look) {
    List<String> unknown = new ArrayList<>();
    List<Arrival> arrivals = arrivals(trial);
    for (Arrival arrival : arrivals) {
      Told told = look.apply(arrival.endpoint());
      if (told.sockets().isEmpty()) {
        unknown.add(told.why());
      } else if (listens(told.sockets().get(), trial, arrival)) {
        return Known.of(true);
      }
    }
    if (arrivals.isEmpty()) {
      return Known.not("nobody can look there");
    }
    return unknown.isEmpty() ? Known.of(false) : Known.not(unknown.getFirst());
  }

  private static boolean listens(Sockets sockets, Trial trial, Arrival arrival) {
    Protocol protocol = trial.flow().protocol();
    return own(arrival.endpoint(), trial)
        .filter(own -> sockets.listens(protocol, own, arrival.port()))
        .isPresent();
  }

  /** The endpoint's address of the trial's family. */
  private static Optional<IpAddress> own(Endpoint endpoint, Trial trial) {
    return endpoint.addresses().set().of(trial.at().family()).ranges().stream()
        .findFirst()
        .map(IpSet.Range::first);
  }

  private Told sockets(Endpoint endpoint) {
    return listening.computeIfAbsent(
        endpoint.id(), _ -> asked(endpoint, true, station -> station.sockets(PATIENCE)));
  }

  private interface Question {
    Sockets ask(Station station) throws Fault.Thrown;
  }

  /** Asks a destination, opening a way to it if that is wanted and allowed. */
  private Told asked(Endpoint endpoint, boolean open, Question question) {
    try {
      Optional<Station> station =
          open ? Optional.of(stations.at(endpoint)) : stations.open(endpoint);
      return station.isPresent()
          ? new Told(Optional.of(question.ask(station.get())), "", false)
          : new Told(Optional.empty(), "nothing runs there that could tell", false);
    } catch (Fault.Thrown e) {
      return new Told(Optional.empty(), e.fault().why(), e.fault().mayPass());
    }
  }

  /**
   * Whether the trial's first packet arrives at a destination that hears no more. Every destination
   * is looked at once, so this is to be asked when all has been sent.
   */
  boolean halfOpens(Trial trial, Station.Pace pace) {
    Optional<IpAddress> source = own(trial.flow().from(), trial);
    return trial.flow().protocol() == Protocol.TCP
        && source.isPresent()
        && arrivals(trial).stream().anyMatch(a -> halfOpens(trial, source.get(), a, pace));
  }

  private boolean halfOpens(Trial trial, IpAddress peer, Arrival at, Station.Pace pace) {
    if (afterwards(at.endpoint())
        .sockets()
        .filter(s -> !s.halfOpen(at.port(), peer).isEmpty())
        .isEmpty()) {
      return false;
    }
    try {
      Observer observer =
          new Observer(stations.at(trial.flow().from()), stations.at(at.endpoint()));
      return observer.halfOpens(Call.of(trial), at.port(), peer, pace);
    } catch (Fault.Thrown _) {
      return true; // what was seen stays
    }
  }

  private Told afterwards(Endpoint endpoint) {
    return afterwards.computeIfAbsent(endpoint.id(), _ -> handshakes(endpoint, false));
  }

  private Told handshakes(Endpoint endpoint, boolean open) {
    return asked(endpoint, open, station -> station.handshakes(PATIENCE));
  }

  /**
   * Why the destination may be away with its node, which the server takes a minute to notice: it
   * does not tell of itself either. Empty when it does, or never would.
   *
   * @param surprise whether it should have answered: then it is asked even where that takes an exec
   *     of its own
   */
  Optional<String> away(Trial trial, boolean surprise) {
    for (Endpoint witness : witnesses(trial)) {
      String id = witness.id();
      Told told = afterwards(witness);
      if (surprise && told.sockets().isEmpty() && !told.lost()) {
        told = afterwards.compute(id, (_, _) -> handshakes(witness, true));
      }
      if (told.lost()) {
        return Optional.of("%s does not tell of itself either: %s".formatted(id, told.why()));
      }
    }
    return Optional.empty();
  }

  /** Who can tell whether the destination is there: itself, of a node one of its pods. */
  private List<Endpoint> witnesses(Trial trial) {
    if (trial.flow().to() instanceof Flow.Target.ToEndpoint(Endpoint to)
        && to.kind() == Kind.NODE) {
      return endpoints.values().stream()
          .filter(e -> PodRef.of(e).isPresent() && e.node().equals(to.node()))
          .sorted(Comparator.comparing(Endpoint::id))
          .limit(1)
          .toList();
    }
    return arrivals(trial).stream().map(Arrival::endpoint).toList();
  }

  /** Whether what the trial calls answers to the same words when they come from itself. */
  Known answersItself(Trial trial, Station.Pace pace) {
    if (wasReached(trial)) {
      return Known.of(true);
    }
    String why = "nobody can look there";
    for (Arrival arrival : arrivals(trial)) {
      Optional<IpAddress> own = own(arrival.endpoint(), trial);
      try {
        if (own.isPresent()) {
          Station station = stations.at(arrival.endpoint());
          Call call = new Call(trial.flow().protocol(), own.get(), arrival.port());
          if (station.probe(List.of(call), pace).getFirst().now().word() == Word.CONNECTED) {
            return Known.of(true);
          }
          why = "it does not answer a probe from within either";
        }
      } catch (Fault.Thrown e) {
        why = e.fault().why();
      }
    }
    return Known.not(why);
  }

  /** Whether what the trial sends arrives, as its destination's own kernel counts it. */
  Known arrives(Trial trial, Station.Pace pace) {
    List<Arrival> arrivals = arrivals(trial);
    if (arrivals.size() != 1) {
      return Known.not("nobody can look there");
    }
    Arrival at = arrivals.getFirst();
    try {
      Observer observer =
          new Observer(stations.at(trial.flow().from()), stations.at(at.endpoint()));
      synchronized (counting.computeIfAbsent(at.endpoint().id(), _ -> new Object())) {
        return observer
            .arrives(Call.of(trial), at.port(), pace)
            .map(Known::of)
            .orElseGet(() -> Known.not("it receives other datagrams meanwhile"));
      }
    } catch (Fault.Thrown e) {
      return Known.not(e.fault().why());
    }
  }

  /** What takes a request each, of the destinations of trials that nobody answered. */
  List<Runnable> looks(List<Trial> trials) {
    Map<IpAddress, Trial> each = new LinkedHashMap<>();
    trials.forEach(t -> each.putIfAbsent(t.at(), t));
    return each.values().stream()
        .flatMap(t ->
            Stream.<Runnable>of(() -> changed(t), () -> witnesses(t).forEach(this::afterwards)))
        .toList();
  }

  /**
   * Why the destination is not what it was when the trial was chosen; empty when it is. Every one
   * is read once, so this is to be asked when all has been sent.
   */
  Optional<String> changed(Trial trial) {
    return changes.computeIfAbsent(new Call(Protocol.OTHER, trial.at(), 0), _ -> changedNow(trial));
  }

  private Optional<String> changedNow(Trial trial) {
    if (!(trial.flow().to() instanceof Flow.Target.ToEndpoint(Endpoint to))) {
      return Optional.empty();
    }
    Optional<PodRef> pod = PodRef.of(to);
    if (pod.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Pods.has(pods.get(pod.get()), trial.at().toString())
          ? Optional.empty()
          : Optional.of("pod " + pod.get() + " does not run any more at " + trial.at());
    } catch (Fault.Thrown e) {
      return Optional.of(e.fault().why());
    }
  }

  private List<Arrival> arrivals(Trial trial) {
    return switch (trial.flow().to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          PodRef.of(to).isPresent() ? List.of(new Arrival(to, trial.flow().port())) : List.of();
      case Flow.Target.ToService(Service service, var _) ->
          backends(service, trial).stream()
              .flatMap(b ->
                  Optional.ofNullable(endpoints.get(b.endpoint())).stream()
                      .map(e -> new Arrival(e, b.port())))
              .toList();
    };
  }

  private static List<Service.Backend> backends(Service service, Trial trial) {
    int port = trial.flow().port();
    return service.ports().stream()
        .filter(p -> p.protocol() == trial.flow().protocol())
        .filter(p -> p.number() == port || p.nodePort() == port)
        .flatMap(p -> p.backends().stream())
        .toList();
  }
}
