package io.github.polverdict.live.lab;

import io.github.polverdict.live.lab.Commands.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A live cluster without an engine, with the pods of {@code probe.yaml}, to be broken on purpose.
 */
final class ProbeLab implements AutoCloseable {
  private static final Duration LONG = Commands.LONG;

  private final Cluster cluster;

  ProbeLab(Tools tools) {
    this.cluster = Cluster.up(tools, "bridge", "probe.yaml");
    cluster.kubectl("label", "ns", "strict", "pod-security.kubernetes.io/enforce=restricted");
  }

  Cluster cluster() {
    return cluster;
  }

  /** Makes pods of namespace shop anew, and what else is missing. */
  void anew(String... pods) {
    for (String pod : pods) {
      cluster.kubectl("delete", "pod", "-n", "shop", pod, "--now");
    }
    cluster.apply();
  }

  /** A row of {@code probe … -o csv}. */
  record Row(
      String from, String to, String address, String predicted, String sign, String detail) {}

  /** What a run of {@code polverdict probe} left. */
  record Probed(int code, List<Row> rows, String err) {
    String sign(String from, String to) {
      return rows.stream()
          .filter(r -> r.from().equals(from) && r.to().equals(to))
          .map(Row::sign)
          .findFirst()
          .orElse("no row among %s; %s".formatted(rows, err));
    }

    List<String> details() {
      return rows.stream().map(Row::detail).toList();
    }
  }

  /** A kubeconfig of who has the rights of deploy/rbac to read, and to probe in some namespaces. */
  String verifier(String... namespaces) {
    String user = "--serviceaccount=default:verifier";
    cluster.kubectl("apply", "-f", Rbac.FOLDER.toString());
    cluster.kubectl("create", "serviceaccount", "verifier", "-n", "default");
    cluster.kubectl(
        "create", "clusterrolebinding", "verifier", "--clusterrole=polverdict-read", user);
    String probes = "--clusterrole=polverdict-probe-exec";
    for (String namespace : namespaces) {
      cluster.kubectl("create", "rolebinding", "verifier", "-n", namespace, probes, user);
    }
    return cluster.kubeconfigOf("verifier");
  }

  /** Runs {@code polverdict probe} to its end, as the administrator. */
  Probed probe(String... arguments) {
    return probeAs(Cluster.ADMIN, arguments);
  }

