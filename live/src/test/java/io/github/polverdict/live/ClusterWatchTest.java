package io.github.polverdict.live;

import static io.github.polverdict.live.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watched cluster is known as while its API server behaves and misbehaves. */
@NullUnmarked
class ClusterWatchTest {
  private static final String PODS = "/api/v1/pods";
  private static final String POLICIES = "/apis/networking.k8s.io/v1/networkpolicies";
  private static final String CILIUM = "/apis/cilium.io/v2/ciliumnetworkpolicies";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Rhythm HASTY =
      new Rhythm(
          Duration.ofSeconds(3),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(20));

  @TempDir Path directory;
  private final FakeApiServer server = new FakeApiServer();
  private final FakeWatch pods = server.watched(PODS);
  private ClusterWatch watch;

  @AfterEach
  void stop() {
    if (watch != null) {
      watch.close();
    }
    server.close();
  }

  private static String pod(String name, int version, String label) {
    return ("{\"metadata\":{\"name\":\"%s\",\"namespace\":\"shop\",\"resourceVersion\":\"%d\","
            + "\"labels\":{\"app\":\"%s\"}}}")
        .formatted(name, version, label);
  }

  private Revision open() throws Exception {
    ClusterAccess access =
        new ClusterAccess(Optional.empty(), Optional.of(server.kubeconfig(directory)), List.of());
    RenewableServer connection =
        new RenewableServer(access, new Kubeconfigs(Map.of(), directory), FakeApiServer.HASTY);
    watch = ClusterWatch.open(access, Progress.SILENT, connection, HASTY);
    return watch.next(LONG).orElseThrow();
  }

