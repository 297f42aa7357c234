package io.github.polverdict.dialects.aws;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the agent by the container {@code aws-eks-nodeagent} of the DaemonSet {@code aws-node}, and
 * on the nodes of EKS Auto Mode, which have it in their image. An agent that is switched off is not
 * its business: then nothing enforces.
 */
final class AwsSightings {
  static final String CONTROLLER = "enable-network-policy-controller";
  static final String MODE = "NETWORK_POLICY_ENFORCING_MODE";

  private AwsSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "aws-eks-nodeagent")
          .filter(
              a -> Agents.argument(a, "enable-network-policy").filter("false"::equals).isEmpty())
          .ifPresent(a -> out.addAll(sightings(snapshot, set, a)));
    }
    out.addAll(AutoMode.in(snapshot));
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    if (Agents.argument(agent, "enable-network-policy").isEmpty()) {
      settings.put("enable-network-policy", "false");
      String says = "its agent runs without --enable-network-policy";
      because.add(new Reason(says, agent.origin(), "enable-network-policy"));
    }
    for (String name : List.of(MODE, "ENABLE_POD_ENI", "POD_SECURITY_GROUP_ENFORCING_MODE")) {
      Agents.container(set, "aws-node")
          .flatMap(c -> Agents.variable(c, name))
          .ifPresent(variable -> {
            String value = Agents.plain(variable.text(""));
            settings.put(name, value.toLowerCase(Locale.ROOT));
            String says = set.id().text() + " has " + name + "=" + value;
            because.add(new Reason(says, variable.origin(), name));
          });
    }
    controller(snapshot)
        .ifPresent(reason -> {
          settings.put(CONTROLLER, "false");
          because.add(reason);
        });
    Optional<Set<String>> nodes = nodes(snapshot);
    return Agents.byVersion(
            snapshot,
            set,
            agent,
            version -> new Sighting("aws-vpc-cni", version, settings, Optional.empty(), because))
        .stream()
        .map(s ->
            new Sighting(
                s.dialect(), s.version(), s.settings(), s.nodes().or(() -> nodes), s.because()))
        .toList();
  }

  static Optional<Document> config(Snapshot snapshot) {
    return snapshot.find("ConfigMap", "kube-system", "amazon-vpc-cni");
  }

  /** Why the controller in the control plane hands no policies to agents; empty when it may. */
  static Optional<Reason> controller(Snapshot snapshot) {
    return config(snapshot)
        .map(map -> map.at("data", CONTROLLER))
        .filter(value -> value.text("").equals("false"))
        .map(value ->
            new Reason(
                "ConfigMap kube-system/amazon-vpc-cni has " + CONTROLLER + "=false",
                value.origin(),
                CONTROLLER));
  }

  /** The EC2 nodes with Linux, where there are others; Fargate and Windows have no agent. */
  private static Optional<Set<String>> nodes(Snapshot snapshot) {
    List<Document> all = snapshot.ofKind("Node");
    Set<String> with =
        all.stream()
            .filter(AwsSightings::hasAgent)
            .map(n -> n.id().name())
            .collect(Collectors.toSet());
    return with.size() == all.size() ? Optional.empty() : Optional.of(with);
  }

  private static boolean hasAgent(Document node) {
    return !label(node, "kubernetes.io/os").equals("windows")
        && !Set.of("fargate", "auto", "hybrid").contains(computeType(node));
  }

  static String computeType(Document node) {
    return label(node, "eks.amazonaws.com/compute-type");
  }

  private static String label(Document node, String key) {
    return node.at("metadata", "labels").get(key).text("");
  }
}
