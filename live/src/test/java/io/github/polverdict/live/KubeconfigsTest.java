package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.snapshot.UnreadableSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigsTest {
  private static final ClusterAccess USUAL =
      new ClusterAccess(Optional.empty(), Optional.empty(), List.of());

  @TempDir Path home;

  @Test
  void theFileInTheHomeDirectoryIsTheUsualOne() throws Exception {
    write(".kube/config", "home", "https://home.test:6443");
    Kubeconfigs.Cluster found = new Kubeconfigs(Map.of(), home).find(USUAL);
    assertThat(found.name()).isEqualTo("home");
    assertThat(found.config().getMasterUrl()).startsWith("https://home.test:6443");
    assertThat(found.namespace()).isEqualTo("home-ns");
  }

  @Test
  void theListInTheEnvironmentIsMergedAndItsFirstCurrentContextWins() throws Exception {
    Path one = write("one", "first", "https://one.test");
    Path two = write("two", "second", "https://two.test");
    Kubeconfigs kubeconfigs =
        new Kubeconfigs(
            Map.of(
                "KUBECONFIG",
                one + File.pathSeparator + two + File.pathSeparator + home.resolve("no")),
            home);
    assertThat(kubeconfigs.find(USUAL).name()).isEqualTo("first");
    assertThat(kubeconfigs.find(ClusterAccess.context("second")).config().getMasterUrl())
        .startsWith("https://two.test");
  }

  @Test
  void aNamedFileWinsOverTheEnvironment() throws Exception {
    Path one = write("one", "first", "https://one.test");
    Path two = write("two", "second", "https://two.test");
    ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(two), List.of());
    assertThat(new Kubeconfigs(Map.of("KUBECONFIG", one.toString()), home).find(access).name())
        .isEqualTo("second");
  }

  @Test
  void anUnknownContextIsNamedWithTheKnownOnes() throws Exception {
    write(".kube/config", "home", "https://home.test");
    assertThatThrownBy(() -> new Kubeconfigs(Map.of(), home).find(ClusterAccess.context("prod")))
        .isInstanceOf(UnreadableSource.class)
        .hasMessage(
            "there is no context 'prod' in %s; known are: home"
                .formatted(home.resolve(".kube/config")));
  }

  @Test
  void withoutAnyFileTheNextStepIsSaid() {
    assertThatThrownBy(() -> new Kubeconfigs(Map.of(), home).find(ClusterAccess.context("prod")))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("no kubeconfig was found")
        .hasMessageContaining("--kubeconfig");
  }

  @Test
  void aNamedFileThatIsNotThereIsNamed() {
    Path missing = home.resolve("missing");
    ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(missing), List.of());
    assertThatThrownBy(() -> new Kubeconfigs(Map.of(), home).find(access))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void aBrokenFileIsNamedButNotRepeated() throws IOException {
    Path broken =
        Files.writeString(
            home.resolve("broken"), "users: [{user: {token: s3cret}}\ncontexts: 42\n");
    ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(broken), List.of());
    assertThatThrownBy(() -> new Kubeconfigs(Map.of(), home).find(access))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining(broken.toString())
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void anEmptyFileHasNoCurrentContext() throws IOException {
    Path empty = Files.writeString(home.resolve("empty"), "apiVersion: v1\nkind: Config\n");
    ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(empty), List.of());
    assertThatThrownBy(() -> new Kubeconfigs(Map.of(), home).find(access))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("no current context is set in");
  }

  @Test
  void aContextWithoutAClusterIsNamed() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("file"),
            "current-context: lab\ncontexts: [{name: lab, context: {cluster: gone, user: u}}]\n");
    ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(file), List.of());
    assertThatThrownBy(() -> new Kubeconfigs(Map.of(), home).find(access))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("context 'lab'");
  }

  private Path write(String path, String context, String server) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        clusters: [{name: c-%1$s, cluster: {server: "%2$s"}}]
        users: [{name: u-%1$s, user: {token: t}}]
        contexts: [{name: %1$s, context: {cluster: c-%1$s, user: u-%1$s, namespace: %1$s-ns}}]
        """
            .formatted(context, server));
  }
}
