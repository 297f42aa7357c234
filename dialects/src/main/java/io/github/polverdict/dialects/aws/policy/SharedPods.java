package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Pods that share the agent's tables though they have other policies: those of a node whose names
 * are equal but for the last part (GetPodIdentifier in aws-network-policy-agent, pkg/utils). Which
 * policies the tables have is chance.
 */
final class SharedPods {
  private static final String SHARED = "aws-vpc-cni.shared-pod-identifier";
  private static final String CLASH = "aws-vpc-cni.identifiers-across-namespaces";

  private SharedPods() {}

  /** Both gates of each such pod. */
  static List<Passage> passages(
      Snapshot snapshot, Context context, Function<Document, Set<String>> policies) {
    boolean clash = context.active(CLASH);
    Map<String, List<Document>> byTable = new TreeMap<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      String node = pod.at("spec", "nodeName").text("");
      if (!node.isEmpty() && !pod.at("spec", "hostNetwork").bool().orElse(false)) {
        String between = clash ? "-" : "/";
        String table = node + " " + identifier(pod) + between + pod.id().namespace();
        byTable.computeIfAbsent(table, _ -> new ArrayList<>()).add(pod);
      }
    }
    List<Passage> out = new ArrayList<>();
    for (List<Document> pods : byTable.values()) {
      if (pods.size() > 1 && pods.stream().map(policies).distinct().count() > 1) {
        Set<String> namespaces =
            pods.stream().map(p -> p.id().namespace()).collect(Collectors.toSet());
        Origin.BuiltIn row = context.origin(namespaces.size() > 1 ? CLASH : SHARED);
        pods.forEach(pod -> out.addAll(uncertain(pod, row)));
      }
    }
    return out;
  }

  private static String identifier(Document pod) {
    String name = pod.id().name().replace('.', '_');
    return name.contains("-") ? name.substring(0, name.lastIndexOf('-')) : name;
  }

  private static List<Passage> uncertain(Document pod, Origin.BuiltIn row) {
    PeerSpec it =
        new PeerSpec.Selected(new Selector.Is(pod.id().namespace() + "/" + pod.id().name()));
    Doubt doubt = Doubt.Unverified.of(row);
    return List.of(
        Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
            .between(it, PeerSpec.ANYONE)
            .onlyIf(doubt),
        Passages.of(new Effect.Uncertain(Direction.INGRESS), row)
            .between(PeerSpec.ANYONE, it)
            .onlyIf(doubt));
  }
}
