package io.github.polverdict.live.lab;

import io.github.polverdict.live.lab.Commands.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A live cluster with the objects of {@code src/test/resources/livecluster} in it. */
final class Lab implements AutoCloseable {
  static final Path FOLDER =
      Path.of(
              System.getProperty("project.root", ".."),
              "live",
              "src",
              "test",
              "resources",
              "livecluster")
          .normalize();
  private static final Duration LONG = Duration.ofMinutes(6);

  private final Path livecluster;
  private final Agent agent;
  private final String kubeconfig;

  /**
   * What runs in a cluster.
   *
   * @param cni as livecluster names it
   * @param settings of its agent, {@code key=value}
   */
  record Agent(String cni, List<String> settings) {
    /** From {@code cilium-1.20 enable-policy=always}. */
    static Agent of(String text) {
      List<String> parts = List.of(text.strip().split(" +"));
      return new Agent(parts.getFirst(), parts.subList(1, parts.size()));
    }

    String name() {
      return settings.isEmpty() ? cni : cni + " " + String.join(" ", settings);
    }
  }

  Lab(Path livecluster, Agent agent) {
    this.livecluster = livecluster;
    this.agent = agent;
    List<String> command =
        new ArrayList<>(List.of(FOLDER.resolve("lab").toString(), "up", agent.cni()));
    command.addAll(agent.settings());
    Ended up = Commands.run(LONG, environment(), command);
    this.kubeconfig = up.orFail().strip();
  }

  Agent agent() {
    return agent;
  }

  String kubeconfig() {
    return kubeconfig;
  }

  String kubectl(String... arguments) {
    return livecluster("kubectl", arguments).orFail();
  }

  /** Runs a command in the cluster's network. */
  Ended exec(String... command) {
    return livecluster("exec", command);
  }

  /** The command line by which a command runs in the cluster's network. */
  List<String> command(String... words) {
    List<String> out = new ArrayList<>(List.of(livecluster.toString(), "exec"));
    out.addAll(List.of(words));
    return out;
  }

  /** Runs a shell script where a flow comes from. */
  String shell(LabFlow source, String script) {
    String from = source.from();
    if (source.fromNode() || source.fromOutside()) {
      String where = source.fromNode() ? "node" : from;
      List<String> command =
          List.of(FOLDER.resolve("lab").toString(), "probe", where, "sh", "-c", script);
      return Commands.run(LONG, environment(), command).orFail();
    }
    String[] pod = from.split("/");
    return kubectl("exec", "-n", pod[0], pod[1], "--", "sh", "-c", script);
  }

  private Ended livecluster(String verb, String... arguments) {
    List<String> command = new ArrayList<>(List.of(livecluster.toString(), verb));
    command.addAll(List.of(arguments));
    return Commands.run(LONG, environment(), command);
  }

  private Map<String, String> environment() {
    return Map.of("LIVECLUSTER", livecluster.toString());
  }

  static String home() {
    return System.getenv().getOrDefault("LIVECLUSTER_HOME", "/var/tmp/livecluster");
  }

  @Override
  public void close() {
    Commands.run(LONG, environment(), List.of(FOLDER.resolve("lab").toString(), "down")).orFail();
  }
}
