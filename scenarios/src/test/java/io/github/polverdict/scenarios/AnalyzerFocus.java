package io.github.polverdict.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The part of a connection list that netpol-analyzer's focus options ask for.
 *
 * @param workloads {@code name} or {@code namespace/name}; empty for all
 * @param peers the same for the other end
 * @param direction {@code ingress} or {@code egress} of the workloads; empty for both
 * @param connection {@code TCP 80}: the rows that carry it, without their connections
 */
record AnalyzerFocus(
    List<String> workloads, List<String> peers, String direction, Optional<String> connection) {
  private static final List<String> OPTIONS =
      List.of("--focusworkload", "--focusworkload-peer", "--focus-direction", "--focus-conn");

  static AnalyzerFocus of(JsonNode cli) {
    Map<String, String> said = new TreeMap<>();
    for (int i = 0; i + 1 < cli.size(); i++) {
      if (OPTIONS.contains(cli.get(i).asString())) {
        said.put(cli.get(i).asString(), cli.get(i + 1).asString());
      }
    }
    return new AnalyzerFocus(
        list(said.get("--focusworkload")),
        list(said.get("--focusworkload-peer")),
        said.getOrDefault("--focus-direction", ""),
        Optional.ofNullable(said.get("--focus-conn"))
            .map(c -> c.toUpperCase(Locale.ROOT).replace('-', ' ')));
  }

  private static List<String> list(@org.jspecify.annotations.Nullable String words) {
    return words == null ? List.of() : List.of(words.split(",", -1));
  }

  /** What a row of the whole list becomes: nothing, itself, or itself without its connections. */
  Optional<String> of(String src, String dst, String connections) {
    boolean asked =
        (!direction.equals("ingress") && isOne(workloads, src) && isOne(peers, dst))
            || (!direction.equals("egress") && isOne(workloads, dst) && isOne(peers, src));
    if (!asked) {
      return Optional.empty();
    }
    return connection.isEmpty()
        ? Optional.of(connections)
        : connection.filter(c -> carries(connections, c)).map(_ -> "");
  }

  private static boolean isOne(List<String> names, String side) {
    String name = side.replaceFirst("\\[.*", "");
    return names.isEmpty()
        || names.stream().anyMatch(n -> name.equals(n) || name.endsWith("/" + n));
  }

  /** Whether {@code TCP 80-90,443,UDP 53} has {@code TCP 80}. */
  private static boolean carries(String connections, String one) {
    if (connections.equals("All Connections")) {
      return true;
    }
    String protocol = "";
    int port = Integer.parseInt(one.split(" ", 2)[1]);
    List<String> found = new ArrayList<>();
    for (String part : connections.split(",", -1)) {
      String[] words = part.split(" ", 2);
      protocol = words.length == 2 ? words[0] : protocol;
      String[] range = words[words.length - 1].split("-", 2);
      if (Integer.parseInt(range[0]) <= port && port <= Integer.parseInt(range[range.length - 1])) {
        found.add(protocol);
      }
    }
    return found.contains(one.split(" ", 2)[0]);
  }
}
