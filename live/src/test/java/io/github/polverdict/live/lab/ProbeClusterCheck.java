package io.github.polverdict.live.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.live.lab.Commands.Ended;
import io.github.polverdict.live.lab.ProbeLab.Probed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code polverdict probe} on a real cluster whose parts are refused, missing, or die while it
 * probes. Run by {@code .ci/live-probe}; needs root and livecluster.
 */
class ProbeClusterCheck {
  private static final String DB = "pod/shop/db:80";

  @SuppressWarnings("NullAway.Init")
  private static ProbeLab lab;

  @SuppressWarnings("NullAway.Init")
  private static Cluster cluster;

  @BeforeAll
  static void up() throws IOException {
    lab = new ProbeLab(Tools.needed());
    cluster = lab.cluster();
  }

  @AfterAll
  static void down() {
    if (lab != null) {
      lab.close();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    for (int i = 0; i < 60 && !lab.leftovers().isEmpty(); i++) {
      Commands.sleep(1000); // what has ended is told with a delay
    }
    assertThat(lab.leftovers()).isEmpty();
  }

  @Test
  void openClosedAndServedPortsAreToldApart() {
    Probed open = lab.probe("--from", "shop/web", "--to", DB, "--allow-exec");
    assertThat(open.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
    assertThat(open.sign("shop/web", "svc/shop/db")).isEqualTo("CONNECTED");
    assertThat(open.code()).isZero();
    Probed closed = lab.probe("--from", "shop/web", "--to", "pod/shop/db:81", "--allow-exec");
    assertThat(closed.sign("shop/web", "shop/db")).isEqualTo("CLOSED");
    assertThat(closed.code()).isZero();
    Probed udp = lab.probe("--from", "shop/web", "--to", DB + "/udp", "--allow-exec");
    assertThat(udp.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
    Probed none = lab.probe("--from", "shop/web", "--to", "svc/shop/none:8080", "--allow-exec");
    assertThat(none.sign("shop/web", "svc/shop/none")).isEqualTo("UNREACHABLE");
  }

  @Test
  void aDatagramThatNobodyAnswersIsSeenToArriveOrNotTo() {
    String[] udp = {"--from", "shop/web", "--to", "pod/strict/quiet:5399/udp", "--allow-exec"};
    ProbeLab.signal("STOP", "--udp-port=5399");
    Probed open = lab.probe(udp);
    assertThat(open.sign("shop/web", "strict/quiet")).isEqualTo("CONNECTED");
    assertThat(open.details()).containsExactly("no answer, and the destination has received it");
    String pod =
        cluster.kubectl("get", "pod", "-n", "strict", "quiet", "-o", "jsonpath={.status.podIP}");
    String[] drop = {"iptables", "-t", "raw", "-I", "PREROUTING", "-d", pod, "-j", "DROP"};
    cluster.exec(drop).orFail();
    try {
      Probed dropped = lab.probe(udp);
      assertThat(dropped.sign("shop/web", "strict/quiet")).isEqualTo("DROPPED");
      assertThat(dropped.details())
          .containsExactly("no answer, and the destination has not received it");
    } finally {
      ProbeLab.signal("CONT", "--udp-port=5399");
      drop[3] = "-D";
      cluster.exec(drop).orFail();
    }
  }

  @Test
  void whatIsDroppedOrRefusedOnTheWayContradictsThePrediction() {
    String service =
        cluster.kubectl("get", "svc", "-n", "shop", "db", "-o", "jsonpath={.spec.clusterIP}");
    String[] drop = {"iptables", "-t", "raw", "-I", "PREROUTING", "-d", service, "-j", "DROP"};
    cluster.exec(drop).orFail();
    try {
      Probed probed = lab.probe("--from", "shop/web", "--to", DB, "--allow-exec", "--settle", "1");
      assertThat(probed.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
      assertThat(probed.sign("shop/web", "svc/shop/db")).isEqualTo("DROPPED");
      assertThat(probed.code()).isEqualTo(1);
    } finally {
      drop[3] = "-D";
      cluster.exec(drop).orFail();
    }
  }

  @Test
  void nothingIsSentWithoutLeave() {
    Ended ended = cluster.ask("probe", "--from", "shop/web", "--to", DB);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--allow-exec", "--dry-run");
    Ended dry = cluster.ask("probe", "--from", "shop/web", "--to", DB, "--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("would run sh in", "of pod shop/web", "create pods/exec in shop", "get pods");
  }

  @Test
  void withoutTheRightToExecTheMissingVerbsAreNamed() {
    String reader = cluster.kubeconfigOf("reader");
    Probed probed =
        lab.probeAs(
            reader, "--from", "shop/web", "--to", DB, "--allow-exec", "--cni", "unenforced");
    assertThat(probed.sign("shop/web", "shop/db")).isEqualTo("INCONCLUSIVE");
    assertThat(probed.details())
        .allSatisfy(d -> assertThat(d).contains("403", "may not get pods/exec", "shop"));
    assertThat(probed.code()).isEqualTo(3);
  }

  @Test
  void verifyNeedsExactlyTheShippedRightsAndNamesTheOneThatIsMissing(@TempDir Path folder) {
    String verifier = lab.verifier("shop", "strict");
    String[] verify = {"-n", "shop", "--allow-exec", "--budget", "10", "--cni", "unenforced"};
    Ended exact = cluster.askAs(verifier, "verify", verify);
    assertThat(exact.code()).as(exact.err()).isZero();
    assertThat(exact.out()).contains("CONFIRMED").doesNotContain("may not");
    Ended auth = cluster.askAs(verifier, "auth", "--for", "probe-exec", "-n", "shop");
    assertThat(auth.code()).as(auth.out()).isZero();
    Map.of(
            "get pods/exec", "probe-exec.yaml",
            "get pods", "probe-exec.yaml",
            "list networkpolicies", "read.yaml",
            "list customresourcedefinitions", "read.yaml")
        .forEach((right, manifest) -> {
          cluster.kubectl("apply", "-f", Rbac.without(right, manifest, folder).toString());
          Ended less = cluster.askAs(verifier, "verify", verify);
          cluster.kubectl("apply", "-f", Rbac.FOLDER.resolve(manifest).toString());
          String[] list = {right.substring(right.indexOf(' ') + 1), ": needs list"};
          assertThat(less.out() + less.err())
              .as(right)
              .contains(right.startsWith("list ") ? list : new String[] {"may not " + right})
              .contains("deploy/rbac/" + manifest);
          if (!right.startsWith("list ")) {
            assertThat(less.code()).as(right).isEqualTo(3);
            assertThat(less.err()).as(right).contains("nothing is verified");
          }
        });
  }

  @Test
  void aPodWithoutAShellGetsAContainerOfOursThatEndsAfterwards() {
    Probed refused = lab.probe("--from", "shop/bare", "--to", DB, "--allow-exec");
    assertThat(refused.details())
        .allSatisfy(d -> assertThat(d).contains("no shell", "--allow-ephemeral", "--allow-clone"));
    assertThat(refused.code()).isEqualTo(3);
    Probed probed =
        lab.probe("--from", "shop/bare", "--to", DB, "--allow-exec", "--allow-ephemeral");
    assertThat(probed.sign("shop/bare", "shop/db")).isEqualTo("CONNECTED");
  }

  @Test
  void aCloneGetsNoTrafficAndGoesAway() {
    var running =
        lab.start("--from", "shop/bare", "--to", DB + "/udp", "--allow-clone", "--settle", "3");
    Commands.await("the clone", () -> !clones().isEmpty());
    String endpoints =
        cluster.kubectl(
            "get",
            "endpointslices",
            "-n",
            "shop",
            "-l",
            "kubernetes.io/service-name=bare",
            "-o",
            "jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}");
    assertThat(endpoints.strip()).isEqualTo("bare");
    assertThat(running.ended().sign("shop/bare", "shop/db")).isEqualTo("CONNECTED");
  }

  private static String clones() {
    return cluster.kubectl("get", "pods", "-A", "-l", "polverdict.io/run", "-o", "name");
  }

  @Test
  void aNamespaceThatRefusesOurContainerIsLeftAsItIs() {
    Probed probed =
        lab.probe("--from", "strict/bare", "--to", DB, "--allow-exec", "--allow-ephemeral");
    assertThat(probed.details())
        .allSatisfy(d -> assertThat(d).contains("no shell", "refuses it", "PodSecurity"));
    assertThat(probed.code()).isEqualTo(3);
  }

  @Test
  void aSourceThatDiesInMidProbeTakesNothingBack() {
    var running = slowly("--settle", "2");
    running.signal("STOP"); // so that it does not finish while the pod goes
    cluster.kubectl("delete", "pod", "-n", "shop", "web2", "--now");
    running.signal("CONT");
    Probed probed = running.ended();
    lab.anew();
    assertThat(probed.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
    assertThat(probed.sign("shop/web2", "shop/db")).isEqualTo("INCONCLUSIVE");
  }

  /** A run that takes a second for each probe, when the probe of the last source has begun. */
  private static ProbeLab.Running slowly(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--from", "shop/*", "--to", DB));
    arguments.addAll(List.of("--allow-exec", "--rate", "1", "--parallel", "1"));
    arguments.addAll(List.of(more));
    var running = lab.start(arguments.toArray(String[]::new));
    Commands.await("the last source", () -> lab.agentRunsIn("shop", "web2"));
    return running;
  }

  @Test
  void aNodeThatVanishesInMidProbeLeavesTheRestInconclusive() {
    var running = slowly("--settle", "2");
    running.signal("STOP");
    Runnable back = lab.killNode();
    running.signal("CONT");
    Probed probed = running.ended();
    back.run();
    lab.anew("web", "web2"); // for the exec's own end is lost with containerd
    assertThat(probed.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
    assertThat(probed.rows())
        .filteredOn(r -> r.from().equals("shop/web2"))
        .isNotEmpty()
        .allSatisfy(r -> {
          assertThat(r.sign()).isEqualTo("INCONCLUSIVE");
          assertThat(r.detail()).containsAnyOf("answered 50", "connection");
        });
  }

  @Test
  void aFullDiskLeavesNoHalfFile() {
    try (ProbeLab.SmallDisk disk = new ProbeLab.SmallDisk()) {
      disk.fillUpTo(4096);
      String saved = disk.folder().resolve("run.json").toString();
      String[] verify = {"-n", "shop", "--allow-exec", "--budget", "20", "--save", saved};
      full(cluster.ask("verify", verify), saved, disk);
      String page = disk.folder().resolve("probe.json").toString();
      full(
          cluster.ask(
              "probe", "--from", "shop/*", "--to", DB, "--allow-exec", "-o", "json=" + page),
          page,
          disk);
      String snapshot = disk.folder().resolve("all.pvs").toString();
      full(cluster.ask("snapshot", "-o", snapshot), snapshot, disk);
    }
    Ended out =
        cluster.ask(
            "probe", "--from", "shop/*", "--to", DB, "--allow-exec", "-o", "json=/dev/full");
    assertThat(out.code()).as(out.err()).isEqualTo(3);
    assertThat(out.err()).contains("cannot write /dev/full");
    assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
  }

  private static void full(Ended ended, String file, ProbeLab.SmallDisk disk) {
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err()).contains("cannot write " + file, "No space left on device");
    assertThat(disk.files()).isEmpty();
  }

  @Test
  void anApiServerThatComesBackCostsNothing() {
    var running = slowly("--settle", "90");
    Runnable restart = lab.killApiServer();
    Commands.sleep(2000);
    restart.run();
    Probed probed = running.ended();
    assertThat(probed.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
    assertThat(probed.sign("shop/web2", "shop/db")).isEqualTo("CONNECTED");
  }

  @Test
  void anApiServerThatStaysAwayLeavesTheRestInconclusive() {
    var running = slowly("--settle", "2");
    Runnable restart = lab.killApiServer();
    Probed probed = running.ended();
    restart.run();
    assertThat(probed.sign("shop/web", "shop/db")).isEqualTo("CONNECTED");
    assertThat(probed.rows())
        .filteredOn(r -> r.from().equals("shop/web2"))
        .isNotEmpty()
        .allSatisfy(r -> {
          assertThat(r.sign()).isEqualTo("INCONCLUSIVE");
          assertThat(r.detail()).contains("connection");
        });
  }

  @Test
  void ctrlCTakesTheCloneAway() {
    var running = lab.start("--from", "shop/bare", "--to", DB, "--allow-clone", "--rate", "1");
    Commands.await("the clone", () -> !clones().isEmpty());
    running.signal("INT");
    running.ended();
    assertThat(clones()).isEmpty();
  }

  @Test
  void whatACrashLeavesIsTakenAwayByACleanUp() {
    var running = lab.start("--from", "shop/bare", "--to", DB, "--allow-clone", "--rate", "1");
    Commands.await("the clone", () -> !clones().isEmpty());
    running.signal("KILL");
    running.ended();
    assertThat(clones()).isNotEmpty();
    Ended dry = cluster.ask("probe", "--clean-up", "--dry-run");
    assertThat(dry.out()).contains("would take away Pod shop/bare-polverdict-", "ConfigMap shop/");
    Ended cleaned = cluster.ask("probe", "--clean-up");
    assertThat(cleaned.code()).isZero();
    assertThat(cluster.ask("probe", "--clean-up").out()).contains("nothing of polverdict is left");
  }
}
