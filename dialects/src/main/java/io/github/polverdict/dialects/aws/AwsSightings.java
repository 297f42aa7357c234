package io.github.polverdict.dialects.aws;

import io.github.polverdict.dialects.api.Agents;
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
import java.util.stream.Collectors;

/**
 * Finds the agent by the container {@code aws-eks-nodeagent} of the DaemonSet {@code aws-node}. An
 * agent that is switched off is not its business: then nothing enforces.
 */
final class AwsSightings {
  private AwsSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>(AutoMode.in(snapshot));
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "aws-eks-nodeagent")
          .filter(
              a -> Agents.argument(a, "enable-network-policy").filter("false"::equals).isEmpty())
          .ifPresent(a -> out.addAll(sightings(snapshot, set, a)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    if (Agents.argument(agent, "enable-network-policy").isEmpty()) {
      settings.put("enable-network-policy", "false");
      because.add(new Reason("its agent runs without --enable-network-policy", agent.origin()));
    }
    Agents.container(set, "aws-node")
        .flatMap(c -> Agents.env(c, "NETWORK_POLICY_ENFORCING_MODE"))
        .ifPresent(mode -> {
          settings.put("NETWORK_POLICY_ENFORCING_MODE", mode);
          because.add(
              new Reason(
                  set.id().text() + " has NETWORK_POLICY_ENFORCING_MODE=" + mode, set.origin()));
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
    Field labels = node.at("metadata", "labels");
    return !labels.get("kubernetes.io/os").text("").equals("windows")
        && !labels.get("eks.amazonaws.com/compute-type").text("").equals("fargate");
  }
}
