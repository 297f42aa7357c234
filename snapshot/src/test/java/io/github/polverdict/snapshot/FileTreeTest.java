package io.github.polverdict.snapshot;

import static io.github.polverdict.snapshot.Texts.codes;
import static io.github.polverdict.snapshot.Texts.ids;
import static io.github.polverdict.snapshot.Texts.object;
import static io.github.polverdict.snapshot.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path dir;

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void directories_are_read_whole_in_the_order_of_names() throws IOException {
    write("b.yaml", object("Pod", "b"));
    write(
        "a/z.json",
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\",\"namespace\":\"shop\"}}");
    write("a/deeper/c.yml", object("Pod", "c"));
    write("README.md", "not for us");
    write("a/x.YAML", "nor this");
    Snapshot snapshot = read(dir);
    assertThat(ids(snapshot)).containsExactly("Pod shop/b", "Pod shop/c");
    assertThat(snapshot.documents().getFirst().source())
        .isEqualTo(dir.resolve("b.yaml").toString());
    assertThat(snapshot.findings())
        .extracting(Finding::message)
        .containsExactly(
            "2 files were skipped: not .yaml, .yml or .json",
            "Pod shop/b stands twice, first at "
                + dir.resolve("a/z.json")
                + ":1:1; this one is used, as if applied in"
                + " this order");
  }

  @Test
  void paths_are_read_in_the_order_given_and_the_last_object_of_a_name_is_used()
      throws IOException {
    Path a = write("a.yaml", object("Pod", "p"));
    Path b = write("b.yaml", object("Pod", "p"));
    assertThat(read(a, b).documents()).extracting(Document::source).containsExactly(b.toString());
    assertThat(read(b, a).documents()).extracting(Document::source).containsExactly(a.toString());
    assertThat(read(a, b).name()).isEqualTo(a + ", " + b);
  }

  @Test
  void a_file_that_is_named_is_read_whatever_it_is_called() throws IOException {
    assertThat(ids(read(write("policy.txt", object("Pod", "a"))))).containsExactly("Pod shop/a");
  }

  @Test
  void links_are_followed_and_each_real_file_is_read_once() throws IOException {
    Path outside = Files.createDirectories(dir.resolve("outside"));
    write("outside/o.yaml", object("Pod", "o"));
    Path tree = Files.createDirectories(dir.resolve("tree"));
    write("tree/a.yaml", object("Pod", "a"));
    Files.createSymbolicLink(tree.resolve("b.yaml"), tree.resolve("a.yaml"));
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    Files.createSymbolicLink(tree.resolve("out"), outside);
    Files.createSymbolicLink(tree.resolve("z.yaml"), dir.resolve("nowhere.yaml"));
    Files.createSymbolicLink(tree.resolve("z.txt"), dir.resolve("nowhere.txt"));
    Snapshot snapshot = read(tree);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a", "Pod shop/o");
    assertThat(codes(snapshot)).containsExactly("PV025", "PV025", "PV020", "PV024");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.what()).isEqualTo("objects in " + tree.resolve("z.yaml")));
  }

  @Test
  void what_is_absent_is_a_gap_beside_what_is_read() throws IOException {
    Path there = write("a.yaml", object("Pod", "a"));
    Path empty = Files.createDirectories(dir.resolve("empty"));
    Snapshot snapshot = read(there, dir.resolve("absent"), empty);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(codes(snapshot)).containsExactly("PV020", "PV023");
    assertThat(snapshot.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
  }

  @Test
  void a_source_without_anything_to_read_says_why_for_every_path() throws IOException {
    Path empty = Files.createDirectories(dir.resolve("empty"));
    write("notes/README.md", "x");
    List<String> paths =
        List.of(
            empty.toString(), dir.resolve("absent").toString(), dir.resolve("notes").toString());
    assertThatThrownBy(() -> FileSource.of(paths, InputStream.nullInputStream()).read())
        .isInstanceOf(UnreadableSource.class)
        .hasMessage(
            "no .yaml, .yml or .json file in "
                + paths.get(0)
                + "; There is no file or directory "
                + paths.get(1)
                + "; no .yaml, .yml or .json file in "
                + paths.get(2)
                + " (1 others skipped)");
    assertThatThrownBy(() -> FileSource.of(List.of(), InputStream.nullInputStream()).read())
        .hasMessage("no file was named");
  }

  @Test
  void a_file_that_cannot_be_read_is_a_gap() throws IOException {
    Path broken = Path.of("/proc/self/mem"); // a regular file whose first byte cannot be read
    assumeThat(Files.isRegularFile(broken)).as("this system has /proc/self/mem").isTrue();
    Snapshot snapshot = read(write("a.yaml", object("Pod", "a")), broken);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(codes(snapshot)).containsExactly("PV021");
    assertThat(snapshot.gaps()).hasSize(1);
    assertThatThrownBy(
            () -> FileSource.of(List.of(broken.toString()), InputStream.nullInputStream()).read())
        .isInstanceOf(UnreadableSource.class);
  }

  @Test
  void standard_input_that_breaks_off_is_a_gap() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    Path file = write("a.yaml", object("Pod", "a"));
    Snapshot snapshot = read(FileSource.of(List.of("-", file.toString()), broken));
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(snapshot.findings())
        .extracting(Finding::message)
        .containsExactly("The file cannot be read: connection reset");
  }

  @Test
  void a_device_is_skipped() throws IOException {
    Path device = Path.of("/dev/null");
    assumeThat(Files.exists(device)).as("this system has /dev/null").isTrue();
    Files.createSymbolicLink(dir.resolve("endless.yaml"), Path.of("/dev/zero"));
    write("a.yaml", object("Pod", "a"));
    Snapshot snapshot = read(dir, device);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(codes(snapshot)).containsExactly("PV022", "PV022");
  }

  @Test
  void files_of_helm_and_kustomize_are_no_objects_and_hide_none() throws IOException {
    write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    write("values.yaml", "replicas: 2\n");
    write("kustomization.yaml", "resources: [a.yaml]\n");
    write(
        "overlay/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [..]\n");
    write("a.yaml", object("Pod", "a"));
    Snapshot snapshot = read(dir);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(codes(snapshot)).containsExactly("PV028", "PV028", "PV028", "PV008");
    assertThat(snapshot.findings()).extracting(Finding::severity).containsOnly(Severity.WARNING);
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void a_directory_of_garbage_yields_findings_and_gaps_only() throws IOException {
    Random random = new Random(42);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      Files.write(
          dir.resolve("g%02d.%s".formatted(i, List.of("yaml", "json", "yml").get(i % 3))), bytes);
    }
    Snapshot snapshot = read(dir);
    assertThat(snapshot.documents()).isEmpty();
    assertThat(snapshot.gaps()).hasSizeBetween(30, 41);
    assertThat(snapshot.findings()).hasSizeGreaterThan(snapshot.gaps().size());
  }

  @Test
  void reading_twice_gives_the_same() throws IOException {
    for (int i = 0; i < 60; i++) {
      String broken = i % 7 == 0 ? "---\nkind: [\n" : "---\nx: 1\n";
      String text = object("Pod", "p" + i % 40) + broken + "---\n" + object("Secret", "s" + i);
      write("d%d/f%d.yaml".formatted(i % 5, i), text);
    }
    Snapshot first = read(dir);
    for (int i = 0; i < 5; i++) {
      assertThat(read(dir)).isEqualTo(first);
    }
  }

  @Test
  void objects_without_a_namespace_get_the_one_that_the_user_names() {
    String text = "apiVersion: %s\nkind: %s\nmetadata: {name: x}\n";
    String all =
        String.join(
            "---\n",
            text.formatted("v1", "Pod"),
            text.formatted("v1", "Service"),
            text.formatted("v1", "Node"),
            text.formatted("rbac.authorization.k8s.io/v1", "ClusterRole"),
            text.formatted("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy"),
            text.formatted("example.com/v1", "Thing"),
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: z, namespace: ignored}\n");
    Snapshot told = read(stdin(all).withDefaultNamespace("mine"));
    assertThat(ids(told))
        .containsExactly(
            "ClusterNetworkPolicy x",
            "ClusterRole x",
            "Namespace z",
            "Node x",
            "Pod mine/x",
            "Service mine/x",
            "Thing x");
    assertThat(told.findings()).isEmpty();
    Snapshot untold = read(stdin(all));
    assertThat(ids(untold)).contains("Pod default/x", "Service default/x", "Thing x");
    assertThat(untold.findings())
        .extracting(Finding::code, Finding::severity, Finding::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "PV014",
                Severity.NOTE,
                "2 objects name no namespace, first Pod x; read as in the namespace default"));
  }

  private static FileSource stdin(String text) {
    return FileSource.of(
        List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void definitions_among_the_objects_tell_the_scope_of_their_kinds() {
    String definition =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: x.example.com}
        spec: {group: example.com, scope: %s, names: {kind: Thing}}
        ---
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: x, namespace: %s}
        """;
    assertThat(ids(read(stdin(definition.formatted("Namespaced", "")))))
        .contains("Thing default/x");
    assertThat(ids(read(stdin(definition.formatted("Cluster", "a"))))).contains("Thing x");
    Scopes scopes = Scopes.builtIn().with("example.com", "Thing", true);
    String thing = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\n";
    assertThat(ids(read(stdin(thing).withScopes(scopes)))).containsExactly("Thing default/x");
  }

  @Test
  void custom_kinds_that_are_read_have_their_scope_without_definitions() {
    String text = "apiVersion: %s\nkind: %s\nmetadata: {name: x%s}\n---\n";
    String all =
        text.formatted("cilium.io/v2", "CiliumNetworkPolicy", "")
            + text.formatted("crd.projectcalico.org/v1", "NetworkPolicy", "")
            + text.formatted("crd.antrea.io/v1beta1", "ClusterNetworkPolicy", ", namespace: a");
    Snapshot snapshot = read(stdin(all));
    assertThat(ids(snapshot))
        .containsExactly(
            "CiliumNetworkPolicy default/x",
            "ClusterNetworkPolicy.crd.antrea.io x",
            "NetworkPolicy.crd.projectcalico.org default/x");
    assertThat(snapshot.findings()).extracting(Finding::code).containsExactly("PV014");
  }

  @Test
  void kinds_of_one_name_in_different_groups_are_different_objects() {
    String text = "apiVersion: %s\nkind: NetworkPolicy\nmetadata: {name: x, namespace: a}\n";
    String both =
        text.formatted("networking.k8s.io/v1") + "---\n" + text.formatted("example.com/v3");
    Snapshot snapshot = read(stdin(both));
    assertThat(snapshot.ofKind("NetworkPolicy")).hasSize(1);
    assertThat(snapshot.ofKind("NetworkPolicy.example.com")).hasSize(1);
    assertThat(snapshot.findings()).isEmpty();
  }
}
