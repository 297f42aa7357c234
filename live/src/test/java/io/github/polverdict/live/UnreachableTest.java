package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot be talked to: one sentence with the server, the cause and the next step. */
class UnreachableTest {
  @TempDir Path directory;

  @Test
  void aRefusedConnection() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    assertThatThrownBy(() -> read(url, ""))
        .isInstanceOf(UnreadableSource.class)
        .hasMessage(
            "cluster lab (%s) cannot be read: connection refused; check the server's address and that it can be"
                    .formatted(url)
                + " reached from here");
  }

  @Test
  void aNameThatDoesNotResolve() {
    assertThatThrownBy(() -> read("https://api.invalid:6443", ""))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("its name cannot be resolved");
  }

  @Test
  void aServerThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> read("http://127.0.0.1:" + silent.getLocalPort(), ""))
          .isInstanceOf(UnreadableSource.class)
          .hasMessageContaining("no answer in time");
    }
  }

  @Test
  void aCertificateThatNobodyVouchesFor() throws Exception {
    try (FakeApiServer server = new FakeApiServer(Optional.of(tls()))) {
      assertThatThrownBy(() -> read(server.url(), ""))
          .isInstanceOf(UnreadableSource.class)
          .hasMessageContaining("TLS failed")
          .hasMessageContaining("certificate-authority");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aCertificateOfTheKubeconfigsAuthorityIsAccepted() throws Exception {
    SSLContext tls = tls();
    try (FakeApiServer server = new FakeApiServer(Optional.of(tls))) {
      String authority =
          Base64.getEncoder()
              .encodeToString(certificate().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(read(server.url(), ", certificate-authority-data: " + authority).gaps()).isEmpty();
    }
  }

  private io.github.polverdict.snapshot.Snapshot read(String url, String more)
      throws UnreadableSource, IOException {
    Path file =
        Files.writeString(
            directory.resolve("config"),
            """
            current-context: lab
            clusters: [{name: lab, cluster: {server: "%s"%s}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: lab, context: {cluster: lab, user: u}}]
            """
                .formatted(url, more));
    Patience brief =
        new Patience(
            Duration.ofSeconds(2),
            Duration.ofMillis(700),
            2,
            Duration.ofMillis(5),
            Duration.ofMillis(50));
    ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(file), List.of());
    return new ClusterSource(access, Progress.SILENT, new Kubeconfigs(Map.of(), directory), brief)
        .read();
  }

  /** A key pair for 127.0.0.1 that is its own authority. */
  private SSLContext tls() throws GeneralSecurityException, IOException, InterruptedException {
    keytool(
        "-genkeypair",
        "-alias",
        "lab",
        "-keyalg",
        "EC",
        "-dname",
        "CN=lab",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("keys"))) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private String certificate() throws IOException, InterruptedException {
    return keytool("-exportcert", "-rfc", "-alias", "lab");
  }

  private String keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keystore",
            directory.resolve("keys").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out;
  }
}
