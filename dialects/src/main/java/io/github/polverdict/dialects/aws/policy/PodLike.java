package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pod as the controller lists it (amazon-network-policy-controller-k8s, pkg/k8s/pod_utils.go), or
 * one that a workload without pods would have.
 *
 * @param address empty for one that is not there yet
 */
record PodLike(
    String namespace, Map<String, String> labels, Field spec, Optional<IpAddress> address) {
  private static final Set<String> DONE = Set.of("Succeeded", "Failed");

  /** A port that a container declares; the protocol as it is written. */
  record Declared(String name, String protocol, int number) {}

  /**
   * The pods of a snapshot that have an address or may get one; by workload where there are none.
   */
  static List<PodLike> in(Snapshot snapshot) {
    List<PodLike> out = new ArrayList<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      if (!DONE.contains(pod.at("status", "phase").text(""))) {
        out.add(
            new PodLike(
                pod.id().namespace(),
                pod.at("metadata", "labels").strings(),
                pod.at("spec"),
                pod.at("status", "podIP").text().flatMap(IpAddress::parse)));
      }
    }
    Set<String> withPods = out.stream().map(PodLike::namespace).collect(Collectors.toSet());
    Set<String> workloads =
        Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob");
    for (Document workload : snapshot.ofKinds(workloads)) {
      Field spec = workload.at("spec");
      Field template =
          workload.id().kind().equals("CronJob")
              ? spec.get("jobTemplate").get("spec").get("template")
              : spec.get("template");
      String namespace = workload.id().namespace();
      if (!withPods.contains(namespace)) {
        Map<String, String> labels = template.get("metadata").get("labels").strings();
        out.add(new PodLike(namespace, labels, template.get("spec"), Optional.empty()));
      }
    }
    return out;
  }

  boolean onHostNetwork() {
    return spec.get("hostNetwork").bool().orElse(false);
  }

  boolean has(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }

  List<Declared> ports() {
    List<Declared> out = new ArrayList<>();
    for (Field container : spec.get("containers").items()) {
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
