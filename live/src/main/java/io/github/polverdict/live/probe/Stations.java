package io.github.polverdict.live.probe;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places that flows come from: one for each endpoint, opened when it is first needed and again
 * when it broke. Tries a command in the pod's own containers, then an ephemeral container, then a
 * clone, as far as each is allowed.
 */
final class Stations implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final ClusterWrites writes;
  private final Pods pods;
  private final String image;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  private static final class Slot {
    private Optional<Station> station = Optional.empty();
    private Optional<ContainerRef> ours =
        Optional.empty(); // where the station is, if not the user's
    private Optional<Fault> hopeless = Optional.empty();
  }

  Stations(ClusterWrites writes, String image) {
    this.writes = writes;
    this.pods = new Pods(writes.reader());
    this.image = image;
  }

  /** The endpoint's station; opens it when there is none or it broke. */
  Station at(Endpoint endpoint) throws Fault.Thrown {
    Slot slot = slots.computeIfAbsent(endpoint.id(), _ -> new Slot());
    synchronized (slot) {
      if (slot.hopeless.isPresent()) {
        throw new Fault.Thrown(slot.hopeless.get());
      }
      if (slot.station.filter(Station::alive).isPresent()) {
        return slot.station.get();
      }
      slot.station.ifPresent(Station::close);
      slot.station = Optional.empty();
      try {
        Station opened = open(endpoint, slot);
        slot.station = Optional.of(opened);
        return opened;
      } catch (Fault.Thrown e) {
        if (!e.fault().mayPass()) {
          slot.hopeless = Optional.of(e.fault());
        }
        throw e;
      }
    }
  }

  /** The endpoint's station if it is open. */
  Optional<Station> open(Endpoint endpoint) {
    Slot slot = slots.get(endpoint.id());
    if (slot == null) {
      return Optional.empty();
    }
    synchronized (slot) {
      return slot.station.filter(Station::alive);
    }
  }

  private Station open(Endpoint endpoint, Slot slot) throws Fault.Thrown {
    Optional<PodRef> pod = PodRef.of(endpoint);
    if (slot.ours.isPresent()) {
      try {
        return startedInOwn(slot.ours.get());
      } catch (Fault.Thrown e) {
        if (pods.runs(slot.ours.get())) {
          throw e;
        }
        slot.ours = Optional.empty(); // its time was up
      }
    }
    if (pod.isEmpty()) {
      return elsewhere(endpoint, slot);
    }
    Fault first;
    try {
      return inOwnContainers(pod.get());
    } catch (Fault.Thrown e) {
      if (e.fault().mayPass() || !mayGoOn(e.fault())) {
        throw e;
      }
      first = e.fault();
    }
    return inOurs(pod.get(), slot, first);
  }

  /** Whether another way than the pod's own containers may help. */
  private boolean mayGoOn(Fault fault) {
    return writes.permissions().ephemeral()
        || writes.permissions().clones()
        || fault.why().startsWith(ExecStream.NO_SHELL);
  }

  private Station inOurs(PodRef pod, Slot slot, Fault first) throws Fault.Thrown {
    Fault last = first;
    if (writes.permissions().ephemeral()) {
      try {
        slot.ours = Optional.of(writes.ephemeral(pod, image));
        return startedInOwn(slot.ours.get());
      } catch (Fault.Thrown e) {
        last = also(last, e.fault());
      }
    }
    if (writes.permissions().clones()) {
      try {
        slot.ours = Optional.of(writes.clone(pod, image));
        return startedInOwn(slot.ours.get());
      } catch (Fault.Thrown e) {
        last = also(last, e.fault());
      }
    }
    boolean tried = writes.permissions().ephemeral() || writes.permissions().clones();
    String next =
        "; allow a container of ours with --allow-ephemeral, or a clone with --allow-clone";
    throw new Fault.Thrown(tried ? last : Fault.last(first.why() + next));
  }

  private static Fault also(Fault first, Fault second) {
    return new Fault(first.why() + "; " + second.why(), second.mayPass());
  }

  private Station inOwnContainers(PodRef pod) throws Fault.Thrown {
    List<String> containers =
        writes.permissions().exec() || writes.isOwn(pod.namespace())
            ? Pods.running(pods.get(pod))
            : List.of("(any)");
    Fault last = Fault.last("no container of pod " + pod + " runs");
    for (String container : containers) {
      try {
        return started(new ContainerRef(pod, container));
      } catch (Fault.Thrown e) {
        if (!e.fault().why().startsWith(ExecStream.NO_SHELL)) {
          throw e;
        }
        last = e.fault();
      }
    }
    throw new Fault.Thrown(last);
  }

  private Station elsewhere(Endpoint endpoint, Slot slot) throws Fault.Thrown {
    if (endpoint.kind() == Kind.NODE) {
      slot.ours = Optional.of(writes.onNode(endpoint.node().orElse(""), image));
      return startedInOwn(slot.ours.get());
    }
    throw new Fault.Thrown(
        Fault.last(
            switch (endpoint.kind()) {
              case POD, HOST_POD -> "no pod of " + endpoint.id() + " runs";
              case NODE, NETWORK_SET, EXTERNAL ->
                  endpoint.id() + " is outside of the cluster: nothing can be sent from there";
            }));
  }

  private Station started(ContainerRef container) throws Fault.Thrown {
    return ready(writes, container, false);
  }

  private Station startedInOwn(ContainerRef container) throws Fault.Thrown {
    return ready(writes, container, true);
  }

  private static Station ready(ClusterWrites writes, ContainerRef container, boolean own)
      throws Fault.Thrown {
    Station station =
        Station.start(lines ->
            own
                ? writes.execInOwn(container, Agent.COMMAND, lines)
                : writes.exec(container, Agent.COMMAND, lines));
    try {
      station.ready(START);
      return station;
    } catch (Fault.Thrown e) {
      station.close();
      throw e;
    }
  }

  @Override
  public void close() {
    for (Slot slot : slots.values()) {
      synchronized (slot) {
        slot.station.ifPresent(Station::close);
        slot.station = Optional.empty();
      }
    }
  }
}
