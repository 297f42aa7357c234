package io.github.polverdict.live;

import static io.github.polverdict.live.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user who may not list everything gets. */
class RefusalsTest {
  private static final String POLICIES = "/apis/networking.k8s.io/v1";

  @TempDir Path directory;
  private final FakeApiServer server = new FakeApiServer();

  @BeforeEach
  void threeNamespacesWithAPolicyEach() {
    server.list("/api/v1/namespaces", object("", "hidden"), object("", "ops"), object("", "shop"));
    for (String namespace : List.of("hidden", "ops", "shop")) {
      server.list(
          POLICIES + "/namespaces/" + namespace + "/networkpolicies", object(namespace, "deny"));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aForbiddenListOfTheClusterIsReadNamespaceByNamespace() throws UnreadableSource {
    server.forbid(POLICIES + "/networkpolicies");
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("NetworkPolicy"))
        .extracting(d -> d.id().namespace())
        .containsExactly("hidden", "ops", "shop");
    assertThat(read.gaps()).isEmpty();
    assertThat(read.findings()).isEmpty();
  }

  @Test
  void aForbiddenNamespaceIsAGapOfThatNamespaceOnly() throws UnreadableSource {
    server.forbid(POLICIES + "/networkpolicies").forbid(POLICIES + "/namespaces/hidden");
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("NetworkPolicy"))
        .extracting(d -> d.id().namespace())
        .containsExactly("ops", "shop");
    Gap gap = read.gaps().getFirst();
    assertThat(read.gaps()).hasSize(1);
    assertThat(gap.kinds()).containsExactly("NetworkPolicy");
    assertThat(gap.namespace()).isEqualTo("hidden");
    assertThat(gap.what()).isEqualTo("networkpolicies in namespace hidden");
    assertThat(gap.why())
        .isEqualTo("forbidden for user \"ro\": needs list (deploy/rbac/read.yaml)");
    assertThat(gap.origin().text()).isEqualTo("networkpolicies in namespace hidden in lab");
  }

  @Test
  void withoutTheListOfNamespacesTheContextsAndTheNamedOnesAreRead() throws UnreadableSource {
    server.forbid("/api/v1/namespaces").forbid(POLICIES + "/networkpolicies");
    Snapshot read = server.read(directory, "ops");
    assertThat(read.ofKind("NetworkPolicy"))
        .extracting(d -> d.id().namespace())
        .containsExactly("ops", "shop");
    Gap policies =
        read.gaps().stream().filter(g -> g.mayHold("NetworkPolicy")).findFirst().orElseThrow();
    assertThat(policies.namespace()).isEmpty();
    assertThat(policies.except()).containsExactlyInAnyOrder("ops", "shop");
    assertThat(policies.mayTouch("hidden")).isTrue();
    assertThat(policies.mayTouch("shop")).isFalse();
    assertThat(policies.what()).isEqualTo("networkpolicies outside of ops, shop");
  }

  @Test
  void aNamespaceThatMayBeSeenAloneIsSeen() throws UnreadableSource {
    server.on("/api/v1/namespaces/shop", e -> FakeApiServer.send(e, 200, object("", "shop")));
    server.forbid("/api/v1/namespaces");
    Snapshot read = server.read(directory, "ops");
    assertThat(read.ofKind("Namespace")).extracting(d -> d.id().name()).containsExactly("shop");
    Gap gap =
        read.gaps().stream()
            .filter(g -> g.kinds().equals(Set.of("Namespace")))
            .findFirst()
            .orElseThrow();
    assertThat(gap.what()).isEqualTo("namespaces outside of shop");
    assertThat(gap.mayTouch("shop")).isFalse();
    assertThat(gap.mayTouch("ops")).isTrue();
  }

  @Test
  void theEnginesNamespaceIsAlwaysLookedInto() throws UnreadableSource {
    server.forbid("/api/v1/namespaces").forbid("/apis/apps/v1/daemonsets");
    server.list("/apis/apps/v1/namespaces/kube-system/daemonsets", object("kube-system", "cilium"));
    assertThat(server.read(directory).ofKind("DaemonSet"))
        .extracting(d -> d.id().name())
        .containsExactly("cilium");
  }

  @Test
  void oneFindingNamesAllThatIsMissingInOnePlaceAndWhatItCosts() throws UnreadableSource {
    server.forbid(POLICIES + "/networkpolicies").forbid(POLICIES + "/namespaces/hidden");
    server.forbid("/api/v1/pods").forbid("/api/v1/namespaces/hidden/pods");
    var finding = server.read(directory).findings().getFirst();
    assertThat(finding.code()).isEqualTo("PV040");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.message())
        .isEqualTo(
            "not read: pods, networkpolicies in namespace hidden (forbidden for user \"ro\": needs"
                + " list (deploy/rbac/read.yaml))");
    assertThat(finding.help())
        .contains("deploy/rbac/read.yaml")
        .contains(
            "pods are not known as source, target or peer, what such policies allow or deny is"
                + " unknown");
    assertThat(server.read(directory).findings()).hasSize(1);
  }

  @Test
  void aForbiddenListOfClusterWideObjectsIsAGap() throws UnreadableSource {
    server.forbid("/api/v1/nodes");
    assertThat(server.read(directory).gaps()).extracting(Gap::what).containsExactly("nodes");
  }

  @Test
  void aConfigMapThatMayBeReadIsReadAlthoughOthersMayNot() throws UnreadableSource {
    server.list("/api/v1/configmaps", object("kube-system", "cilium-config"));
    server.on(
        "/api/v1/configmaps",
        e -> {
          if (e.getRequestURI().getQuery().contains("cilium-config")) {
            server.page(e, "/api/v1/configmaps");
          } else {
            FakeApiServer.status(e, 403, "forbidden");
          }
        });
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("ConfigMap")).hasSize(1);
  }

  @Test
  void whenNothingMayBeListedThereIsNothingToJudge() {
    server.forbid("/api").forbid("/apis");
    assertThatThrownBy(() -> server.read(directory))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("forbidden for user \"ro\"")
        .hasMessageContaining("deploy/rbac/read.yaml");
  }

  @Test
  void aForbiddenDiscoveryLeavesItToTheLists() throws UnreadableSource {
    server.on(
        "/apis",
        e -> {
          String path = e.getRequestURI().getPath();
          if (path.equals("/apis") || path.matches("/apis/[^/]+/[^/]+")) {
            FakeApiServer.status(e, 403, "forbidden: User \\\"ro\\\" cannot get path");
          } else if (path.startsWith("/apis/networking.k8s.io/")) {
            server.page(e, path);
          } else {
            FakeApiServer.status(e, 404, "not found");
          }
        });
    server.list(POLICIES + "/networkpolicies", object("shop", "deny"));
    Snapshot read = server.read(directory);
    assertThat(read.ofKind("NetworkPolicy")).hasSize(1);
    assertThat(read.gaps()).isEmpty();
  }
}
