package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.PodStatus;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pod that has not finished, or one that a workload would have, for engines that turn selectors
 * into addresses.
 *
 * @param document the pod, or the workload
 * @param pod the pod as it is, or the workload's template
 */
public record PodLike(Document document, Field pod, Map<String, String> labels) {
  private static final Set<String> DONE = Set.of("Succeeded", "Failed");
  private static final String CRON = "CronJob";
  private static final Set<String> WORKLOADS =
      Set.of(
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "Job",
          CRON,
          "ReplicationController");

  /** A port that a container declares; the protocol as it is written. */
  public record Declared(String name, String protocol, int number) {}

  private static PodLike of(Document document, Field pod) {
    return new PodLike(document, pod, pod.get("metadata").get("labels").strings());
  }

  /** The pods of a snapshot. */
  public static List<PodLike> pods(Snapshot snapshot) {
    return snapshot.ofKind("Pod").stream()
        .filter(p -> !DONE.contains(p.at("status", "phase").text("")))
        .map(p -> of(p, p.field()))
        .toList();
  }

  /** What the workloads of a snapshot make their pods of, whether these are there or not. */
  public static List<PodLike> templates(Snapshot snapshot) {
    return snapshot.ofKinds(WORKLOADS).stream()
        .map(w ->
            of(
                w,
                w.id().kind().equals(CRON)
                    ? w.at("spec", "jobTemplate", "spec", "template")
                    : w.at("spec", "template")))
        .toList();
  }

  /** The pods of a snapshot; by workload in namespaces where there are none. */
  public static List<PodLike> in(Snapshot snapshot) {
    List<PodLike> out = new ArrayList<>(pods(snapshot));
    Set<String> withPods = out.stream().map(PodLike::namespace).collect(Collectors.toSet());
    templates(snapshot).stream().filter(t -> !withPods.contains(t.namespace())).forEach(out::add);
    return out;
  }

  public String namespace() {
    return document.id().namespace();
  }

  public Field spec() {
    return pod.get("spec");
  }

  public boolean onHostNetwork() {
    return spec().get("hostNetwork").bool().orElse(false);
  }

  /** Its first address; empty when it has none yet. */
  public Optional<IpAddress> address() {
    return pod.get("status").get("podIP").text().flatMap(IpAddress::parse);
  }

  /** All of its addresses; none when it has none yet. */
  public IpSet addresses() {
    return PodStatus.addresses(pod.get("status"));
  }

  public boolean has(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }

  public List<Declared> ports() {
    List<Declared> out = new ArrayList<>();
    for (Field container : spec().get("containers").items()) {
      for (Field port : container.get("ports").items()) {
        port.get("containerPort")
            .integer()
            .ifPresent(number ->
                out.add(
                    new Declared(
                        port.get("name").text(""), port.get("protocol").text("TCP"), number)));
      }
    }
    return out;
  }
}
