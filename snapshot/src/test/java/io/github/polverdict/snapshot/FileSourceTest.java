package io.github.polverdict.snapshot;

import static io.github.polverdict.snapshot.Texts.codes;
import static io.github.polverdict.snapshot.Texts.ids;
import static io.github.polverdict.snapshot.Texts.object;
import static io.github.polverdict.snapshot.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileSourceTest {
  @Test
  void every_field_of_every_document_knows_its_place() {
    Snapshot snapshot =
        read(
            """
            # Source: chart/templates/a.yaml
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
            --- # the second
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: web
              namespace: shop
            spec:
              podSelector: {}
              ingress:
              - ports:
                - port: 8080
            """);
    Field port =
        snapshot
            .find("NetworkPolicy", "shop", "web")
            .orElseThrow()
            .at("spec", "ingress")
            .items()
            .getFirst()
            .get("ports")
            .items()
            .getFirst()
            .get("port");
    assertThat(port.integer()).contains(8080);
    assertThat(port.origin())
        .isEqualTo(
            new Origin.InFile(
                "NetworkPolicy shop/web", "<stdin>", "/spec/ingress/0/ports/0/port", 16, 13));
    assertThat(snapshot.findings()).isEmpty();
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void lists_are_flattened_and_their_items_keep_the_place_in_the_file() {
    Snapshot snapshot =
        read(
            """
            apiVersion: v1
            items:
            - apiVersion: v1
              items:
              - apiVersion: v1
                kind: Pod
                metadata: {name: inner, namespace: a}
                status: {podIP: 10.0.0.1}
              kind: List
            - apiVersion: v1
              items:
              - metadata: {name: typed, namespace: a}
              kind: PodList
            kind: List
            """);
    assertThat(ids(snapshot)).containsExactly("Pod a/inner", "Pod a/typed");
    assertThat(snapshot.documents().getFirst().at("status", "podIP").origin())
        .isEqualTo(new Origin.InFile("Pod a/inner", "<stdin>", "/status/podIP", 8, 21));
    assertThat(snapshot.documents().getLast().at("kind").text()).contains("Pod");
  }

  @Test
  void json_objects_may_stand_one_after_another() {
    Snapshot snapshot =
        read(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "x"}}
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "b", "namespace": "x", "managedFields": [{"a": 1}]}}{"apiVersion": "v1",
            "kind": "List", "items": []}
            """);
    assertThat(ids(snapshot)).containsExactly("Pod x/a", "Pod x/b");
    assertThat(snapshot.find("Pod", "x", "b").orElseThrow().at("metadata", "name").origin())
        .isEqualTo(new Origin.InFile("Pod x/b", "<stdin>", "/metadata/name", 3, 23));
    assertThat(snapshot.documents().getLast().at("metadata", "managedFields").present()).isFalse();
  }

  @Test
  void a_broken_document_hides_neither_the_ones_before_nor_those_after() {
    Snapshot snapshot =
        read(
            object("Pod", "before")
                + "---\nkind: NetworkPolicy\nspec: [a, b\n---\n"
                + object("Pod", "after"));
    assertThat(ids(snapshot)).containsExactly("Pod shop/after", "Pod shop/before");
    assertThat(codes(snapshot)).containsExactly("PV001");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("NetworkPolicy")));
  }

  @Test
  void objects_of_a_kind_with_namespaces_get_the_default_one() {
    String text = "apiVersion: v1\nkind: %s\nmetadata: {name: x}\n";
    Snapshot snapshot = read(text.formatted("Pod") + "---\n" + text.formatted("Namespace"));
    assertThat(ids(snapshot)).containsExactly("Namespace x", "Pod default/x");
    assertThat(codes(snapshot)).containsExactly("PV014");
  }
}
