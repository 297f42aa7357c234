package io.github.polverdict.live;

import static io.github.polverdict.live.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSourceTest {
  @TempDir Path directory;
  private final FakeApiServer server = new FakeApiServer();

  @AfterEach
  void onlyGetsAndNeverSecrets() {
    server.close();
    assertThat(server.requests)
        .allMatch(r -> r.startsWith("GET "))
        .noneMatch(r -> r.contains("secrets"));
  }

  @Test
  void everyPageOfALongListIsRead() throws UnreadableSource {
    server.list("/api/v1/pods", pods(1203));
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("Pod")).hasSize(1203);
    assertThat(read.gaps()).isEmpty();
    assertThat(server.asked("/api/v1/pods")).isEqualTo(3);
    assertThat(server.requests)
        .contains("GET /api/v1/pods?limit=500", "GET /api/v1/pods?limit=500&continue=1000");
  }

  @Test
  void aDocumentKnowsItsClusterItsVersionAndItsPointer() throws UnreadableSource {
    server.list(
        "/apis/networking.k8s.io/v1/networkpolicies",
        object("shop", "web", ",\"spec\":{\"podSelector\":{}}"));
    Document policy = server.read(directory).find("NetworkPolicy", "shop", "web").orElseThrow();
    assertThat(policy.id().apiVersion()).isEqualTo("networking.k8s.io/v1");
    assertThat(policy.at("spec", "podSelector").origin().text())
        .isEqualTo("NetworkPolicy shop/web /spec/podSelector in lab");
    assertThat(policy.at("kind").text()).contains("NetworkPolicy");
  }

  @Test
  void anExpiredContinuationStartsTheListAgainOnce() throws UnreadableSource {
    server.list("/api/v1/pods", pods(700));
    AtomicInteger calls = new AtomicInteger();
    FakeApiServer.Answer flaky =
        e -> {
          boolean second = String.valueOf(e.getRequestURI().getQuery()).contains("continue");
          if (second && calls.incrementAndGet() == 1) {
            FakeApiServer.status(e, 410, "The provided continue parameter is too old");
          } else {
            server.page(e, "/api/v1/pods");
          }
        };
    server.on("/api/v1/pods", flaky);
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("Pod")).hasSize(700).doesNotHaveDuplicates();
    assertThat(read.gaps()).isEmpty();
    assertThat(server.asked("/api/v1/pods")).isEqualTo(4);
  }

  @Test
  void surroundingsAreReadOnRequestOnlyAndWithoutCertificates() throws UnreadableSource {
    String path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    server
        .serves(path.substring("/apis/".length()))
        .list(
            path,
            object(
                "",
                "checks",
                ",\"webhooks\":[{\"name\":\"a.example.com\",\"clientConfig\":{\"caBundle\":\"eA==\","
                    + "\"service\":{\"namespace\":\"shop\",\"name\":\"hook\"}}}]"));
    assertThat(server.read(directory).ofKind("ValidatingWebhookConfiguration")).isEmpty();
    assertThat(server.asked(path)).isZero();
    Document checks =
        server
            .readWithSurroundings(directory)
            .find("ValidatingWebhookConfiguration", "", "checks")
            .orElseThrow();
    var client = checks.at("webhooks").items().getFirst().get("clientConfig");
    assertThat(client.get("service").get("name").text()).contains("hook");
    assertThat(client.get("caBundle").present()).isFalse();
  }

  @Test
  void aResourceThatTheClusterDoesNotHaveIsNoGap() throws UnreadableSource {
    server.forbid("/apis/cilium.io/v2"); // would be refused before it is looked for
    Snapshot read = server.read(directory);
    assertThat(read.gaps()).isEmpty();
    assertThat(server.requests).noneMatch(r -> r.contains("cilium.io"));
  }

  @Test
  void aCustomResourceThatTheClusterHasIsReadInTheVersionItServes() throws UnreadableSource {
    server
        .serves("cilium.io/v2alpha1/ciliumcidrgroups")
        .list(
            "/apis/cilium.io/v2alpha1/ciliumcidrgroups",
            object("", "offices", ",\"spec\":{\"externalCIDRs\":[]}"));
    assertThat(
            server
                .read(directory)
                .find("CiliumCIDRGroup.cilium.io", "", "offices")
                .orElseThrow()
                .id()
                .apiVersion())
        .isEqualTo("cilium.io/v2alpha1");
  }

  @Test
  void objectsBehindTwoGroupsAreReadOnce() throws UnreadableSource {
    server
        .serves("crd.projectcalico.org/v1/globalnetworkpolicies")
        .serves("projectcalico.org/v3/globalnetworkpolicies")
        .list("/apis/crd.projectcalico.org/v1/globalnetworkpolicies", object("", "default.base"));
    assertThat(server.read(directory).ofKind("GlobalNetworkPolicy.crd.projectcalico.org"))
        .hasSize(1);
    assertThat(server.requests)
        .noneMatch(r -> r.contains("/apis/projectcalico.org/v3/globalnetworkpolicies"));
  }

  @Test
  void ofConfigMapsOnlyThoseOfEnginesAreAskedFor() throws UnreadableSource {
    server.list(
        "/api/v1/configmaps",
        object("kube-system", "cilium-config", ",\"data\":{\"enable-policy\":\"always\"}"),
        object("shop", "passwords", ",\"data\":{\"root\":\"s3cret\"}"));
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("ConfigMap"))
        .extracting(d -> d.id().name())
        .containsExactly("cilium-config");
    assertThat(read.ofKind("ConfigMap").getFirst().at("data", "enable-policy").text())
        .contains("always");
    assertThat(server.requests)
        .filteredOn(r -> r.contains("/configmaps"))
        .isNotEmpty()
        .allMatch(r -> r.contains("fieldSelector=metadata.name%3D"));
  }

  @Test
  void ofResourceDefinitionsOnlyThoseThatAreReadAreKeptWithTheirSchemas() throws UnreadableSource {
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    String spec =
        """
        ,"spec":{"group":"%s","scope":"Namespaced","names":{"kind":"%s","plural":"x","shortNames":["y"]},
         "conversion":{"strategy":"None"},"versions":[{"name":"v2","served":true,"storage":true,"schema":
         {"openAPIV3Schema":{"type":"object","description":"long","properties":
          {"description":{"type":"string","description":"long"}}}}}]}
        """;
    server
        .serves("apiextensions.k8s.io/v1/customresourcedefinitions")
        .list(
            definitions,
            object(
                "",
                "ciliumnetworkpolicies.cilium.io",
                spec.formatted("cilium.io", "CiliumNetworkPolicy")),
            object("", "ciliumnodes.cilium.io"),
            object("", "certificates.cert-manager.io"));
    List<Document> read = server.read(directory).ofKind("CustomResourceDefinition");
    assertThat(read)
        .extracting(d -> d.id().name())
        .containsExactly("ciliumnetworkpolicies.cilium.io", "ciliumnodes.cilium.io");
    Field kept = read.getFirst().at("spec");
    assertThat(kept.members().keySet())
        .containsExactlyInAnyOrder("group", "scope", "names", "versions");
    Field version = kept.get("versions").items().getFirst();
    assertThat(version.members().keySet()).containsExactly("name", "served", "schema");
    Field schema = version.get("schema").get("openAPIV3Schema");
    assertThat(schema.members().keySet()).containsExactly("type", "properties");
    assertThat(schema.get("properties").get("description").members().keySet())
        .containsExactly("type");
    assertThat(server.requests)
        .filteredOn(r -> r.contains(definitions) && r.contains("fieldSelector"))
        .singleElement()
        .asString()
        .contains("ciliumnetworkpolicies.cilium.io");
  }

  @Test
  void aDefinitionThatCannotBeReadIsKnownByItsName() throws UnreadableSource {
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    server
        .serves("apiextensions.k8s.io/v1/customresourcedefinitions")
        .list(definitions, object("", "tiers.crd.antrea.io"))
        .on(
            definitions,
            e -> {
              if (e.getRequestURI().getQuery().contains("fieldSelector")) {
                FakeApiServer.status(e, 403, "forbidden");
              } else {
                server.page(e, definitions);
              }
            });
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("CustomResourceDefinition")).hasSize(1);
    assertThat(read.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).containsExactly("CustomResourceDefinition"));
  }

  @Test
  void endpointsAreAskedForOnlyWhereThereAreNoSlices() throws UnreadableSource {
    server.read(directory);
    assertThat(server.asked("/api/v1/endpoints")).isZero();
  }

  @Test
  void twoReadingsAreEqualWhateverTheOrderOfTheAnswers() throws UnreadableSource {
    server
        .list("/api/v1/pods", pods(20))
        .list("/api/v1/services", object("shop", "b"), object("shop", "a"));
    server.forbid("/api/v1/nodes");
    Snapshot once = server.read(directory);
    server.on(
        "/api/v1/pods",
        e -> {
          pause();
          server.page(e, "/api/v1/pods");
        });
    assertThat(server.read(directory)).isEqualTo(once);
  }

  @Test
  void theTokenOfTheKubeconfigIsSent() throws UnreadableSource {
    server.read(directory);
    assertThat(server.authorizations).isNotEmpty().allMatch("Bearer t0ken"::equals);
  }

  @Test
  void progressCountsTheObjectsOfEachResource() throws UnreadableSource {
    server.list("/api/v1/pods", pods(600)).list("/api/v1/services", object("shop", "web"));
    TreeMap<String, Integer> last = new TreeMap<>();
    server.source(directory, last::put).read();
    assertThat(last)
        .containsEntry("pods", 600)
        .containsEntry("services", 1)
        .containsEntry("nodes", 0);
  }

  @Test
  void aLongListIsReducedToWhatIsNeededAsItComes() throws UnreadableSource {
    int count = 20_000;
    String ballast = "x".repeat(2_000);
    String rest =
        ",\"spec\":{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"c\",\"env\":[{\"name\":\"E\",\"value\":\"%s\"}]}],"
            + "\"volumes\":[{\"name\":\"%s\"}]},\"status\":{\"podIP\":\"10.0.0.1\",\"message\":\"%s\"}";
    server.list(
        "/api/v1/pods",
        IntStream.range(0, count)
            .mapToObj(i -> object("shop", "p" + i, rest.formatted(ballast, ballast, ballast)))
            .toArray(String[]::new));
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("Pod")).hasSize(count);
    long kept = read.documents().stream().mapToLong(d -> size(d.root())).sum();
    assertThat(kept).isLessThan(count * 200L);
    assertThat(server.asked("/api/v1/pods")).isEqualTo(count / 500);
  }

  private static long size(Value value) {
    return switch (value) {
      case Value.Scalar s -> s.text().length();
      case Value.Sequence s -> s.items().stream().mapToLong(ClusterSourceTest::size).sum();
      case Value.Mapping m ->
          m.entries().entrySet().stream()
              .mapToLong(e -> e.getKey().length() + size(e.getValue()))
              .sum();
    };
  }

  private static String[] pods(int count) {
    return IntStream.range(0, count).mapToObj(i -> object("shop", "p" + i)).toArray(String[]::new);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
