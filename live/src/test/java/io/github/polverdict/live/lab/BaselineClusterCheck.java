package io.github.polverdict.live.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.polverdict.live.lab.Commands.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A baseline that is generated for a real cluster with Cilium, applied, and held against its
 * packets. Run by {@code .ci/live}; needs root and livecluster ({@code -Dlivecluster=PATH}).
 */
class BaselineClusterCheck {
  private static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String NAME = System.getenv().getOrDefault("LIVECLUSTER_NAME", "lc");

  @SuppressWarnings("NullAway.Init")
  private static String livecluster;

  @SuppressWarnings("NullAway.Init")
  private static String polverdict;

  @BeforeAll
  static void upWithTheBaseline() throws IOException {
    Path path =
        Path.of(
                System.getProperty(
                    "livecluster", ROOT.resolve("../shared/livecluster/livecluster").toString()))
            .normalize();
    need(Files.isExecutable(path), "there is no livecluster at " + path);
    need(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "livecluster needs root");
    livecluster = path.toString();
    polverdict = System.getProperty("polverdict", ROOT.resolve("polverdict").toString());
    lab("down").orFail();
    lab("up", "cilium-1.20").orFail();
    kubectl("apply", "-f", Lab.FOLDER.resolve("baseline.yaml").toString());
    kubectl("wait", "--for=condition=Ready", "pod", "--all", "-A", "--timeout=120s");
    assertThat(asked("baseline", "check").code()).as("without a baseline").isEqualTo(1);
    Path manifests = Files.createTempFile("baseline", ".yaml");
    try {
      Ended made = asked("baseline", "generate", "--preset", "nsa-cisa");
      Files.writeString(manifests, made.orFail());
      kubectl("apply", "-f", manifests.toString());
    } finally {
      Files.delete(manifests);
    }
  }

  private static void need(boolean met, String otherwise) {
    if (!met) {
      System.out.println("skipped: " + otherwise);
    }
    assumeTrue(met, otherwise);
  }

  @AfterAll
  static void down() {
    if (livecluster != null) {
      lab("down");
    }
  }

  private static Ended lab(String verb, String... arguments) {
    List<String> command = new ArrayList<>(List.of(livecluster, verb));
    command.addAll(List.of(arguments));
    return Commands.run(LONG, Map.of(), command);
  }

  private static String kubectl(String... arguments) {
    return lab("kubectl", arguments).orFail();
  }

  private static Ended asked(String... arguments) {
    List<String> command = new ArrayList<>(List.of(polverdict));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("--kubeconfig", Path.of(Lab.home(), NAME, "admin.kubeconfig").toString()));
    return lab("exec", command.toArray(String[]::new));
  }

  /** What packets did: the signs of all trials, each of which is as predicted. */
  private static List<String> probed(String from, String to) {
    Ended ended = asked("probe", "--from", from, "--to", to, "--allow-exec", "-o", "csv");
    List<List<String>> rows = LabFlow.rows(ended.out()).stream().skip(1).toList();
    assertThat(rows).as(ended.out() + ended.err()).isNotEmpty();
    assertThat(rows).allSatisfy(row -> assertThat(row.get(5)).isEqualTo("CONFIRMED"));
    return rows.stream().map(row -> row.get(4)).distinct().toList();
  }

  @Test
  void theBaselineIsMetAndPoliciesAreStillEnforcedAsWritten() {
    Ended met = asked("baseline", "check", "--preset", "nsa-cisa", "--fail-on-unknown");
    assertThat(met.code()).as(met.out()).isZero();
    Ended canary = asked("canary", "--allow-namespace");
    if (canary.out().startsWith("UNDECIDED")) {
      canary = asked("canary", "--allow-namespace"); // it says itself to try again
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
    kubectl("delete", "pod", "-n", "app", "web", "--now");
    kubectl("apply", "-f", Lab.FOLDER.resolve("baseline.yaml").toString());
    kubectl("wait", "--for=condition=Ready", "pod", "-n", "app", "web", "--timeout=60s");
  }
}