  Probed probeAs(String kubeconfig, String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("-o", "csv"));
    return probed(cluster.askAs(kubeconfig, "probe", words.toArray(String[]::new)));
  }

  private static Probed probed(Ended ended) {
    List<Row> rows =
        LabFlow.rows(ended.out()).stream()
            .skip(1)
            .map(r -> new Row(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(6)))
            .toList();
    return new Probed(ended.code(), rows, ended.err());
  }

  /** A run that something happens to. */
  final class Running {
    private final Process process;
    private final Path out;

    private Running(String... arguments) {
      try {
        this.out = Files.createTempFile("probe", ".csv");
        List<String> command = cluster.command(Cluster.ADMIN, "probe", List.of(arguments));
        command.addAll(List.of("-o", "csv"));
        this.process =
            new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Sends a signal to polverdict itself. */
    void signal(String signal) {
      ProcessHandle last =
          process
              .descendants()
              .filter(p -> p.children().findAny().isEmpty())
              .findFirst()
              .orElseThrow();
      Commands.run(LONG, Map.of(), List.of("kill", "-" + signal, "" + last.pid())).orFail();
    }

    Probed ended() {
      try {
        int code = process.waitFor();
        return probed(new Ended(List.of(), code, Files.readString(out), ""));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Running start(String... arguments) {
    return new Running(arguments);
  }

  /** Whether the agent runs in a pod. */
  boolean agentRunsIn(String namespace, String pod) {
    String list = "for f in /proc/[0-9]*/cmdline; do cat $f; done";
    return cluster
        .tried("exec", "-n", namespace, pod, "--", "sh", "-c", list)
        .out()
        .contains("agnhost udp");
  }

  /** Everything that carries the label of a run, and ephemeral containers that still run. */
  String leftovers() {
    String labelled =
        cluster.kubectl(
            "get",
            "namespaces,pods,configmaps,networkpolicies",
            "-A",
            "-l",
            "polverdict.io/run",
            "-o",
            "name");
    String states =
        "{range .items[*].status.ephemeralContainerStatuses[*]}{.name}={.state.running}{\"\\n\"}{end}";
    String running =
        cluster
            .kubectl("get", "pods", "-A", "-o", "jsonpath=" + states)
            .lines()
            .filter(l -> !l.endsWith("="))
            .reduce("", (a, b) -> a + b + "\n");
    return labelled + running;
  }

  /**
   * Sends a signal to the one process in the cluster's pods that has a word in its command line.
   */
  static void signal(String signal, String word) {
    ProcessHandle process =
        ProcessHandle.allProcesses()
            .filter(p -> List.of(p.info().arguments().orElse(new String[0])).contains(word))
            .findFirst()
            .orElseThrow();
    Commands.run(LONG, Map.of(), List.of("kill", "-" + signal, "" + process.pid())).orFail();
  }

  /** Kills the API server and returns how to start it again. */
  Runnable killApiServer() {
    Runnable again = kill("apiserver");
    return () -> {
      again.run();
      Commands.await("the API server", () -> cluster.tried("get", "--raw", "/readyz").code() == 0);
    };
  }

  /**
   * Kills what runs the node's pods, as when the node itself is gone; returns how to bring it back.
   */
  Runnable killNode() {
    Runnable kubelet = kill("kubelet");
    Runnable containerd = kill("containerd");
    String heard = lastHeard();
    return () -> {
      containerd.run();
      String[] exec = {"exec", "-n", "shop", "db", "--", "sh", "-c", ":"};
      Commands.await(
          "the node",
          () -> {
            if (!runs("kubelet")) {
              kubelet.run(); // it ends when containerd is not ready for it
              Commands.sleep(2000);
            }
            return cluster.tried(exec).code() == 0;
          });
      // till then the API server may still take the pods' readiness back, in the node's silence
      Commands.await("the node's word", () -> !lastHeard().equals(heard));
      cluster.ready();
    };
  }

  /** When the node's kubelet last said that it is there. */
  private String lastHeard() {
    String renewed = "jsonpath={.items[*].spec.renewTime}";
    return cluster.kubectl("get", "leases", "-n", "kube-node-lease", "-o", renewed);
  }

  private Runnable kill(String part) {
    try {
      Path pidFile = Cluster.FOLDER.resolve("pid").resolve(part);
      String pid = Files.readString(pidFile).strip();
      String line = Files.readString(Path.of("/proc", pid, "cmdline"));
      List<String> command =
          new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + Cluster.NAME));
      command.addAll(Arrays.asList(line.split("\0")));
      Commands.run(LONG, Map.of(), List.of("kill", "-9", pid)).orFail();
      return () -> restart(command, pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean runs(String part) {
    String pid = LabFlow.text(Cluster.FOLDER.resolve("pid").resolve(part)).strip();
    return Files.exists(Path.of("/proc", pid));
  }

  private static void restart(List<String> command, Path pidFile) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Cluster.FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(
                  Cluster.FOLDER.resolve("log/" + pidFile.getFileName() + "-again.log").toFile())
              .start();
      Files.writeString(pidFile, process.pid() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file system of a mebibyte, for as long as it is needed. */
  static final class SmallDisk implements AutoCloseable {
    private final Path folder;

    SmallDisk() {
      try {
        this.folder = Files.createTempDirectory("small-disk");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
    }

    private static void run(String... command) {
      Commands.run(LONG, Map.of(), List.of(command)).orFail();
    }

    Path folder() {
      return folder;
    }

    /** Leaves so many bytes free. */
    void fillUpTo(int free) {
      try {
        Files.write(folder.resolve("filler"), new byte[(1 << 20) - free]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The names of what is there, beside what fills it. */
    List<String> files() {
      try (var files = Files.list(folder)) {
        return files
            .map(f -> f.getFileName().toString())
            .filter(f -> !f.equals("filler"))
            .sorted()
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      run("umount", folder.toString());
      run("rmdir", folder.toString());
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
