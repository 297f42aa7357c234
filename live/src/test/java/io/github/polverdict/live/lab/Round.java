package io.github.polverdict.live.lab;

import io.github.polverdict.live.lab.Commands.Ended;
import io.github.polverdict.live.lab.Lab.Agent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One live cluster from its start to its end: what polverdict said of it and what its packets did.
 *
 * @param said by flow; of who may read everything
 * @param seen by flow: {@code OPEN}, {@code TIMEOUT} …
 * @param inspected what {@code inspect} printed
 * @param partial what polverdict said to who may not list the policies of namespace hidden
 * @param two what it said to who may list two namespaces only, and says the engine
 * @param verified what verify found
 * @param canary what the canary did there, after all else
 */
record Round(
    Agent agent,
    Map<LabFlow, Said> said,
    Map<LabFlow, String> seen,
    String inspected,
    Map<LabFlow, Said> partial,
    Map<LabFlow, Said> two,
    VerifyRound verified,
    CanaryRound canary) {

  /** A row of {@code explain --flows … -o csv}. */
  record Said(String verdict, String because) {}

  private static final Path FLOWS = Lab.FOLDER.resolve("flows.csv");

  /** Starts the cluster, asks, probes, ends it. */
  static Round of(Tools tools, Agent agent, Path results) {
    Path polverdict = tools.polverdict();
    List<LabFlow> flows = LabFlow.read(FLOWS);
    try (Lab lab = timed("up", () -> new Lab(tools.livecluster(), agent))) {
      Map<LabFlow, String> seen = timed("packets", () -> new Probes(lab).send(flows));
      write(lab, seen, results);
      return timed("answers", () -> asked(lab, polverdict, seen, results));
    }
  }

  private static Round asked(Lab lab, Path polverdict, Map<LabFlow, String> seen, Path results) {
    Path users = results.resolve("users");
    String engine = engine(lab);
    return new Round(
        lab.agent(),
        explain(lab, polverdict, lab.kubeconfig()),
        seen,
        polverdict(lab, polverdict, "inspect", "--kubeconfig", lab.kubeconfig()).answer(),
        explain(lab, polverdict, kubeconfig(lab, "partial", users)),
        explain(
            lab,
            polverdict,
            kubeconfig(lab, "two", users),
            "-n",
            "shop",
            "-n",
            "ops",
            "--cni",
            engine),
        timed("verify", () -> VerifyRound.of(lab, polverdict, results)),
        timed("canary", () -> CanaryRound.of(lab, polverdict, results)));
  }

  /** Does it and prints how long it took. */
  private static <T> T timed(String what, Supplier<T> work) {
    long begin = System.nanoTime();
    T done = work.get();
    System.out.printf("  %s: %d s%n", what, (System.nanoTime() - begin) / 1_000_000_000);
    return done;
  }

  static Ended polverdict(Lab lab, Path polverdict, String... arguments) {
    List<String> command = new ArrayList<>(List.of(polverdict.toString()));
    command.addAll(List.of(arguments));
    return lab.exec(command.toArray(String[]::new));
  }

  private static Map<LabFlow, Said> explain(
      Lab lab, Path polverdict, String kubeconfig, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explain", "--kubeconfig", kubeconfig, "--flows", FLOWS.toString(), "-o", "csv"));
    arguments.addAll(List.of(more));
    Ended ended = polverdict(lab, polverdict, arguments.toArray(String[]::new));
    List<List<String>> rows = LabFlow.rows(ended.out());
    if (rows.isEmpty() || !rows.getFirst().contains("verdict")) {
      throw new IllegalStateException(
          "explain gave no rows (exit code %d): %s".formatted(ended.code(), ended.err()));
    }
    int verdict = rows.getFirst().indexOf("verdict");
    int because = rows.getFirst().indexOf("because");
    Map<LabFlow, Said> out = new LinkedHashMap<>();
    rows.stream()
        .skip(1)
        .forEach(r ->
            out.put(new LabFlow(r.get(0), r.get(1)), new Said(r.get(verdict), r.get(because))));
    return out;
  }

  /**
   * A kubeconfig with the token of a ServiceAccount in place of the administrator's certificate.
   */
  static String kubeconfig(Lab lab, String user, Path folder) {
    String token = lab.kubectl("create", "token", user, "-n", "default").strip();
    return Cluster.withToken(lab.kubeconfig(), token, folder.resolve(user + ".kubeconfig"));
  }

  /** Writes what was measured as {@code results/NAME.csv}. */
  private static void write(Lab lab, Map<LabFlow, String> seen, Path results) {
    String agent = lab.agent().cni().equals("bridge") ? "none" : version(lab);
    String kernel =
        lab.kubectl("get", "nodes", "-o", "jsonpath={.items[0].status.nodeInfo.kernelVersion}");
    String settings = "\"" + String.join(" ", lab.agent().settings()) + "\"";
    StringBuilder csv = new StringBuilder("agent,settings,kernel,from,to,result\n");
    seen.forEach((flow, result) ->
        csv.append(String.join(",", agent, settings, kernel, flow.from(), flow.to(), result))
            .append('\n'));
    try {
      Files.createDirectories(results);
      Files.writeString(
          results.resolve(lab.agent().name().replaceAll("[^A-Za-z0-9.-]+", "_") + ".csv"), csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code --cni} takes it. */
  private static String engine(Lab lab) {
    return lab.agent().cni().equals("bridge") ? "unenforced" : version(lab).replace(' ', '@');
  }

  private static String version(Lab lab) {
    String image =
        lab.kubectl(
            "get",
            "daemonset",
            "-n",
            "kube-system",
            "cilium",
            "-o",
            "jsonpath={.spec.template.spec.containers[0].image}");
    return "cilium " + image.substring(image.lastIndexOf(":v") + 2);
  }

  /** The flows whose packets contradict what was said, each with both. */
  List<String> contradictions() {
    List<String> out = new ArrayList<>();
    seen.forEach((flow, result) -> {
      Said was = said.getOrDefault(flow, new Said("MISSING", ""));
      boolean agrees =
          switch (was.verdict()) {
            case "ALLOWED" -> result.equals("OPEN");
            case "DENIED" -> result.equals("TIMEOUT");
            case "UNKNOWN" -> true;
            default -> false;
          };
      if (!agrees) {
        out.add(
            "%s: %s said %s, seen %s because %s"
                .formatted(agent.name(), flow, was.verdict(), result, was.because()));
      }
    });
    return out;
  }

  @Override
  public String toString() {
    return agent.name();
  }

  /** The flows that were said to be UNKNOWN. */
  List<LabFlow> unknown() {
    return said.entrySet().stream()
        .filter(e -> e.getValue().verdict().equals("UNKNOWN"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
