package io.github.polverdict.lab.recreate;

import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.snapshot.ResourceId;
import java.time.Duration;
import java.util.HashMap;
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

  /** Of nodes, of pods, of each node's pods, of Services. */
  private static final List<String> RANGES =
      List.of("10.0.0.0/24", "10.244.0.0/16", "10.244.1.0/24", "10.244.2.0/24", "10.96.0.0/16");

  private static final Set<String> AGENTS_OWN = Words.of("agents-own.txt");

  private final Ground ground;

  /** By {@code Pod namespace/name} or {@code Service namespace/name} of the lab. */
  private final Map<String, String> addresses = new HashMap<>();

  public Site(Ground ground) {
    this.ground = ground;
  }

  /** The types that the lab's server takes, of those given, without those that are agents' own. */
  public Set<String> served(Set<String> types) {
    Set<String> out = new TreeSet<>();
    String listing = ground.kubectl("", "api-resources", "--no-headers").output();
    listing
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
        ground.kubectl(
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

  /** Waits until all pods are ready, and learns their addresses and those of the Services. */
  public boolean awaitPods(Duration limit) {
    Command.Ended waited =
        ground.kubectl(
            "",
            "wait",
            "--for=condition=Ready",
            "pod",
            "--all",
            "-A",
            "--timeout=" + limit.toSeconds() + "s");
    JsonNode list =
        JSON.readTree(ground.kubectl("", "get", "pods,services", "-A", "-o", "json").output());
    addresses.clear();
    for (JsonNode item : list.path("items")) {
      JsonNode meta = item.path("metadata");
      String kind = item.path("kind").asString("");
      String id = meta.path("namespace").asString("") + "/" + meta.path("name").asString("");
      String address =
          kind.equals("Pod")
              ? item.path("status").path("podIP").asString("")
              : item.path("spec").path("clusterIP").asString("");
      addresses.put(kind + " " + id, address);
    }
    return waited.code() == 0;
  }

  /**
   * The IPv4 address that the lab has given; empty when it has none.
   *
   * @param key {@code Pod namespace/name} or {@code Service namespace/name}
   */
  public Optional<String> address(String key) {
    return Optional.ofNullable(addresses.get(key)).filter(a -> a.contains("."));
  }

  /** Whether an address is one that a lab has inside, or this machine's own. */
  public static boolean isInside(String address) {
    return address.matches("(127|10\\.0\\.0|10\\.96|10\\.244)\\..*");
  }

  /** A translation of addresses that knows no pair yet. */
  public static Addresses translation() {
    return new Addresses(RANGES);
  }
}
