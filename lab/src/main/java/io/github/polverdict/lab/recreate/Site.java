package io.github.polverdict.lab.recreate;

import io.github.polverdict.lab.Cluster;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.snapshot.ResourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A lab's cluster while objects are made in it. */
public final class Site {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Set<String> AGENTS_OWN = Words.of("agents-own.txt");

  private final Cluster cluster;
  private final List<String> ranges = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /** By {@code Pod namespace/name} or {@code Service namespace/name} of the lab. */
  private final Map<String, String> addresses = new HashMap<>();

  public Site(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * The types that the lab's server takes, of those given, without those that are agents' own. One
   * group of which it knows nothing at the moment does not hide the others (kubectl fails then, and
   * lists them all the same).
   */
  public Set<String> served(Set<String> types) {
    Set<String> out = new TreeSet<>();
    Command.Ended ended = cluster.kubectl("", "api-resources", "--no-headers");
    ended
        .output()
        .lines()
        .forEach(line -> {
          List<String> words = List.of(line.strip().split("\\s+"));
          if (words.size() >= 4) {
            String version = words.get(words.size() - 3);
            String type = new ResourceId(version, words.getLast(), "", "").type();
            if (types.contains(type) && !isAgentsOwn(type)) {
              out.add(type);
            }
          }
        });
    if (out.isEmpty()) {
      answer(ended);
    }
    return out;
  }

  /** Whether agents or controllers make objects of a type for themselves. */
  static boolean isAgentsOwn(String type) {
    return AGENTS_OWN.contains(type);
  }

  /** Applies them; why the server refuses one of them, if it does. The others are there then. */
  public Optional<String> apply(Manifests manifests) {
    if (manifests.objects().isEmpty()) {
      return Optional.empty();
    }
    Command.Ended ended =
        cluster.kubectl(
            manifests.json(),
            "apply",
            "--server-side",
            "--force-conflicts",
            "-o",
            "name",
            "-f",
            "-");
    if (ended.code() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        ended
            .output()
            .lines()
            .filter(l -> l.contains("rror") || l.contains("nvalid"))
            .findFirst()
            .orElse(ended.output().strip()));
  }

  /**
   * Waits until the lab's pods are ready, and learns their addresses and those of the Services.
   * Does not wait for pods that go: `kubectl wait` does.
   *
   * @return those that are not ready after all, as {@code namespace/name}
   */
  public Set<String> awaitPods(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      addresses.clear();
      Set<String> unready = new TreeSet<>();
      scopes().forEach(where -> unready.addAll(learn(where)));
      if (unready.isEmpty() || System.nanoTime() > end) {
        return unready;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted");
    }
  }

  /** All namespaces, or each of the lab's own. */
  private List<List<String>> scopes() {
    List<String> own = cluster.lab().access().namespaces();
    return own.isEmpty()
        ? List.of(List.of("-A"))
        : own.stream().map(n -> List.of("-n", n)).toList();
  }

  private static String[] words(List<String> where, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(where);
    return all.toArray(String[]::new);
  }

  /** What the lab's server answers; it always does, as long as there is one. */
  private String asked(String... words) {
    return answer(cluster.kubectl("", words));
  }

  private String answer(Command.Ended ended) {
    if (ended.code() != 0) {
      throw new LabFailure(
          "the lab %s does not answer, was it stopped? ('polverdict lab list' says.) kubectl: %s"
              .formatted(cluster.lab().name(), ended.output().strip()));
    }
    return ended.output();
  }

  /** Learns addresses; the pods that stay and are not ready. */
  private Set<String> learn(List<String> where) {
    String list = asked(words(where, "get", "pods,services", "-o", "json"));
    Set<String> unready = new TreeSet<>();
    for (JsonNode item : JSON.readTree(list).path("items")) {
      JsonNode meta = item.path("metadata");
      String kind = item.path("kind").asString("");
      String id = meta.path("namespace").asString("") + "/" + meta.path("name").asString("");
      String address =
          kind.equals("Pod")
              ? item.path("status").path("podIP").asString("")
              : item.path("spec").path("clusterIP").asString("");
      addresses.put(kind + " " + id, address);
      if (kind.equals("Pod") && !meta.has("deletionTimestamp") && !isReady(item.path("status"))) {
        unready.add(id);
      }
    }
    return unready;
  }

  private static boolean isReady(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asString("").equals("Ready")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  /**
   * The IPv4 address that the lab has given; empty when it has none.
   *
   * @param key {@code Pod namespace/name} or {@code Service namespace/name}
   */
  public Optional<String> address(String key) {
    return Optional.ofNullable(addresses.get(key)).filter(a -> a.contains("."));
  }

  /** A node of the cluster that pods may run on. */
  record Node(String name, String address, String pods) {}

  /** The nodes that pods may run on, in the order of their names. */
  List<Node> nodes() {
    if (nodes.isEmpty()) {
      nodes.addAll(read());
    }
    return nodes;
  }

  private List<Node> read() {
    JsonNode list = JSON.readTree(asked("get", "nodes", "-o", "json"));
    List<Node> out = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      boolean closed = item.path("spec").path("unschedulable").asBoolean(false);
      for (JsonNode taint : item.path("spec").path("taints")) {
        closed |= taint.path("key").asString("").startsWith("node-role.kubernetes.io/");
      }
      if (!closed) {
        out.add(
            new Node(
                item.path("metadata").path("name").asString(""),
                internal(item),
                item.path("spec").path("podCIDR").asString("")));
      }
    }
    out.sort(Comparator.comparing(Node::name));
    return out;
  }

  private static String internal(JsonNode node) {
    for (JsonNode address : node.path("status").path("addresses")) {
      String text = address.path("address").asString("");
      if (address.path("type").asString("").equals("InternalIP") && text.contains(".")) {
        return text;
      }
    }
    return "";
  }

  /** A translation of addresses that knows no pair yet, but the ranges of the cluster. */
  public Addresses translation() {
    if (ranges.isEmpty()) {
      ranges.addAll(ofTheCluster());
    }
    return new Addresses(List.copyOf(ranges));
  }

  private Set<String> ofTheCluster() {
    Set<String> out = new LinkedHashSet<>();
    List<Node> nodes = nodes();
    nodes.forEach(n -> out.add(n.address() + "/24"));
    nodes.forEach(n -> out.add(n.pods().replaceFirst("/.*", "/16")));
    nodes.forEach(n -> out.add(n.pods()));
    String server =
        asked("get", "service", "-n", "default", "kubernetes", "-o", "jsonpath={.spec.clusterIP}");
    out.add(server.strip() + "/16");
    return out;
  }
}
