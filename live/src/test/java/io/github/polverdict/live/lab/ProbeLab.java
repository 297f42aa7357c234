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
import java.util.function.BooleanSupplier;

/**
 * A live cluster without an engine, with the pods of {@code probe.yaml}, to be broken on purpose.
 */
final class ProbeLab implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String NAME = System.getenv().getOrDefault("LIVECLUSTER_NAME", "lc");
  private static final Path RUN = Path.of(Lab.home(), NAME);

  private final Path livecluster;
  private final Path polverdict;
  private final String kubeconfig;

  ProbeLab(Path livecluster, Path polverdict) {
    this.livecluster = livecluster;
    this.polverdict = polverdict;
    Commands.run(LONG, Map.of(), List.of(livecluster.toString(), "down")).orFail();
    Commands.run(LONG, Map.of(), List.of(livecluster.toString(), "up", "bridge")).orFail();
    this.kubeconfig = RUN.resolve("admin.kubeconfig").toString();
    kubectl("apply", "-f", Lab.FOLDER.resolve("probe.yaml").toString());
    ready();
    kubectl("label", "ns", "strict", "pod-security.kubernetes.io/enforce=restricted");
  }

  void ready() {
    kubectl("wait", "--for=condition=Ready", "pod", "--all", "-A", "--timeout=120s");
  }

  /** Makes pods of namespace shop anew, and what else is missing. */
  void anew(String... pods) {
    for (String pod : pods) {
      kubectl("delete", "pod", "-n", "shop", pod, "--now");
    }
    kubectl("apply", "-f", Lab.FOLDER.resolve("probe.yaml").toString());
    ready();
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
          .orElse("NO ROW");
    }

    List<String> details() {
      return rows.stream().map(Row::detail).toList();
    }
  }

  String kubectl(String... arguments) {
    return livecluster("kubectl", arguments).orFail();
  }

  Ended livecluster(String verb, String... arguments) {
    List<String> command = new ArrayList<>(List.of(livecluster.toString(), verb));
    command.addAll(List.of(arguments));
    return Commands.run(LONG, Map.of(), command);
  }

  private List<String> command(String config, String... arguments) {
    return command("probe", config, List.of(arguments));
  }

  private List<String> command(String question, String config, List<String> arguments) {
    List<String> out =
        new ArrayList<>(
            List.of(
                livecluster.toString(),
                "exec",
                polverdict.toString(),
                question,
                "--kubeconfig",
                config));
    out.addAll(arguments);
    return out;
  }

  /** Runs another question to its end, as the administrator. */
  Ended ask(String question, String... arguments) {
    return askAs(kubeconfig, question, arguments);
  }

  Ended askAs(String config, String question, String... arguments) {
    return Commands.run(LONG, Map.of(), command(question, config, List.of(arguments)));
  }

  /** A kubeconfig of who has the rights of deploy/rbac to read, and to probe in some namespaces. */
  String verifier(String... namespaces) {
    String user = "--serviceaccount=default:verifier";
    kubectl("apply", "-f", Rbac.FOLDER.toString());
    kubectl("create", "serviceaccount", "verifier", "-n", "default");
    kubectl("create", "clusterrolebinding", "verifier", "--clusterrole=polverdict-read", user);
    String probes = "--clusterrole=polverdict-probe-exec";
    for (String namespace : namespaces) {
      kubectl("create", "rolebinding", "verifier", "-n", namespace, probes, user);
    }
    return kubeconfigOf("verifier");
  }

  /** Runs {@code polverdict probe} to its end, as the administrator. */
  Ended run(String... arguments) {
    return Commands.run(LONG, Map.of(), command(kubeconfig, arguments));
  }

  Probed probe(String... arguments) {
    return probeAs(kubeconfig, arguments);
  }

  Probed probeAs(String config, String... arguments) {
    List<String> command = command(config, arguments);
    command.addAll(List.of("-o", "csv"));
    return probed(Commands.run(LONG, Map.of(), command));
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
        List<String> command = command(kubeconfig, arguments);
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

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier so) {
    long until = System.nanoTime() + LONG.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      sleep(100);
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the agent runs in a pod. */
  boolean agentRunsIn(String namespace, String pod) {
    String list = "for f in /proc/[0-9]*/cmdline; do cat $f; done";
    return livecluster("kubectl", "exec", "-n", namespace, pod, "--", "sh", "-c", list)
        .out()
        .contains("agnhost udp");
  }

  /** Everything that carries the label of a run, and ephemeral containers that still run. */
  String leftovers() {
    String labelled =
        kubectl(
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
        kubectl("get", "pods", "-A", "-o", "jsonpath=" + states)
            .lines()
            .filter(l -> !l.endsWith("="))
            .reduce("", (a, b) -> a + b + "\n");
    return labelled + running;
  }

  /** A kubeconfig with a ServiceAccount's token in place of the administrator's certificate. */
  String kubeconfigOf(String user) {
    String token = kubectl("create", "token", user, "-n", "default").strip();
    String text =
        LabFlow.text(Path.of(kubeconfig))
            .replaceAll("(?m)^\\s*client-certificate-data:.*\n", "")
            .replaceAll("client-key-data:.*", "token: " + token);
    try {
      return Files.writeString(RUN.resolve(user + ".kubeconfig"), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      await("the API server", () -> livecluster("kubectl", "get", "--raw", "/readyz").code() == 0);
    };
  }

  /**
   * Kills what runs the node's pods, as when the node itself is gone; returns how to bring it back.
   */
  Runnable killNode() {
    Runnable kubelet = kill("kubelet");
    Runnable containerd = kill("containerd");
    return () -> {
      containerd.run();
      String[] exec = {"exec", "-n", "shop", "db", "--", "sh", "-c", ":"};
      await(
          "the node",
          () -> {
            if (!runs("kubelet")) {
              kubelet.run(); // it ends when containerd is not ready for it
              sleep(2000);
            }
            return livecluster("kubectl", exec).code() == 0;
          });
      ready();
    };
  }

  private Runnable kill(String part) {
    try {
      Path pidFile = RUN.resolve("pid").resolve(part);
      String pid = Files.readString(pidFile).strip();
      String line = Files.readString(Path.of("/proc", pid, "cmdline"));
      List<String> command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + NAME));
      command.addAll(Arrays.asList(line.split("\0")));
      Commands.run(LONG, Map.of(), List.of("kill", "-9", pid)).orFail();
      return () -> restart(command, pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean runs(String part) {
    String pid = LabFlow.text(RUN.resolve("pid").resolve(part)).strip();
    return Files.exists(Path.of("/proc", pid));
  }

  private static void restart(List<String> command, Path pidFile) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(RUN.toFile())
              .redirectErrorStream(true)
              .redirectOutput(RUN.resolve("log/" + pidFile.getFileName() + "-again.log").toFile())
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
    Commands.run(LONG, Map.of(), List.of(livecluster.toString(), "down")).orFail();
  }
}
