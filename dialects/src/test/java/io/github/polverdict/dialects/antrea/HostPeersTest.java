package io.github.polverdict.dialects.antrea;

import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pods on the host's network, before 1.5, in namespaces that may not be read. */
class HostPeersTest {
  private static final String AGENT =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: agent, namespace: ops, labels: {app: agent}}
      spec: {hostNetwork: true, nodeName: n1, containers: [{name: c, image: c}]}
      status: {podIP: 10.0.0.1}
      """;
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop}
      spec:
        podSelector: {}
        ingress: [{from: [{namespaceSelector: {matchExpressions: [%s]}}]}]
      """;

  @Test
  void what_asks_for_unread_labels_is_in_doubt_either_way() {
    for (String operator : List.of("Exists", "DoesNotExist")) {
      assertThat(doubts("{key: team, operator: %s}".formatted(operator)))
          .containsExactly("Namespaces: forbidden");
    }
  }

  @Test
  void the_label_of_its_name_is_known_of_each_namespace() {
    assertThat(doubts("{key: kubernetes.io/metadata.name, operator: In, values: [ops]}")).isEmpty();
  }

  @Test
  void no_labels_can_make_up_for_those_that_are_read() {
    assertThat(doubts("{key: kubernetes.io/metadata.name, operator: In, values: [dev]}")).isEmpty();
  }

  private static List<String> doubts(String query) {
    Origin origin = new Origin.InCluster("lab", "Namespace", "", "");
    Gap gap = new Gap(Set.of("Namespace"), "", "Namespaces", "forbidden", origin);
    Snapshot files = files(AGENT, POLICY.formatted(query));
    Snapshot snapshot = new Snapshot("lab", files.documents(), List.of(gap), List.of());
    Dialects dialects = Dialects.installed();
    List<Sighting> antrea =
        new DialectResolver(dialects).resolve(snapshot, Optional.of(CniSpec.parse("antrea@1.4")));
    return new PolicyCompiler(dialects)
        .compile(snapshot, antrea).value().planes().getFirst().tiers().stream()
            .flatMap(t -> t.blocks().stream())
            .filter(b -> b.direction() == Direction.INGRESS)
            .map(Block::rules)
            .flatMap(List::stream)
            .map(Rule::onlyIf)
            .flatMap(List::stream)
            .map(Doubt::text)
            .toList();
  }
}
