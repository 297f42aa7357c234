package io.github.polverdict.live.canary;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.core.model.canary.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pods of the canary: each answers over TCP and UDP, has no right in the cluster, keeps the
 * level {@code restricted} of the Pod Security Standards, and ends by itself.
 */
final class CanaryPods {
  /** How long a pod runs at the most when nobody takes it away, in seconds. */
  private static final long LIFETIME = 900;

  /** The name of their container. */
  static final String CONTAINER = "canary";

  private static final long NOBODY = 65534;
  private static final String HOSTNAME = "kubernetes.io/hostname";

  private CanaryPods() {}

  /** On which node each pod is to run; one that is not to be there has none. */
  static Map<Cast, Node> placed(List<Node> nodes) {
    List<Node> takers = nodes.stream().filter(CanaryPods::takesPods).toList();
    Map<Cast, Node> out = new LinkedHashMap<>();
    if (!takers.isEmpty()) {
      out.put(Cast.HUB, takers.getFirst());
      out.put(Cast.NEAR, takers.getFirst());
    }
    if (takers.size() > 1) {
      out.put(Cast.FAR, takers.get(1));
    }
    return out;
  }

  private static boolean takesPods(Node node) {
    boolean ready =
        node.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    boolean linux =
        "linux".equals(node.getMetadata().getLabels().getOrDefault("kubernetes.io/os", "linux"));
    return ready
        && linux
        && node.getMetadata().getLabels().containsKey(HOSTNAME)
        && !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
        && node.getSpec().getTaints().stream()
            .allMatch(t -> "PreferNoSchedule".equals(t.getEffect()));
  }

  static Pod pod(String namespace, Cast cast, Node node, String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(cast.pod())
        .addToLabels(Cast.LABEL, cast.pod())
        .endMetadata()
        .withNewSpec()
        .withNodeSelector(Map.of(HOSTNAME, node.getMetadata().getLabels().get(HOSTNAME)))
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withDnsPolicy("Default")
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(LIFETIME)
        .withTerminationGracePeriodSeconds(1L)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(NOBODY)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName(CONTAINER)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand("/agnhost", "netexec", "--http-port=" + Wire.PORT, "--udp-port=" + Wire.PORT)
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .addToDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withNewResources()
        .addToRequests("cpu", new Quantity("10m"))
        .addToRequests("memory", new Quantity("32Mi"))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