  /** The first state in which something holds. */
  private Revision until(Predicate<Revision> holds) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    Revision last = null;
    while (System.nanoTime() < deadline) {
      Optional<Revision> next = watch.next(Duration.ofMillis(200));
      if (next.isPresent()) {
        last = next.get();
        if (holds.test(last)) {
          return last;
        }
      }
    }
    throw new AssertionError("it never came to that; the last was " + last);
  }

  private static List<String> pods(Revision revision) {
    return revision.snapshot().ofKind("Pod").stream()
        .map(d -> d.id().name() + "=" + d.at("metadata", "labels", "app").text(""))
        .toList();
  }

  private Revision untilPods(String... all) throws InterruptedException {
    return until(r -> pods(r).equals(List.of(all)) && r.stale().isEmpty());
  }

  @Test
  void theFirstStateIsWhatReadingGives() throws Exception {
    server.list(PODS, pod("web", 5, "a")).forbid("/api/v1/nodes");
    Revision first = open();
    Snapshot read = server.read(directory);
    assertThat(first.snapshot()).isEqualTo(read);
    assertThat(first.stale()).isEmpty();
  }

  @Test
  void whoMayLookIntoOneNamespaceOnlyIsToldTheSame() throws Exception {
    server.list("/api/v1/namespaces/shop/pods", pod("web", 5, "a"));
    server.on("/api/v1/namespaces/shop/pods", e -> server.page(e, "/api/v1/namespaces/shop/pods"));
    for (String wide :
        List.of("namespaces", "nodes", "pods", "services", "endpoints", "serviceaccounts")) {
      server.forbid("/api/v1/" + wide);
    }
    for (String wide : List.of("deployments", "replicasets", "statefulsets", "daemonsets")) {
      server.forbid("/apis/apps/v1/" + wide);
    }
    assertThat(open().snapshot()).isEqualTo(server.read(directory));
  }

  @Test
  void objectsComeChangeAndGoAndVersionsGrow() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    Revision first = open();
    pods.send("ADDED", pod("db", 8, "b"));
    Revision second = untilPods("db=b", "web=a");
    pods.send("MODIFIED", pod("web", 9, "c"));
    Revision third = untilPods("db=b", "web=c");
    pods.send("DELETED", pod("db", 10, "b"));
    Revision last = untilPods("web=c");
    assertThat(List.of(first.number(), second.number(), third.number(), last.number()))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(last.snapshot().ofKind("Pod").getFirst().at("spec").present()).isFalse();
  }

  @Test
  void eventsThatComeTwiceOrLateChangeNothing() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    open();
    pods.send("MODIFIED", pod("web", 9, "new")).send("MODIFIED", pod("web", 7, "old"));
    pods.send("MODIFIED", pod("web", 9, "new")).send("ADDED", pod("db", 11, "b"));
    pods.send("DELETED", pod("db", 12, "b")).send("MODIFIED", pod("db", 11, "b"));
    pods.send("DELETED", pod("web", 6, "a")).send("ADDED", pod("end", 13, "z"));
    untilPods("end=z", "web=new");
  }

  @Test
  void theNextWatchGoesOnFromTheNewestVersionOrBookmark() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    open();
    pods.send("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"400\"}}").end();
    pods.send("ADDED", pod("db", 401, "b"));
    untilPods("db=b", "web=a");
    assertThat(pods.queries).hasSizeGreaterThan(1);
    assertThat(pods.queries.get(0))
        .contains("resourceVersion=100")
        .contains("allowWatchBookmarks=true");
    assertThat(pods.queries.get(1)).contains("resourceVersion=400");
    assertThat(server.listed(PODS)).isEqualTo(1);
  }

  @Test
  void anExpiredVersionIsListedAgain() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    open();
    server.lists(PODS, pod("web", 50, "b"), pod("db", 51, "b"));
    pods.send(
        "ERROR", "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old resource version\"}");
    untilPods("db=b", "web=b");
    server.lists(PODS, pod("db", 51, "b"));
    pods.refuse(410);
    pods.end();
    untilPods("db=b");
  }

  @Test
  void streamsThatBreakOffInAnEventOrDribbleLoseNothing() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    open();
    pods.raw("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"na").cut();
    pods.send("ADDED", pod("db", 8, "b"));
    untilPods("db=b", "web=a");
    String slow = "{\"type\":\"ADDED\",\"object\":" + pod("slow", 9, "s") + "}\n";
    for (char c : slow.toCharArray()) {
      pods.raw(String.valueOf(c));
    }
    untilPods("db=b", "slow=s", "web=a");
    pods.raw("this is not JSON\n").cut().send("ADDED", pod("end", 12, "e"));
    untilPods("db=b", "end=e", "slow=s", "web=a");
  }

  @Test
  void whatIsKnownStaysKnownWhileTheServerFailsAndIsCalledStale() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    Revision first = open();
    pods.refuse(503);
    pods.end();
    Revision stale = until(r -> !r.stale().isEmpty());
    assertThat(pods(stale)).containsExactly("web=a");
    assertThat(stale.snapshot().gaps()).isEqualTo(first.snapshot().gaps());
    assertThat(stale.stale().getFirst().what()).isEqualTo("pods");
    assertThat(stale.stale().getFirst().why()).isEqualTo("the server answered 503");
    assertThat(stale.snapshot().findings()).anyMatch(f -> f.code().equals("PV042"));
    pods.refuse(0);
    pods.send("ADDED", pod("db", 8, "b"));
    untilPods("db=b", "web=a");
  }

  @Test
  void aBusyServerIsLeftAloneAsLongAsItAsks() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    open();
    pods.refuse(429, "1");
    pods.end();
    until(r -> !r.stale().isEmpty());
    int asked = pods.queries.size();
    Thread.sleep(600);
    assertThat(pods.queries).hasSize(asked);
    pods.refuse(0);
    untilPods("web=a");
  }

  @Test
  void anExpiredTokenIsReadAgainFromTheKubeconfig() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    open();
    server.accept("n3w");
    pods.end();
    until(r -> r.stale().stream().anyMatch(s -> s.why().contains("credentials (401)")));
    Path file = directory.resolve("kubeconfig");
    Files.writeString(file, Files.readString(file).replace("t0ken", "n3w"));
    pods.send("ADDED", pod("db", 8, "b"));
    untilPods("db=b", "web=a");
  }

  @Test
  void withdrawnRightsBecomeAGapAndGrantedOnesHealIt() throws Exception {
    server.list("/api/v1/namespaces", object("", "shop")).list(PODS, pod("web", 5, "a"));
    open();
    server.forbid(PODS).forbid("/api/v1/namespaces/");
    pods.refuse(403);
    pods.end();
    Revision without = until(r -> r.snapshot().gaps().stream().anyMatch(g -> g.mayHold("Pod")));
    assertThat(pods(without)).isEmpty();
    assertThat(without.snapshot().gaps())
        .extracting(Gap::why)
        .allMatch(w -> w.startsWith("forbidden"));
    server.allow(PODS);
    pods.refuse(0);
    Revision again = untilPods("web=a");
    assertThat(again.snapshot().gaps()).noneMatch(g -> g.mayHold("Pod"));
  }

  @Test
  void withoutTheRightToWatchItIsListedNowAndThen() throws Exception {
    server.list(PODS, pod("web", 5, "a"));
    pods.refuse(403);
    Revision first = open();
    assertThat(first.snapshot().gaps()).isEmpty();
    server.lists(PODS, pod("web", 6, "b"));
    untilPods("web=b");
  }

  @Test
  void aDefinitionThatComesIsWatchedAndOneThatGoesIsForgotten() throws Exception {
    open();
    server.serves("cilium.io/v2/ciliumnetworkpolicies").list(CILIUM, object("shop", "p"));
    until(r ->
        r.snapshot().documents().stream()
            .anyMatch(d -> d.id().kind().equals("CiliumNetworkPolicy")));
    server.servesNot("cilium.io/v2/ciliumnetworkpolicies");
    Revision last = until(r -> r.snapshot().documents().isEmpty() && r.stale().isEmpty());
    assertThat(last.snapshot().gaps()).isEmpty();
  }

  @Test
  void aDefinitionThatChangesIsReadAgainWithItsSchema() throws Exception {
    String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    String spec =
        ",\"spec\":{\"group\":\"crd.antrea.io\",\"versions\":[{\"name\":\"%s\",\"schema\":"
            + "{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}";
    String name = "tiers.crd.antrea.io";
    server
        .serves("apiextensions.k8s.io/v1/customresourcedefinitions")
        .list(path, object("", name, spec.formatted("v1alpha1")));
    open();
    server.lists(path, object("", name, spec.formatted("v1beta1")));
    server
        .watched(path)
        .send(
            "MODIFIED",
            "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"9\"}}".formatted(name));
    until(r -> r.snapshot().toString().contains("v1beta1"));
  }

  @Test
  void aRefusalThatIsTakenBackAtOnceCostsNothing() throws Exception {
    server.list(POLICIES, object("shop", "p"));
    FakeWatch policies = server.watched(POLICIES);
    open();
    server.forbidOnce(POLICIES);
    policies.send("ERROR", "{\"kind\":\"Status\",\"code\":410}");
    Revision late = until(r -> !r.stale().isEmpty());
    assertThat(late.snapshot().ofKind("NetworkPolicy")).extracting(Document::id).hasSize(1);
    Revision again = until(r -> r.stale().isEmpty());
    assertThat(again.snapshot().gaps()).isEmpty();
    assertThat(again.snapshot().ofKind("NetworkPolicy")).hasSize(1);
  }

  @Test
  void aThousandChangesAreFewStates() throws Exception {
    server.list(PODS, pod("web", 5, "v0"));
    Revision first = open();
    for (int i = 1; i <= 1000; i++) {
      pods.send("MODIFIED", pod("web", 1000 + i, "v" + i));
    }
    int states = 0;
    Revision last = first;
    while (!pods(last).equals(List.of("web=v1000"))) {
      last = watch.next(LONG).orElseThrow();
      states++;
    }
    assertThat(last.number()).isEqualTo(first.number() + 1000);
    assertThat(states).isLessThan(100);
  }
}
