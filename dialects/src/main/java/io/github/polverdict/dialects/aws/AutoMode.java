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

/**
 * Nodes of EKS Auto Mode, whose agent is in the image of the node and shown by no DaemonSet. It
 * enforces when the ConfigMap amazon-vpc-cni switches the controller on and the nodes' NodeClass
 * says how (docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html).
 */
final class AutoMode {
  private static final String TYPE = "NodeClass.eks.amazonaws.com";
  private static final String SWITCH = "enable-network-policy-controller";

  private AutoMode() {}

  /** One sighting for each NodeClass; none when it is not known what some of them say. */
  static List<Sighting> in(Snapshot snapshot) {
    Map<String, Set<String>> nodes = new TreeMap<>();
    for (Document node : snapshot.ofKind("Node")) {
      Field labels = node.at("metadata", "labels");
      if (labels.get("eks.amazonaws.com/compute-type").text("").equals("auto")) {
        nodes
            .computeIfAbsent(
                labels.get("eks.amazonaws.com/nodeclass").text("default"), _ -> new TreeSet<>())
            .add(node.id().name());
      }
    }
    Optional<Field> controller =
        snapshot
            .find("ConfigMap", "kube-system", "amazon-vpc-cni")
            .map(d -> d.at("data").get(SWITCH))
            .filter(Field::present);
    if (nodes.isEmpty() || controller.isEmpty()) {
      return List.of();
    }
    List<Sighting> out = new ArrayList<>();
    for (var group : nodes.entrySet()) {
      Optional<Sighting> one =
          sighting(snapshot, controller.get(), group.getKey(), group.getValue());
      if (one.isEmpty()) {
        return List.of();
      }
      out.add(one.get());
    }
    return out;
  }

  private static Optional<Sighting> sighting(
      Snapshot snapshot, Field controller, String nodeClass, Set<String> nodes) {
    Reason switched =
        new Reason(
            "ConfigMap kube-system/amazon-vpc-cni has " + SWITCH + "=" + controller.text(""),
            controller.origin());
    Optional<Set<String>> where =
        nodes.size() == snapshot.ofKind("Node").size() ? Optional.empty() : Optional.of(nodes);
    if (!controller.text("").equals("true")) {
      Map<String, String> off = Map.of("enable-network-policy", "false");
      return Optional.of(new Sighting("aws-vpc-cni", "", off, where, List.of(switched)));
    }
    return snapshot
        .find(TYPE, "", nodeClass)
        .map(d -> d.at("spec", "networkPolicy"))
        .filter(Field::present)
        .map(policy -> {
          String mode = policy.text("").equals("DefaultDeny") ? "strict" : "standard";
          Reason said =
              new Reason(
                  "NodeClass " + nodeClass + " has networkPolicy " + policy.text(""),
                  policy.origin());
          return new Sighting(
              "aws-vpc-cni",
              "",
              Map.of("NETWORK_POLICY_ENFORCING_MODE", mode),
              where,
              List.of(switched, said));
        });
  }
}
