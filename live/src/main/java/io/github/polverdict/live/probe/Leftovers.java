package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Finds what polverdict has created in a cluster, by its labels and names, and takes it away. */
final class Leftovers {
  private static final Duration STOP = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final Permissions permissions;
  private final boolean dryRun;
  private final List<String> taken = new ArrayList<>();

  Leftovers(KubernetesClient client, Permissions permissions, boolean dryRun) {
    this.client = client;
    this.permissions = permissions;
    this.dryRun = dryRun;
  }

  /**
   * What any run has created in the namespaces that may be touched, also one that still goes on.
   *
   * @return what was taken away, or would be; what could not be is named with the reason
   */
  List<String> takeAway() {
    List<String> where = List.copyOf(permissions.namespaces());
    tell(this::namespaces);
    for (String namespace : where.isEmpty() ? List.of("") : where) {
      tell(() -> clones(namespace));
      tell(() -> ephemerals(namespace));
    }
    return taken;
  }

  private void namespaces() {
    for (Namespace found : client.namespaces().withLabel(Labels.RUN).list().getItems()) {
      if (permissions.in(found.getMetadata().getName())
          && found.getMetadata().getName().startsWith(Labels.US + "-")) {
        remove(found);
      }
    }
  }

  private void clones(String namespace) {
    var maps = client.configMaps();
    List<ConfigMap> owners =
        (namespace.isEmpty() ? maps.inAnyNamespace() : maps.inNamespace(namespace))
            .withLabel(Labels.RUN)
            .list()
            .getItems();
    var pods = client.pods();
    List<Pod> clones =
        (namespace.isEmpty() ? pods.inAnyNamespace() : pods.inNamespace(namespace))
            .withLabel(Labels.RUN)
            .list()
            .getItems();
    clones.forEach(this::remove);
    owners.forEach(this::remove);
  }

  private void ephemerals(String namespace) {
    var pods = client.pods();
    List<Pod> all =
        (namespace.isEmpty() ? pods.inAnyNamespace() : pods.inNamespace(namespace))
            .list()
            .getItems();
    Pods reader = new Pods(client);
    for (Pod pod : all) {
      reader
          .runningOfOurs(pod)
          .ifPresent(name ->
              stop(
                  new ContainerRef(
                      new PodRef(pod.getMetadata().getNamespace(), pod.getMetadata().getName()),
                      name)));
    }
  }

  private void remove(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    taken.add(
        object.getKind()
            + " "
            + (namespace == null ? "" : namespace + "/")
            + object.getMetadata().getName());
    if (!dryRun) {
      client.resource(object).withGracePeriod(0).delete();
    }
  }

  private void stop(ContainerRef container) {
    try {
      if (!dryRun) {
        end(client, container);
      }
      taken.add("ephemeral " + container);
    } catch (Fault.Thrown e) {
      taken.add("ephemeral " + container + ", which is left to end by itself: " + e.fault().why());
    }
  }

  /** Ends an ephemeral container of ours; its entry in the pod's spec cannot be taken back. */
  static void end(KubernetesClient client, ContainerRef container) throws Fault.Thrown {
    List<String> kill = List.of("sh", "-c", Containers.END);
    try (ExecStream stream = new ExecStream(client, container, kill, _ -> {}, new LongAdder())) {
      stream.end().completeOnTimeout(Fault.last(""), STOP.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }

  private void tell(Runnable step) {
    try {
      step.run();
    } catch (KubernetesClientException e) {
      taken.add("NOT all: " + Pods.refused("looking for leftovers", e).why());
    }
  }
}
