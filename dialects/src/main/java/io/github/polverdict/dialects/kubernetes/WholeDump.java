package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether files hold a whole cluster, so that what is not in them is not in the cluster
 * either: objects as the API server gives them, its own DaemonSets among them, and on every node a
 * pod of one.
 */
public final class WholeDump {
  /** Where engines live that are not in kube-system; what runs there should have been dumped. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "calico-system",
          "tigera-operator",
          "cilium",
          "kube-flannel",
          "openshift-ovn-kubernetes",
          "openshift-sdn",
          "ovn-kubernetes");

  private WholeDump() {}

  public static boolean is(Snapshot snapshot) {
    List<Document> nodes = snapshot.ofKind("Node");
    List<Document> sets = snapshot.ofKind("DaemonSet");
    Set<String> inhabited =
        snapshot.ofKind("Pod").stream()
            .filter(WholeDump::isOfDaemonSet)
            .map(p -> p.at("spec", "nodeName").text(""))
            .collect(Collectors.toSet());
    return !nodes.isEmpty()
        && nodes.stream().allMatch(n -> isStored(n) && inhabited.contains(n.id().name()))
        && sets.stream().anyMatch(d -> d.id().namespace().equals("kube-system"))
        && sets.stream().allMatch(WholeDump::isStored)
        && snapshot.ofKind("Namespace").stream().noneMatch(n -> ELSEWHERE.contains(n.id().name()));
  }

  /** The API server gives every object that it stores a uid; manifests have none. */
  private static boolean isStored(Document document) {
    return document.at("metadata", "uid").present();
  }

  private static boolean isOfDaemonSet(Document pod) {
    return isStored(pod)
        && pod.at("metadata", "ownerReferences").items().stream()
            .anyMatch(o -> o.get("kind").text("").equals("DaemonSet"));
  }
}
