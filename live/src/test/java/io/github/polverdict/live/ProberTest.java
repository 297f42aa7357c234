package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Permissions;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.live.probe.Prober;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prober asks of a cluster before it sends anything. */
class ProberTest {
  private static final int AT_ONCE = 5;

  @TempDir private Path folder = Path.of("");

  @Test
  void noMoreStreamsAreOpenedAtOnceThanSourcesAreAllowed() throws UnreadableSource {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (FakeApiServer server = new FakeApiServer()) {
      server.on(
          "/api/v1/namespaces/shop/pods/",
          exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            pause();
            now.decrementAndGet();
            FakeApiServer.status(exchange, 404, "it is not there");
          });
      ClusterAccess access =
          new ClusterAccess(Optional.empty(), Optional.of(server.kubeconfig(folder)), List.of());
      Permissions exec = new Permissions(true, false, false, false, Set.of("shop"));
      ProbeSettings settings = ProbeSettings.USUAL.limited(AT_ONCE, 500);
      try (ClusterWrites writes = ClusterWrites.open(access, exec, false, _ -> {});
          Prober prober = new Prober(writes, settings)) {
        Map<Endpoint, String> found =
            prober.obstacles(IntStream.range(0, 20).mapToObj(ProberTest::pod).toList());
        assertThat(found).hasSize(20);
        assertThat(found.values()).allMatch(why -> why.endsWith("is not there any more"));
      }
    }
    assertThat(most).hasValue(AT_ONCE);
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Endpoint pod(int number) {
    String name = "web-" + number;
    return new Endpoint(
        "shop/" + name,
        Kind.POD,
        new Endpoint.Owner("Pod", name),
        new Endpoint.Facts("shop", Labels.NONE, Labels.NONE, "default"),
        Addresses.exactly(IpSet.NONE),
        List.of(),
        Optional.empty(),
        new Origin.BuiltIn("test", "", ""));
  }
}
