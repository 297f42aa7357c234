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

  /** What one run has created, where it is known to have created something. */
  void takeAway(String run, List<String> namespaces, List<String> withClones) {
    for (String namespace : withClones) {
      quietly(() -> clones(namespace, Labels.RUN + "=" + run));
    }
    for (String namespace : namespaces) {
      quietly(() -> client.namespaces().withName(namespace).delete());
    }
  }

  /**
   * What any run has created in the namespaces that may be touched.
   *
   * @param run of one run only; empty for all
   * @return what was taken away, or would be; what could not be is named with the reason
   */
  List<String> takeAway(String run) {
    String selector = run.isEmpty() ? Labels.RUN : Labels.RUN + "=" + run;
    List<String> where = List.copyOf(permissions.namespaces());
    tell(() -> namespaces(selector));
    for (String namespace : where.isEmpty() ? List.of("") : where) {
      tell(() -> clones(namespace, selector));
      tell(() -> ephemerals(namespace));
    }
    return taken;
  }

  private void namespaces(String selector) {
    for (Namespace found : client.namespaces().withLabelSelector(selector).list().getItems()) {
      if (permissions.in(found.getMetadata().getName())
          || found.getMetadata().getName().startsWith(Labels.US + "-")) {
        remove(found);
      }
    }
  }

  private void clones(String namespace, String selector) {
    var maps = client.configMaps();
    List<ConfigMap> owners =
        (namespace.isEmpty() ? maps.inAnyNamespace() : maps.inNamespace(namespace))
            .withLabelSelector(selector)
            .list()
            .getItems();
    var pods = client.pods();
    List<Pod> clones =
        (namespace.isEmpty() ? pods.inAnyNamespace() : pods.inNamespace(namespace))
            .withLabelSelector(selector)
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

  /** Ends an ephemeral container of ours; its entry in the pod's spec cannot be taken back. */
  void stop(ContainerRef container) {
    taken.add("ephemeral " + container);
    if (dryRun) {
      return;
    }
    List<String> kill = List.of("sh", "-c", "kill 1");
    try (ExecStream stream = new ExecStream(client, container, kill, _ -> {}, new LongAdder())) {
      stream.end().completeOnTimeout(Fault.last(""), STOP.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (Fault.Thrown _) {
      // it ends by itself
    }
  }

  private void tell(Runnable step) {
    try {
      step.run();
    } catch (KubernetesClientException e) {
      taken.add("NOT all: " + Pods.refused("looking for leftovers", e).why());
    }
  }

  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (KubernetesClientException _) {
      // the labels are there for the next clean-up, and everything ends by itself
    }
  }
}
