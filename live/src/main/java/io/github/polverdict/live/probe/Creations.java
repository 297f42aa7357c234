package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.polverdict.live.Pause;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one run has created in a cluster. It is written down before it is asked for, since a request
 * whose answer is lost may have done it. When the run ends, or the process is told to end, all of
 * it is taken away, and nothing more can be created.
 */
final class Creations implements AutoCloseable {
  private static final int TRIES = 4;
  private static final Duration PAUSE = Duration.ofMillis(300); // twice as long each time

  private final KubernetesClient client;
  private final Consumer<String> notices;
  private final Deque<HasMetadata> objects = new ArrayDeque<>(); // the last one first
  private final Set<String> namespaces = new HashSet<>();
  private final Set<ContainerRef> ephemerals = new LinkedHashSet<>();
  private final Thread atEnd = new Thread(this::takeAway, "polverdict-clean-up");
  private State state = State.NOTHING;

  private enum State {
    NOTHING,
    SOME,
    OVER
  }

  private interface Request<T> {
    T send();
  }

  /**
   * Nothing is created yet.
   *
   * @param notices hears of what could not be taken away
   */
  Creations(KubernetesClient client, Consumer<String> notices) {
    this.client = client;
    this.notices = notices;
  }

  /** Whether a namespace was created by this run. */
  synchronized boolean owns(String namespace) {
    return namespaces.contains(namespace);
  }

  /** Creates a namespace. */
  synchronized void namespace(HasMetadata namespace) throws Fault.Thrown {
    create(namespace);
    namespaces.add(namespace.getMetadata().getName());
  }

  /**
   * Creates an object; one of the same name and run is taken for it.
   *
   * @return what the server made of it
   */
  synchronized <T extends HasMetadata> T create(T object) throws Fault.Thrown {
    begin();
    boolean goesAlong = namespaces.contains(object.getMetadata().getNamespace());
    if (!goesAlong) {
      objects.addFirst(object);
    }
    try {
      return again(name(object), () -> created(object));
    } catch (Fault.Thrown e) {
      if (!e.fault().mayPass()) {
        objects.remove(object);
      }
      throw e;
    }
  }

  private <T extends HasMetadata> T created(T object) {
    try {
      return client.resource(object).create();
    } catch (KubernetesClientException e) {
      T there =
          e.getCode() == HttpURLConnection.HTTP_CONFLICT ? client.resource(object).get() : null;
      if (there != null && run(there).equals(run(object))) {
        return there; // an earlier answer was lost
      }
      throw e;
    }
  }

  private static String run(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(Labels.RUN, "");
  }

  /** Adds an ephemeral container to a pod. */
  synchronized ContainerRef add(PodRef pod, EphemeralContainer container) throws Fault.Thrown {
    ContainerRef added = uses(new ContainerRef(pod, container.getName()));
    try {
      again("an ephemeral container in pod " + pod, () -> edited(pod, container));
      return added;
    } catch (Fault.Thrown e) {
      if (!e.fault().mayPass()) {
        ephemerals.remove(added);
      }
      throw e;
    }
  }

  private Pod edited(PodRef pod, EphemeralContainer container) {
    return client
        .pods()
        .inNamespace(pod.namespace())
        .withName(pod.name())
        .ephemeralContainers()
        .edit(p ->
            p.getSpec().getEphemeralContainers().stream()
                    .anyMatch(e -> e.getName().equals(container.getName()))
                ? p
                : new PodBuilder(p)
                    .editSpec()
                    .addToEphemeralContainers(container)
                    .endSpec()
                    .build());
  }

  /** Takes on an ephemeral container that an earlier run has left; it is ended with this run. */
  synchronized ContainerRef uses(ContainerRef container) throws Fault.Thrown {
    begin();
    ephemerals.add(container);
    return container;
  }

  /** From now on there is something to take away. */
  private void begin() throws Fault.Thrown {
    if (state == State.SOME) {
      return;
    }
    try {
      if (state == State.NOTHING) {
        Runtime.getRuntime().addShutdownHook(atEnd);
        state = State.SOME;
        return;
      }
    } catch (IllegalStateException _) {
      state = State.OVER; // the process is about to end
    }
    throw new Fault.Thrown(Fault.last("polverdict ends: nothing is created any more"));
  }

  /** Leaves everything where it is. */
  synchronized void keep() {
    state = State.OVER;
  }

  private synchronized void takeAway() {
    if (state != State.SOME) {
      return;
    }
    state = State.OVER;
    for (ContainerRef container : ephemerals) {
      orTell("ephemeral " + container, () -> Leftovers.end(client, container));
    }
    for (HasMetadata object : objects) {
      orTell(name(object), () -> delete(object));
    }
  }

  /** Deletes an object at once. */
  void delete(HasMetadata object) throws Fault.Thrown {
    again(name(object), () -> deleted(object));
  }

  private Object deleted(HasMetadata object) {
    return client.resource(object).withGracePeriod(0).delete();
  }

  private interface Step {
    void take() throws Fault.Thrown;
  }

  private void orTell(String what, Step step) {
    try {
      step.take();
    } catch (Fault.Thrown e) {
      notices.accept(
          "NOT taken away: %s: %s; polverdict probe --clean-up finds it"
              .formatted(what, e.fault().why()));
    }
  }

  /** Tries a few times while the server may come to do it. */
  private static <T> T again(String what, Request<T> request) throws Fault.Thrown {
    Duration pause = PAUSE;
    for (int left = TRIES - 1; ; left--) {
      try {
        return request.send();
      } catch (KubernetesClientException e) {
        Fault fault = Pods.refused(what, e);
        if (!fault.mayPass() || left == 0 || !Pause.of(pause)) {
          throw new Fault.Thrown(fault);
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static String name(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return "%s %s%s"
        .formatted(
            object.getKind(),
            namespace == null ? "" : namespace + "/",
            object.getMetadata().getName());
  }

  /** Takes away what this run has created; returns when that is done, by whomever. */
  @Override
  public void close() {
    takeAway();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException _) {
      // the process is about to end
    }
  }
}
