package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.polverdict.live.Connection;
import io.github.polverdict.live.Forbidden;
import io.github.polverdict.live.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads pods, and waits for them. */
final class Pods {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Set<String> HOPELESS =
      Set.of("CreateContainerConfigError", "InvalidImageName", "ErrImageNeverPull");

  private final KubernetesClient client;

  Pods(KubernetesClient client) {
    this.client = client;
  }

  Pod get(PodRef ref) throws Fault.Thrown {
    Pod pod;
    try {
      pod = client.pods().inNamespace(ref.namespace()).withName(ref.name()).get();
    } catch (KubernetesClientException e) {
      throw new Fault.Thrown(refused("reading pod " + ref, e));
    }
    if (pod == null) {
      throw new Fault.Thrown(Fault.last("pod " + ref + " is not there any more"));
    }
    return pod;
  }

  /** Why a request failed, naming the right that is missing where it is one. */
  static Fault refused(String what, KubernetesClientException e) {
    if (e.getCode() <= 0) {
      return Fault.passing(what + ": " + Connection.why(e));
    }
    String message =
        e.getStatus() == null || e.getStatus().getMessage() == null
            ? String.valueOf(e.getMessage())
            : e.getStatus().getMessage();
    if (e.getCode() == 403) {
      return Fault.last(what + ": " + Forbidden.of(message).sentence());
    }
    return new Fault(
        what + " was refused: " + message.lines().findFirst().orElse("").strip(),
        e.getCode() >= 500 || e.getCode() == 429 || e.getCode() == 409);
  }

  /** The containers that run, the one that kubectl would take first. */
  static List<String> running(Pod pod) {
    String wanted =
        Optional.ofNullable(pod.getMetadata().getAnnotations())
            .orElse(Map.of())
            .getOrDefault("kubectl.kubernetes.io/default-container", "");
    List<String> out = new ArrayList<>();
    pod.getSpec().getContainers().stream()
        .map(c -> c.getName())
        .filter(n -> status(pod, n).filter(s -> s.getState().getRunning() != null).isPresent())
        .forEach(n -> out.add(n.equals(wanted) ? 0 : out.size(), n));
    return out;
  }

  /** Whether a container runs, ephemeral or not. */
  boolean runs(ContainerRef container) throws Fault.Thrown {
    return status(get(container.pod()), container.name())
        .filter(s -> s.getState().getRunning() != null)
        .isPresent();
  }

  /** The ephemeral container of an earlier run that still runs. */
  Optional<String> runningOfOurs(Pod pod) {
    return pod.getSpec().getEphemeralContainers().stream()
        .map(c -> c.getName())
        .filter(n -> n.startsWith(Labels.US + "-"))
        .filter(n -> status(pod, n).filter(s -> s.getState().getRunning() != null).isPresent())
        .findFirst();
  }

  /** The ephemeral container of a run that has not ended, whether it runs yet or not. */
  static Optional<String> startingOf(Pod pod, String run) {
    return namesOf(pod, run)
        .filter(n -> status(pod, n).filter(s -> s.getState().getTerminated() != null).isEmpty())
        .findFirst();
  }

  /** A name for another ephemeral container of a run; those of the ended ones stay taken. */
  static String nextName(Pod pod, String run) {
    long taken = namesOf(pod, run).count();
    return Labels.named(run) + (taken == 0 ? "" : "-" + (taken + 1));
  }

  private static Stream<String> namesOf(Pod pod, String run) {
    return pod.getSpec().getEphemeralContainers().stream()
        .map(c -> c.getName())
        .filter(n -> n.startsWith(Labels.named(run)));
  }

  /** Whether the pod runs and has the address. */
  static boolean has(Pod pod, String address) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && "Running".equals(pod.getStatus().getPhase())
        && pod.getStatus().getPodIPs().stream().anyMatch(ip -> address.equals(ip.getIp()));
  }

  /**
   * Waits until a container runs.
   *
   * @param container its name; empty for all
   */
  void awaitRunning(PodRef ref, String container) throws Fault.Thrown {
    long until = System.nanoTime() + START.toNanos();
    String last = "";
    while (System.nanoTime() < until) {
      Pod pod;
      try {
        pod = get(ref);
      } catch (Fault.Thrown e) {
        if (!e.fault().mayPass()) {
          throw e;
        }
        last = e.fault().why();
        pause();
        continue;
      }
      List<ContainerStatus> wanted =
          container.isEmpty()
              ? pod.getStatus().getContainerStatuses()
              : status(pod, container).stream().toList();
      if (!wanted.isEmpty() && wanted.stream().allMatch(s -> s.getState().getRunning() != null)) {
        return;
      }
      last = wanted.stream().map(s -> state(s.getState())).findFirst().orElse("not started");
      if ("Failed".equals(pod.getStatus().getPhase())
          || HOPELESS.stream().anyMatch(last::contains)) {
        break;
      }
      pause();
    }
    throw new Fault.Thrown(
        Fault.last("container %s of pod %s does not run: %s".formatted(container, ref, last)));
  }

  private static void pause() throws Fault.Thrown {
    if (!Pause.of(Duration.ofMillis(200))) {
      throw new Fault.Thrown(Fault.last("interrupted"));
    }
  }

  private static String state(ContainerState state) {
    if (state.getWaiting() != null) {
      String message = state.getWaiting().getMessage();
      return state.getWaiting().getReason() + (message == null ? "" : " (" + message + ")");
    }
    return state.getTerminated() == null ? "starting" : "it ended";
  }

  private static Optional<ContainerStatus> status(Pod pod, String container) {
    return Stream.concat(
            pod.getStatus().getContainerStatuses().stream(),
            pod.getStatus().getEphemeralContainerStatuses().stream())
        .filter(s -> s.getName().equals(container))
        .findFirst();
  }

  /** Refuses to clone a pod whose clone would get a Service's traffic although it is not ready. */
  void refuseIfServed(Pod pod) throws Fault.Thrown {
    List<Service> services;
    try {
      services = client.services().inNamespace(pod.getMetadata().getNamespace()).list().getItems();
    } catch (KubernetesClientException e) {
      throw new Fault.Thrown(refused("listing Services", e));
    }
    for (Service service : services) {
      Map<String, String> selector = service.getSpec().getSelector();
      if (Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses())
          && selector != null
          && !selector.isEmpty()
          && pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet())) {
        throw new Fault.Thrown(
            Fault.last(
                "pod %s is not cloned: Service %s sends traffic to pods that are not ready, too"
                    .formatted(pod.getMetadata().getName(), service.getMetadata().getName())));
      }
    }
  }
}
