package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The containers and pods that are put beside the user's: without any privilege, and with an end of
 * their own, so that a crash leaves nothing that runs for long.
 */
final class Containers {
  /** How long what we start runs at the most, in seconds. */
  static final int LIFETIME = 900;

  /** Nobody's user id, so that {@code runAsNonRoot} holds with images that say root. */
  private static final long NOBODY = 65534;

  private static final List<String> IDLE =
      List.of("sh", "-c", "trap 'exit 0' TERM; sleep " + LIFETIME + " & wait");

  /**
   * Ends such a container from within. Where the pod's containers share their processes, process 1
   * is another's, and ours is left to end by itself.
   */
  static final String END =
      "case $(tr '\\0' ' ' </proc/1/cmdline) in *'sleep " + LIFETIME + "'*) kill 1 ;; esac";

  private Containers() {}

  static EphemeralContainer ephemeral(String name, String image) {
    return new EphemeralContainerBuilder()
        .withName(name)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand(IDLE)
        .withSecurityContext(unprivileged())
        .build();
  }

  private static Container container(String image) {
    return new ContainerBuilder()
        .withName(Labels.US)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand(IDLE)
        .withSecurityContext(unprivileged())
        .build();
  }

  private static SecurityContext unprivileged() {
    return new SecurityContextBuilder()
        .withPrivileged(false)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withRunAsUser(NOBODY)
        .withRunAsGroup(NOBODY)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /**
   * A pod that policies take for another: its labels, service account, node and network. It is
   * never ready, so that no Service sends anything to it, and has a controller, so that no
   * ReplicaSet adopts it.
   *
   * @param owner an object of ours, that takes the clone along when it goes
   */
  static Pod clone(Pod of, ConfigMap owner, String run, String image) {
    Map<String, String> labels = new LinkedHashMap<>(of.getMetadata().getLabels());
    Labels.of(run).forEach(labels::putIfAbsent); // a label that policies may select by is kept
    labels.put(Labels.RUN, run);
    String name = of.getMetadata().getName();
    return pod(
            (name.length() > 220 ? name.substring(0, 220) : name) + "-" + Labels.named(run),
            of.getMetadata().getNamespace(),
            labels,
            image)
        .editMetadata()
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build())
        .endMetadata()
        .editSpec()
        .withReadinessGates(new PodReadinessGate("polverdict.io/never"))
        .withServiceAccountName(of.getSpec().getServiceAccountName())
        .withNodeName(of.getSpec().getNodeName())
        .withHostNetwork(of.getSpec().getHostNetwork())
        .withRuntimeClassName(of.getSpec().getRuntimeClassName())
        .withTolerations(of.getSpec().getTolerations())
        .withImagePullSecrets(of.getSpec().getImagePullSecrets())
        .endSpec()
        .build();
  }

  /** A pod on a node's own network. */
  static Pod onNode(String node, String namespace, String run, String image) {
    return pod(Labels.named(run) + "-" + node, namespace, Labels.of(run), image)
        .editSpec()
        .withNodeName(node)
        .withHostNetwork(true)
        .endSpec()
        .build();
  }

  private static PodBuilder pod(
      String name, String namespace, Map<String, String> labels, String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withContainers(container(image))
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(0L)
        .withActiveDeadlineSeconds((long) LIFETIME)
        .endSpec();
  }
}
