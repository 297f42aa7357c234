package io.github.polverdict.live.lab;

import io.github.polverdict.live.lab.Commands.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A live cluster with some objects in it, and polverdict to ask about it. */
final class Cluster implements AutoCloseable {
  static final String NAME = System.getenv().getOrDefault("LIVECLUSTER_NAME", "lc");

  /** Where its files are, such as the processes' ids and logs. */
  static final Path FOLDER = Path.of(Lab.home(), NAME);

  static final String ADMIN = FOLDER.resolve("admin.kubeconfig").toString();

  private final Tools tools;
  private final String objects;

  private Cluster(Tools tools, String objects) {
    this.tools = tools;
    this.objects = Lab.FOLDER.resolve(objects).toString();
  }

  /**
   * Starts one in place of what is there.
   *
   * @param cni as livecluster names it
   * @param objects a file beside the scripts
   */
  static Cluster up(Tools tools, String cni, String objects) {
    Cluster out = new Cluster(tools, objects);
    out.close();
    out.lab("forget");
    try {
      out.livecluster("up", cni).orFail();
      out.apply();
      return out;
    } catch (IllegalStateException e) {
      out.close();
      throw e;
    }
  }

  /** Creates what is missing of the objects, and waits until all is ready. */
  void apply() {
    kubectl("apply", "-f", objects);
    ready();
  }

  /** Waits until the nodes and all pods are ready, and Services lead to their pods. */
  void ready() {
    kubectl("wait", "--for=condition=Ready", "node", "--all", "--timeout=120s");
    kubectl("wait", "--for=condition=Ready", "pod", "--all", "-A", "--timeout=120s");
    String ready = "jsonpath={.items[*].endpoints[*].conditions.ready}";
    Commands.await(
        "the Services' endpoints",
        () -> !kubectl("get", "endpointslices", "-A", "-o", ready).contains("false"));
  }

  String kubectl(String... arguments) {
    return tried(arguments).orFail();
  }

  /** Runs kubectl, which may fail. */
  Ended tried(String... arguments) {
    return livecluster("kubectl", arguments);
  }

  /** Runs a command in the cluster's network. */
  Ended exec(String... command) {
    return livecluster("exec", command);
  }

  private Ended livecluster(String verb, String... arguments) {
    List<String> command = new ArrayList<>(List.of(tools.livecluster().toString(), verb));
    command.addAll(List.of(arguments));
    return Commands.run(Commands.LONG, Map.of(), command);
  }

  /** Asks polverdict a question to its end, as the administrator. */
  Ended ask(String question, String... arguments) {
    return askAs(ADMIN, question, arguments);
  }

  Ended askAs(String kubeconfig, String question, String... arguments) {
    return Commands.run(Commands.LONG, Map.of(), command(kubeconfig, question, List.of(arguments)));
  }

  /** The command line that asks. */
  List<String> command(String kubeconfig, String question, List<String> arguments) {
    List<String> out = new ArrayList<>(List.of(tools.livecluster().toString(), "exec"));
    out.addAll(List.of(tools.polverdict().toString(), question));
    out.addAll(arguments);
    out.addAll(List.of("--kubeconfig", kubeconfig));
    return out;
  }

  /** A kubeconfig of a ServiceAccount of namespace default. */
  String kubeconfigOf(String user) {
    String token = kubectl("create", "token", user, "-n", "default").strip();
    return withToken(ADMIN, token, FOLDER.resolve(user + ".kubeconfig"));
  }

  /** Writes a kubeconfig with a token in place of the administrator's certificate. */
  static String withToken(String admin, String token, Path file) {
    String text =
        LabFlow.text(Path.of(admin))
            .replaceAll("(?m)^\\s*client-certificate-data:.*\n", "")
            .replaceAll("client-key-data:.*", "token: " + token);
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lab(String verb) {
    Map<String, String> environment = Map.of("LIVECLUSTER", tools.livecluster().toString());
    List<String> command = List.of(Lab.FOLDER.resolve("lab").toString(), verb);
    Commands.run(Commands.LONG, environment, command).orFail();
  }

  @Override
  public void close() {
    lab("end");
  }
}
