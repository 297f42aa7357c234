package io.github.polverdict.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path dir;

  private static Snapshot read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Snapshot read(byte[] bytes) {
    try {
      return FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read();
    } catch (UnreadableSource e) {
      throw new AssertionError(e);
    }
  }

  private Snapshot read(Path... paths) throws UnreadableSource {
    return FileSource.of(
            List.of(paths).stream().map(Path::toString).toList(), InputStream.nullInputStream())
        .read();
  }

  private static List<String> ids(Snapshot snapshot) {
    return snapshot.documents().stream().map(d -> d.id().text()).toList();
  }

  private static List<String> codes(Snapshot snapshot) {
    return snapshot.findings().stream().map(Finding::code).toList();
  }

  private static String object(String kind, String name) {
    return "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: shop}\n";
  }

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

  @Test
  void nothing_to_read_is_said_with_every_path() {
    assertThatThrownBy(() -> read(dir, dir.resolve("absent")))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("no .yaml, .yml or .json file in " + dir)
        .hasMessageContaining("There is no file or directory " + dir.resolve("absent"));
  }

  @Test
  void a_directory_is_read_in_the_order_of_names_with_other_files_counted() throws Exception {
    Files.writeString(dir.resolve("b.yaml"), object("Pod", "b"));
    Files.createDirectory(dir.resolve("a"));
    Files.writeString(
        dir.resolve("a/z.json"),
        "{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: shop}}");
    Files.writeString(dir.resolve("README.md"), "not for us");
    Snapshot snapshot = read(dir);
    assertThat(snapshot.documents())
        .singleElement()
        .satisfies(d -> assertThat(d.source()).isEqualTo(dir.resolve("b.yaml").toString()));
    assertThat(codes(snapshot)).containsExactly("PV024", "PV013");
  }
}
