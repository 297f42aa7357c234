package io.github.polverdict.live;

import static io.github.polverdict.live.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server that misbehaves gets: patience with an end, then a gap; never a short list in
 * silence.
 */
class BadServerTest {
  private static final String PODS = "/api/v1/pods";

  @TempDir Path directory;
  private final FakeApiServer server = new FakeApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aServerThatRecoversIsForgiven() throws UnreadableSource {
    AtomicInteger calls = new AtomicInteger();
    server
        .list(PODS, object("shop", "web"))
        .on(
            PODS,
            e -> {
              if (calls.incrementAndGet() < FakeApiServer.HASTY.attempts()) {
                FakeApiServer.status(e, 500, "etcdserver: leader changed");
              } else {
                server.page(e, PODS);
              }
            });
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("Pod")).hasSize(1);
    assertThat(read.gaps()).isEmpty();
  }

  @Test
  void aServerThatKeepsFailingIsAGapAfterAFewTries() throws UnreadableSource {
    server.on(PODS, e -> FakeApiServer.status(e, 500, "etcdserver: request timed out"));
    Snapshot read = server.read(directory);
    assertThat(read.gaps()).hasSize(1);
    assertThat(read.gaps().getFirst().what()).isEqualTo("pods");
    assertThat(read.gaps().getFirst().why())
        .isEqualTo("the server answered 500 (etcdserver: request timed out)");
    assertThat(read.findings().getFirst().code()).isEqualTo("PV041");
    assertThat(read.findings().getFirst().severity()).isEqualTo(Severity.ERROR);
    assertThat(server.asked(PODS)).isEqualTo(FakeApiServer.HASTY.attempts());
  }

  @Test
  void aBusyServerIsGivenTheTimeItAsksFor() throws UnreadableSource {
    AtomicInteger calls = new AtomicInteger();
    long[] times = new long[2];
    server
        .list(PODS, object("shop", "web"))
        .on(
            PODS,
            e -> {
              int call = calls.getAndIncrement();
              times[call] = System.nanoTime();
              if (call == 0) {
                e.getResponseHeaders().set("Retry-After", "1");
                FakeApiServer.status(e, 429, "too many requests");
              } else {
                server.page(e, PODS);
              }
            });
    assertThat(server.read(directory).gaps()).isEmpty();
    assertThat(Duration.ofNanos(times[1] - times[0])).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aServerThatIsBusyForeverIsAGapInABoundedTime() throws UnreadableSource {
    server.on(
        PODS,
        e -> {
          e.getResponseHeaders().set("Retry-After", "999999");
          FakeApiServer.status(e, 429, "too many requests");
        });
    assertThat(server.read(directory).gaps())
        .extracting(Gap::why)
        .containsExactly("the server is too busy (429)");
  }

  @Test
  void aListThatExpiresTwiceIsAGap() throws UnreadableSource {
    server
        .list(PODS, pods(700))
        .on(
            PODS,
            e -> {
              if (e.getRequestURI().getQuery().contains("continue")) {
                FakeApiServer.status(e, 410, "too old");
              } else {
                server.page(e, PODS);
              }
            });
    Snapshot read = server.read(directory);
    assertThat(read.gaps()).extracting(Gap::what).containsExactly("pods after the first 500");
    assertThat(read.gaps())
        .extracting(Gap::why)
        .containsExactly("the list expired twice before its end (410)");
    assertThat(read.ofKind("Pod")).hasSize(500);
  }

  @Test
  void aListWhoseSecondPageFailsIsAGapAndKeepsWhatCame() throws UnreadableSource {
    server
        .list(PODS, pods(700))
        .on(
            PODS,
            e -> {
              if (e.getRequestURI().getQuery().contains("continue")) {
                FakeApiServer.status(e, 503, "");
              } else {
                server.page(e, PODS);
              }
            });
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("Pod")).hasSize(500);
    assertThat(read.gaps()).extracting(Gap::what).containsExactly("pods after the first 500");
  }

  @Test
  void aConnectionThatIsCutHalfWayIsAGap() throws UnreadableSource {
    server.on(
        PODS,
        e -> {
          e.sendResponseHeaders(200, 10_000);
          e.getResponseBody()
              .write("{\"kind\":\"PodList\",\"items\":[".getBytes(StandardCharsets.UTF_8));
          e.getResponseBody().flush();
          e.close();
        });
    Snapshot read = server.read(directory);
    assertThat(read.gaps()).extracting(Gap::what).containsExactly("pods");
    assertThat(read.gaps().getFirst().why()).startsWith("the connection broke");
    assertThat(server.asked(PODS)).isEqualTo(FakeApiServer.HASTY.attempts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>login</html>",
        "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\"}}",
        "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{}}]}",
        "{\"kind\":\"PodList\",\"items\":[42]}",
        "{\"kind\":\"Pod\"}",
        "[]"
      })
  void anAnswerThatIsNoListIsAGap(String body) throws UnreadableSource {
    server.on(PODS, e -> FakeApiServer.send(e, 200, body));
    Snapshot read = server.read(directory);
    assertThat(read.gaps()).extracting(Gap::what).containsExactly("pods");
    assertThat(read.ofKind("Pod")).isEmpty();
  }

  @Test
  void aServerThatRepeatsItsContinueTokenIsAGap() throws UnreadableSource {
    String page = "{\"kind\":\"PodList\",\"metadata\":{\"continue\":\"again\"},\"items\":[]}";
    server.on(PODS, e -> FakeApiServer.send(e, 200, page));
    assertThat(server.read(directory).gaps())
        .extracting(Gap::why)
        .containsExactly("the server repeats its continue token");
  }

  @Test
  void credentialsThatAreNotAcceptedEndTheReading() {
    server.on("/", e -> FakeApiServer.status(e, 401, "Unauthorized"));
    assertThatThrownBy(() -> server.read(directory))
        .isInstanceOf(UnreadableSource.class)
        .hasMessage(
            "cluster lab (%s) cannot be read: it does not accept the credentials (401); they may have expired: log in"
                    .formatted(server.url())
                + " again, then try: kubectl --context lab get namespaces");
  }

  @Test
  void credentialsThatExpireOnTheWayEndTheReading() {
    server.on("/api/v1/services", e -> FakeApiServer.status(e, 401, "Unauthorized"));
    assertThatThrownBy(() -> server.read(directory))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("(401)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>router</html>", "{}", "{\"kind\":\"Status\"}"})
  void aServerThatIsNoApiServerIsUnreadable(String body) {
    server.on("/", e -> FakeApiServer.send(e, 200, body));
    assertThatThrownBy(() -> server.read(directory))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("cluster lab (" + server.url() + ") cannot be read");
  }

  private static String[] pods(int count) {
    return IntStream.range(0, count).mapToObj(i -> object("shop", "p" + i)).toArray(String[]::new);
  }
}
