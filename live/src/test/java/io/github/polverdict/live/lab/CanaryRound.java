package io.github.polverdict.live.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.live.lab.Commands.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the canary did in one live cluster, who ran it with which rights, and what was left of it.
 *
 * @param canary of the administrator
 * @param explained what {@code connectivity} said first when it was given the canary's evidence
 * @param left namespaces of ours that nobody was deleting afterwards
 * @param rights of who has exactly what the manifests grant, and then one right less
 */
record CanaryRound(
    Lab.Agent agent, Ended canary, String explained, List<String> left, Rights rights) {

  /**
   * What was said to a user with few rights. Asked where the agent matters least only; empty
   * elsewhere.
   *
   * @param exact the canary's exit code with exactly the rights of the manifests, by their name
   * @param less what the canary said without one of them, by that one
   * @param killed what was left of a run that was killed
   * @param cleaned what was left of it after {@code probe --clean-up} with the rights for that
   */
  record Rights(
      Map<String, Integer> exact,
      Map<String, String> less,
      List<String> killed,
      List<String> cleaned) {}

  private static final List<String> ONE_LESS =
      List.of("create networkpolicies", "get pods/exec", "create pods", "create namespaces");

  static CanaryRound of(Lab lab, Path polverdict, Path results) {
    Path evidence = results.resolve("canary-" + lab.agent().cni() + ".json").toAbsolutePath();
    Ended canary = canary(lab, polverdict, lab.kubeconfig(), "--evidence", evidence.toString());
    Ended explained =
        Round.polverdict(
            lab,
            polverdict,
            "connectivity",
            "--kubeconfig",
            lab.kubeconfig(),
            "--canary",
            evidence.toString());
    List<String> left = left(lab);
    boolean bridge = lab.agent().cni().equals("bridge");
    return new CanaryRound(
        lab.agent(),
        canary,
        explained.err(),
        left,
        bridge
            ? rights(lab, polverdict, results)
            : new Rights(Map.of(), Map.of(), List.of(), List.of()));
  }

  private static Ended canary(Lab lab, Path polverdict, String kubeconfig, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("canary", "--kubeconfig", kubeconfig, "--allow-namespace"));
    arguments.addAll(List.of(more));
    return Round.polverdict(lab, polverdict, arguments.toArray(String[]::new));
  }

  /** Namespaces of ours that are not going away. */
  private static List<String> left(Lab lab) {
    return lab.kubectl(
            "get",
            "namespaces",
            "-l",
            "polverdict.io/run",
            "-o",
            "jsonpath={range .items[*]}{.metadata.name} {.status.phase}{\"\\n\"}{end}")
        .lines()
        .filter(l -> l.endsWith(" Active"))
        .toList();
  }

  private static Rights rights(Lab lab, Path polverdict, Path results) {
    lab.kubectl("apply", "-f", Rbac.FOLDER.toString());
    Path users = results.resolve("users");
    String user = with(lab, users, "keeper", "canary");
    Map<String, Integer> exact = new LinkedHashMap<>();
    exact.put(
        "auth",
        Round.polverdict(lab, polverdict, "auth", "--kubeconfig", user, "--for", "canary").code());
    exact.put("canary", canary(lab, polverdict, user, "--settle", "3").code());
    Map<String, String> less = new LinkedHashMap<>();
    for (String right : ONE_LESS) {
      lab.kubectl("apply", "-f", Rbac.without(right, "canary.yaml", results).toString());
      less.put(right, canary(lab, polverdict, user, "--settle", "3").err());
    }
    List<String> killed = killed(lab, polverdict, results);
    String cleaner = with(lab, users, "cleaner", "clean-up");
    Round.polverdict(lab, polverdict, "probe", "--kubeconfig", cleaner, "--clean-up").orFail();
    return new Rights(exact, less, killed, left(lab));
  }

  /** A kubeconfig of somebody who may read, and what one more manifest grants. */
  private static String with(Lab lab, Path users, String name, String manifest) {
    lab.kubectl("create", "serviceaccount", name, "-n", "default");
    for (String role : List.of("read", manifest)) {
      lab.kubectl(
          "create",
          "clusterrolebinding",
          name + "-" + role,
          "--clusterrole=polverdict-" + role,
          "--serviceaccount=default:" + name);
    }
    return Round.kubeconfig(lab, name, users);
  }

  /** Kills a run as soon as its namespace is there. */
  private static List<String> killed(Lab lab, Path polverdict, Path results) {
    ProcessBuilder builder =
        new ProcessBuilder(
            lab.command(
                polverdict.toString(),
                "canary",
                "--kubeconfig",
                lab.kubeconfig(),
                "--allow-namespace"));
    builder.redirectErrorStream(true).redirectOutput(results.resolve("killed.log").toFile());
    try {
      Process process = builder.start();
      long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
      while (left(lab).isEmpty() && System.nanoTime() < end) {
        Thread.sleep(200);
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      return left(lab);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Fails where what was seen is not what such a cluster must show. */
  void check() {
    String why = agent.name() + ": " + canary.out() + canary.err();
    boolean enforces =
        !agent.cni().equals("bridge")
            && agent.settings().stream()
                .noneMatch(List.of("policy-audit-mode=true", "enable-policy=never")::contains);
    assertThat(canary.code()).as(why).isEqualTo(enforces ? 0 : 1);
    assertThat(canary.out()).as(why).startsWith(enforces ? "ENFORCED" : "NOT ENFORCED");
    assertThat(canary.out()).as(why).contains(": agrees");
    if (enforces) {
      assertThat(explained).as(agent.name()).doesNotContain("PV120");
    } else {
      assertThat(explained).as(agent.name()).startsWith("warning PV120: the canary of");
      agent.settings().forEach(s -> assertThat(canary.out()).contains(s));
    }
    assertThat(left).as(agent.name()).isEmpty();
    rights
        .exact()
        .forEach((what, code) -> assertThat(code).as(what).isEqualTo(what.equals("auth") ? 0 : 1));
    rights
        .less()
        .forEach((right, said) -> {
          String[] words = right.split(" ");
          assertThat(said).as(right).contains(" may not " + words[0] + " " + words[1]);
          assertThat(said).as(right).contains("deploy/rbac/canary.yaml");
        });
    if (agent.cni().equals("bridge")) {
      assertThat(rights.less()).hasSameSizeAs(ONE_LESS);
      assertThat(rights.killed()).as("what a killed run leaves").hasSize(1);
      assertThat(rights.cleaned()).as("what clean-up leaves").isEmpty();
    }
  }
}
