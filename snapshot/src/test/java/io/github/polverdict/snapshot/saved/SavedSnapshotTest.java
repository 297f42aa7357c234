package io.github.polverdict.snapshot.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedSnapshotTest {
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db, namespace: shop, labels: {app: s3cret}}
      stringData: {password: s3cret}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: app, namespace: shop}
      data: {url: "postgres://s3cret"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: kube-proxy, namespace: kube-system}
      data: {mode: ipvs}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
        namespace: shop
        labels: {app: web, old: ~, on: "yes"}
        annotations: {kubectl.kubernetes.io/last-applied-configuration: s3cret, prometheus.io/port: "80"}
      spec:
        volumes: [{name: s3cret}]
        containers:
          - name: main
            image: web:1
            command: [s3cret]
            args: [--token=s3cret]
            env: [{name: PASSWORD, value: s3cret}]
            ports: [{containerPort: 0x50}]
      status: {phase: Running, message: s3cret}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: p, namespace: shop}
      sepc: s3cret
      spec:
        podSelector: {}
        ingress:
          - ports: [{port: 010}, {port: 1.0}]
      ---
      apiVersion: example.org/v1
      kind: Vault
      metadata: {name: v, namespace: shop}
      spec: {token: s3cret}
      """;

  @TempDir Path folder;

  private static Snapshot given(String text) throws UnreadableSource {
    return FileSource.of(
            List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .read();
  }

  private Path saved(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("prod.pvs"), bytes);
  }

  private Snapshot again(Snapshot snapshot) throws IOException, UnreadableSource {
    return new SavedSnapshot(saved(SavedSnapshot.bytes(snapshot, "1.2.3"))).read();
  }

  private static String content(byte[] file) throws IOException {
    int line = new String(file, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    var packed = new ByteArrayInputStream(file, line, file.length - line);
    return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void noSecretVariableArgumentForeignAnnotationOrUnknownFieldGetsIn() throws Exception {
    byte[] bytes = SavedSnapshot.bytes(given(OBJECTS), "1.2.3");
    assertThat(content(bytes))
        .doesNotContain("s3cret", "Secret")
        .contains("web:1", "prometheus.io/port", "ipvs", "Vault");
  }

  @Test
  void everythingThatIsKeptComesBackWithItsPlaceTypeAndText() throws Exception {
    Snapshot before = Redaction.of(given(OBJECTS));
    Snapshot after = again(before);
    assertThat(after.documents()).isEqualTo(before.documents());
    assertThat(after.name()).isEqualTo(folder.resolve("prod.pvs").toString());
    Document policy = after.ofKind("NetworkPolicy").getFirst();
    assertThat(policy.at("spec", "ingress").items().getFirst().get("ports").items())
        .extracting(p -> p.get("port").integer().orElseThrow())
        .containsExactly(8, 1);
    assertThat(policy.at("spec").origin())
        .isEqualTo(new Origin.InFile("NetworkPolicy shop/p", "<stdin>", "/spec", 39, 3));
    assertThat(policy.field().members()).containsKey("sepc");
  }

  @Test
  void redactingTwiceIsRedactingOnceAndTheSameSnapshotGivesTheSameBytes() throws Exception {
    byte[] once = SavedSnapshot.bytes(given(OBJECTS), "1.2.3");
    assertThat(SavedSnapshot.bytes(Redaction.of(given(OBJECTS)), "1.2.3")).isEqualTo(once);
    assertThat(SavedSnapshot.bytes(given(OBJECTS), "1.2.3")).isEqualTo(once);
    assertThat(new String(once, StandardCharsets.ISO_8859_1))
        .startsWith("polverdict-snapshot 1 1.2.3 ");
  }

  @Test
  void gapsAndFindingsAndLivePlacesComeBack() throws Exception {
    Origin origin = new Origin.InCluster("prod", "pods in namespace hidden", "", "");
    Gap gap =
        new Gap(Set.of("Pod"), "", Set.of("a", "b"), "pods", "forbidden for user \"ro\"", origin);
    ResourceId id = new ResourceId("v1", "Pod", "shop", "web");
    Document pod =
        new Document(
            id,
            ApiJson.read(
                "{\"metadata\":{\"resourceVersion\":\"7\"},\"kind\":\"Pod\"}"
                    .getBytes(StandardCharsets.UTF_8)),
            "prod",
            true);
    Snapshot broken = given("kind: Pod\napiVersion: v1\nmetadata: {name: x}\n---\na: [\n");
    assertThat(broken.gaps()).hasSize(1);
    Snapshot before =
        new Snapshot("prod", List.of(pod), List.of(gap), broken.findings())
            .with(broken.gaps(), List.of());
    Snapshot after = again(before);
    assertThat(after.gaps()).isEqualTo(before.gaps());
    assertThat(after.findings()).isEqualTo(before.findings());
    assertThat(after.documents()).isEqualTo(before.documents());
    assertThat(after.documents().getFirst().origin())
        .isEqualTo(new Origin.InCluster("prod", "Pod shop/web", "7", ""));
  }

  @Test
  void everyFlippedByteAndEveryCutIsFound() throws Exception {
    byte[] good = SavedSnapshot.bytes(given(OBJECTS), "1.2.3");
    int magic = "polverdict-snapshot ".length();
    for (int i = magic; i < good.length; i += 3) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Path file = saved(bad);
      assertThatThrownBy(() -> new SavedSnapshot(file).read(), "byte " + i)
          .isInstanceOf(UnreadableSource.class)
          .hasMessageContaining("prod.pvs")
          .hasMessageContaining("; ");
    }
    for (int size = magic; size < good.length; size += 7) {
      Path file = saved(Arrays.copyOf(good, size));
      assertThatThrownBy(() -> new SavedSnapshot(file).read(), "size " + size)
          .isInstanceOf(UnreadableSource.class)
          .hasMessageContaining("is cut off");
    }
    Path cut = saved(Arrays.copyOf(good, good.length - 5));
    assertThatThrownBy(() -> new SavedSnapshot(cut).read())
        .hasMessageContaining("is cut off: ")
        .hasMessageContaining("copy it again, or make it anew with: polverdict snapshot");
  }

  @Test
  void aNewerFormatSaysWhichVersionWroteIt() throws Exception {
    Path file = saved("polverdict-snapshot 2 9.9.9 more words\nx".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new SavedSnapshot(file).read())
        .hasMessageContaining(
            "has the format 2, written by polverdict 9.9.9; read it with that version");
  }

  @Test
  void aFileThatUnpacksToTooMuchIsRefusedBeforeItIsUnpacked() throws Exception {
    Path file = saved(SavedSnapshot.bytes(given(OBJECTS), "1.2.3"));
    assertThatThrownBy(() -> new SavedSnapshot(file, new SavedSnapshot.Limits(1 << 20, 100)).read())
        .hasMessageContaining("unpacks to ")
        .hasMessageContaining("more than 100");
    assertThatThrownBy(() -> new SavedSnapshot(file, new SavedSnapshot.Limits(100, 1 << 20)).read())
        .hasMessageContaining("is larger than 100 bytes");
  }

  @Test
  void aBombThatSaysItIsSmallIsNotUnpackedBeyondWhatItSays() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    String line = "polverdict-snapshot 1 1.2.3 " + packed.size() + " 10";
    var digest = java.security.MessageDigest.getInstance("SHA-256");
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    String sum = java.util.HexFormat.of().formatHex(digest.digest(packed.toByteArray()));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes((line + " " + sum + "\n").getBytes(StandardCharsets.UTF_8));
    packed.writeTo(whole);
    Path file = saved(whole.toByteArray());
    assertThatThrownBy(() -> new SavedSnapshot(file).read())
        .hasMessageContaining("is damaged: it does not unpack to 10 bytes");
  }

  @Test
  void aPathIsTakenForASavedSnapshotByItsFirstBytesAndReadAlone() throws Exception {
    Path file = saved(SavedSnapshot.bytes(given(OBJECTS), "1.2.3"));
    Path other = Files.move(file, folder.resolve("anything"));
    List<String> one = List.of(other.toString());
    FileSource files = FileSource.of(one, new ByteArrayInputStream(new byte[0]));
    assertThat(new PathSource(one, files).read().ofKind("Pod")).hasSize(1);
    List<String> two = List.of(other.toString(), "x.yaml");
    assertThatThrownBy(() -> new PathSource(two, files).read())
        .hasMessageContaining("is a saved snapshot, which is read alone");
  }
}
