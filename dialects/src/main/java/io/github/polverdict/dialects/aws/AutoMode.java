package io.github.polverdict.dialects.aws;

import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Nodes of EKS Auto Mode, whose agent is in the image of the node and shown by no DaemonSet. It
 * enforces when the ConfigMap amazon-vpc-cni switches the controller on and the nodes' NodeClass
 * says how (docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html).
 */
final class AutoMode {
  private static final String NODE_CLASS = "NodeClass.eks.amazonaws.com";

  private AutoMode() {}

  /** The nodes of Auto Mode, by what the NodeClass of each says of pods without policies. */
  static List<Sighting> in(Snapshot snapshot) {
    Map<String, Set<String>> byMode = new TreeMap<>();
    Map<String, Reason> reasons = new TreeMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      if (AwsSightings.computeType(node).equals("auto")) {
        Field stance = stance(snapshot, node);
        byMode.computeIfAbsent(stance.text(""), _ -> new TreeSet<>()).add(node.id().name());
        reasons.putIfAbsent(stance.text(""), reason(node, stance));
      }
    }
    List<Sighting> out = new ArrayList<>();
    reasons.forEach((mode, reason) ->
        out.add(auto(snapshot, mode, byMode.getOrDefault(mode, Set.of()), reason)));
    return out;
  }

  private static Reason reason(Document node, Field stance) {
    String mode = stance.text("");
    return mode.isEmpty()
        ? new Reason(
            "it is not known whether the NodeClass of node "
                + node.id().name()
                + " has a networkPolicy",
            node.origin())
        : new Reason(
            stance.document().id().text() + " has networkPolicy: " + mode,
            stance.origin(),
            AwsSightings.MODE);
  }

  private static Field stance(Snapshot snapshot, Document node) {
    String name = node.at("metadata", "labels").get("eks.amazonaws.com/nodeclass").text("default");
    return snapshot
        .find(NODE_CLASS, "", name)
        .map(c -> c.at("spec", "networkPolicy"))
        .orElseGet(() -> node.at("spec", "networkPolicy"));
  }

  private static Sighting auto(Snapshot snapshot, String mode, Set<String> nodes, Reason stance) {
    Map<String, String> settings = new TreeMap<>(Map.of("compute-type", "auto"));
    settings.put(AwsSightings.MODE, mode.equals("DefaultDeny") ? "strict" : "standard");
    List<Reason> because = new ArrayList<>();
    because.add(
        new Reason("nodes of EKS Auto Mode have the agent in their image", stance.origin()));
    because.add(stance);
    Optional<Reason> off = AwsSightings.controller(snapshot);
    boolean on =
        AwsSightings.config(snapshot)
            .filter(map -> map.at("data", AwsSightings.CONTROLLER).text("").equals("true"))
            .isPresent();
    off.ifPresent(because::add);
    settings.put(
        AwsSightings.CONTROLLER,
        off.isPresent() ? "false" : on && !mode.isEmpty() ? "true" : "unknown");
    Set<String> all = snapshotNodes(snapshot);
    return new Sighting(
        "aws-vpc-cni",
        "",
        settings,
        all.equals(nodes) ? Optional.empty() : Optional.of(nodes),
        because);
  }

  private static Set<String> snapshotNodes(Snapshot snapshot) {
    return snapshot.ofKind("Node").stream().map(n -> n.id().name()).collect(Collectors.toSet());
  }
}
