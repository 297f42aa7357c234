package io.github.polverdict.dialects.unenforced;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nothing is enforced, so nothing is compiled. */
public final class UnenforcedDialect implements Dialect {
  /** Containers of agents that enforce, or may. */
  private static final Set<String> ENFORCERS =
      Set.of(
          "calico-node",
          "cilium-agent",
          "weave-npc",
          "kube-router",
          "kube-network-policies",
          "kindnet-cni",
          "kindnet",
          "antrea-agent",
          "ovnkube-controller",
          "ovnkube-node",
          "aws-eks-nodeagent",
          "azure-npm",
          "cni-server",
          "romana-agent",
          "anetd");

  @Override
  public String id() {
    return "unenforced";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("none", Map.of(), "flannel", Map.of(), "bridge", Map.of());
  }

  @Override
  public Set<String> policyKinds() {
    return Set.of();
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    List<Document> sets = Agents.daemonSets(snapshot);
    if (sets.stream().anyMatch(UnenforcedDialect::mayEnforce) || embedded(snapshot)) {
      return List.of();
    }
    for (Document set : sets) {
      Optional<Field> flannel = Agents.container(set, "kube-flannel");
      if (flannel.isPresent()) {
        Reason why =
            new Reason(
                set.id().text() + " is flannel, with no container that enforces",
                flannel.get().origin());
        return List.of(sighting(Agents.imageReason(set, flannel.get()), why));
      }
    }
    return liveAndBare(snapshot);
  }

  private static boolean mayEnforce(Document set) {
    return set.at("spec", "template", "spec", "containers").items().stream()
        .anyMatch(c -> ENFORCERS.contains(c.get("name").text("")));
  }

  /** k3s enforces inside its own process. */
  private static boolean embedded(Snapshot snapshot) {
    return snapshot.ofKind("Node").stream()
        .anyMatch(n -> n.at("status", "nodeInfo", "kubeletVersion").text("").contains("+k3s"));
  }

  /** A running cluster, read in full, in which no agent of a known engine runs. */
  private static List<Sighting> liveAndBare(Snapshot snapshot) {
    Optional<Document> node = snapshot.ofKind("Node").stream().filter(Document::live).findFirst();
    boolean seenAll =
        snapshot.gaps().stream()
            .noneMatch(g -> g.mayHold("DaemonSet") || g.mayHold("Pod") || g.mayHold("Node"));
    if (node.isEmpty() || !seenAll) {
      return List.of();
    }
    Reason why =
        new Reason(
            "all DaemonSets were read, and none is an agent of a known policy engine",
            node.get().origin());
    return List.of(sighting(why));
  }

  private static Sighting sighting(Reason... because) {
    return new Sighting("unenforced", "", Map.of(), Optional.empty(), List.of(because));
  }

  @Override
  public Compiled<List<Placed>> compile(Document document, Context context) {
    throw new IllegalStateException(
        "this dialect reads no kind, so none is compiled: " + document.id());
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return new Frame(false, "", List.of(), List.of(), View.CLEAR, Traits.USUAL, Action.ALLOW);
  }
}
