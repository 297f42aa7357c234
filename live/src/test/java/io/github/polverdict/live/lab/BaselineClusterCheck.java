package io.github.polverdict.live.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.live.lab.Commands.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A baseline that is generated for a real cluster with Cilium, applied, and held against its
 * packets. Run by {@code .ci/live}; needs root and livecluster ({@code -Dlivecluster=PATH}).
 */
class BaselineClusterCheck {
  @SuppressWarnings("NullAway.Init")
  private static Cluster cluster;

  @BeforeAll
  static void upWithTheBaseline() throws IOException {
    cluster = Cluster.up(Tools.needed(), "cilium-1.20", "baseline.yaml");
    assertThat(cluster.ask("baseline", "check").code()).as("without a baseline").isEqualTo(1);
    Path manifests = Files.createTempFile("baseline", ".yaml");
    try {
      Ended made = cluster.ask("baseline", "generate", "--preset", "nsa-cisa");
      Files.writeString(manifests, made.orFail());
      cluster.kubectl("apply", "-f", manifests.toString());
    } finally {
      Files.delete(manifests);
    }
  }

  @AfterAll
  static void down() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** What packets did: the signs of all trials, each of which is as predicted. */
  private static List<String> probed(String from, String to) {
    Ended ended = cluster.ask("probe", "--from", from, "--to", to, "--allow-exec", "-o", "csv");
    List<List<String>> rows = LabFlow.rows(ended.out()).stream().skip(1).toList();
    assertThat(rows).as(ended.out() + ended.err()).isNotEmpty();
    assertThat(rows).allSatisfy(row -> assertThat(row.get(5)).isEqualTo("CONFIRMED"));
    return rows.stream().map(row -> row.get(4)).distinct().toList();
  }

  @Test
  void theBaselineIsMetAndPoliciesAreStillEnforcedAsWritten() {
    Ended met = cluster.ask("baseline", "check", "--preset", "nsa-cisa", "--fail-on-unknown");
    assertThat(met.code()).as(met.out()).isZero();
    Ended canary = cluster.ask("canary", "--allow-namespace");
    if (canary.out().startsWith("UNDECIDED")) {
      canary = cluster.ask("canary", "--allow-namespace"); // it says itself to try again
    }
    assertThat(canary.out()).startsWith("ENFORCED");
    assertThat(canary.code()).as(canary.out() + canary.err()).isZero();
  }

  @Test
  void namesCanStillBeLookedUpOverUdpAndTcp() {
    assertThat(probed("app/web", "svc/kube-system/kube-dns:53/udp")).containsOnly("CONNECTED");
    assertThat(probed("app/web", "svc/kube-system/kube-dns:53/tcp")).containsOnly("CONNECTED");
    assertThat(probed("other/stranger", "svc/kube-system/kube-dns:53/udp"))
        .containsOnly("CONNECTED");
  }

  @Test
  void theApiServerIsReachedByTheAccountWithRightsOnly() {
    assertThat(probed("app/web", "svc/default/kubernetes:443")).containsOnly("CONNECTED");
    assertThat(probed("other/stranger", "svc/default/kubernetes:443")).containsOnly("DROPPED");
  }

  @Test
  void whatNobodyAllowedIsDropped() {
    assertThat(probed("app/web", "pod/other/stranger:80")).containsOnly("DROPPED");
    assertThat(probed("other/stranger", "pod/app/web:80")).containsOnly("DROPPED");
  }

  @Test
  void aPodThatIsProbedStillBecomesReady() {
    cluster.kubectl("delete", "pod", "-n", "app", "web", "--now");
    cluster.apply();
  }
}
