package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.report.Connections;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The rows of a golden file's exposure part, without those of the outside: a list has them too. */
final class ExposureRows {
  private static final String HEAD = "Exposure Analysis Result:";
  private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(=>|<=)\\s+(.*?)(?: : (.*))?");
  private static final Pattern OPEN = Pattern.compile("(\\S+) is not protected on (\\w+)");

  /**
   * A workload and what passes its gate from or to a peer.
   *
   * @param connections as printed; empty when the list is for one connection
   */
  record Row(String workload, Direction gate, String peer, String connections) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<Row> unprotected = new ArrayList<>();

  private ExposureRows() {}

  /** The part of a golden file that comes before. */
  static String before(String text, String format) {
    return format.equals("json")
        ? Conformance.JSON.readTree(text).path("connlist_results").toString()
        : text.split(HEAD, 2)[0];
  }

  static ExposureRows of(String text, String format) {
    ExposureRows out = new ExposureRows();
    if (format.equals("json")) {
      JsonNode parts = Conformance.JSON.readTree(text).path("exposure_results");
      parts.path("egress_exposure").forEach(r -> out.json(r, Direction.EGRESS, "src", "dst"));
      parts.path("ingress_exposure").forEach(r -> out.json(r, Direction.INGRESS, "dst", "src"));
      return out;
    }
    String[] halves = text.split(HEAD, 2);
    Direction gate = Direction.EGRESS;
    for (String line : halves.length < 2 ? List.<String>of() : halves[1].lines().toList()) {
      gate = line.startsWith("Ingress Exposure:") ? Direction.INGRESS : gate;
      if (format.equals("csv")) {
        out.csv(NetpolAnalyzerTest.csv(line), gate);
      } else {
        out.text(line);
      }
    }
    return out;
  }

  private void json(JsonNode row, Direction gate, String workload, String peer) {
    String connections = row.path("conn").asString("");
    add(row.get(workload).asString(), gate, row.get(peer).asString(), connections);
  }

  private void csv(List<String> cells, Direction gate) {
    if (cells.size() >= 2 && cells.getFirst().endsWith("]")) {
      add(cells.get(0), gate, cells.get(1), cells.size() > 2 ? cells.get(2) : "");
    }
  }

  private void text(String line) {
    Matcher open = OPEN.matcher(line);
    Matcher row = LINE.matcher(line);
    if (open.matches()) {
      Direction gate = open.group(2).equals("Egress") ? Direction.EGRESS : Direction.INGRESS;
      unprotected.add(new Row(open.group(1), gate, AnalyzerExposure.ANYONE, "All Connections"));
    } else if (row.matches()) {
      Direction gate = row.group(2).equals("=>") ? Direction.EGRESS : Direction.INGRESS;
      add(row.group(1), gate, row.group(3), Optional.ofNullable(row.group(4)).orElse(""));
    }
  }

  private void add(String workload, Direction gate, String peer, String connections) {
    if (!peer.endsWith("[External]")) {
      rows.add(new Row(workload, gate, peer, connections));
    }
  }

  /** Whether a row names a port that no container declares, which has no number. */
  boolean hasNames() {
    return rows.stream()
        .anyMatch(
            r -> !r.connections().endsWith(" Connections") && r.connections().matches(".*[a-z].*"));
  }

  /** Holds the rows against a cluster's policies. */
  void check(Snapshot snapshot, String cni, AnalyzerFocus focus) {
    Set<String> peers = rows.stream().map(Row::peer).collect(Collectors.toCollection(TreeSet::new));
    peers.add(AnalyzerExposure.ANYONE);
    AnalyzerExposure exposure = AnalyzerExposure.of(snapshot, cni, peers);
    List<Row> got = new ArrayList<>();
    for (String workload : exposure.workloads()) {
      for (Direction gate : Direction.values()) {
        got.addAll(rows(exposure, workload, gate, focus));
      }
    }
    assertThat(got).containsExactlyInAnyOrderElementsOf(rows.stream().map(this::summedUp).toList());
    for (Row open : unprotected) {
      assertThat(exposure.connections(open.workload(), open.peer(), open.gate()))
          .isEqualTo(open.connections());
    }
  }

  /**
   * A row with what other rows add: a pod with {@code app In [x]} also meets {@code app Exists},
   * and rules only add. That tool prints each rule's own part.
   */
  private Row summedUp(Row row) {
    if (row.peer().equals(AnalyzerExposure.ANYONE) || !isSome(row)) {
      return row;
    }
    AnalyzerPeer peer = AnalyzerPeer.of(row.peer());
    TrafficSet sum =
        rows.stream()
            .filter(r -> r.workload().equals(row.workload()) && r.gate() == row.gate())
            .filter(r -> isSome(r) && peer.isAlso(AnalyzerPeer.of(r.peer())))
            .map(r -> traffic(r.connections()))
            .reduce(TrafficSet.NONE, TrafficSet::or);
    return new Row(row.workload(), row.gate(), row.peer(), Connections.withPorts(sum));
  }

  private static boolean isSome(Row row) {
    return !row.connections().isEmpty() && !row.connections().endsWith(" Connections");
  }

  /** {@code TCP 80,90-99,UDP 53} as a set. */
  private static TrafficSet traffic(String connections) {
    TrafficSet out = TrafficSet.NONE;
    Protocol protocol = Protocol.TCP;
    for (String part : connections.split(",", -1)) {
      String[] words = part.split(" ", 2);
      protocol = words.length == 2 ? Protocol.valueOf(words[0]) : protocol;
      String[] ends = words[words.length - 1].split("-", 2);
      int first = Integer.parseInt(ends[0]);
      out = out.or(TrafficSet.of(protocol, first, Integer.parseInt(ends[ends.length - 1])));
    }
    return out;
  }

  /** A workload's row for anyone, if there is something, and those for peers that have a row. */
  private List<Row> rows(
      AnalyzerExposure exposure, String workload, Direction gate, AnalyzerFocus focus) {
    List<Row> out = new ArrayList<>();
    String toAnyone = exposure.connections(workload, AnalyzerExposure.ANYONE, gate);
    if (!toAnyone.equals("No Connections")) {
      focused(new Row(workload, gate, AnalyzerExposure.ANYONE, toAnyone), focus)
          .ifPresent(out::add);
    }
    rows.stream()
        .filter(r -> r.workload().equals(workload) && r.gate() == gate)
        .filter(r -> !r.peer().equals(AnalyzerExposure.ANYONE))
        .map(r -> new Row(workload, gate, r.peer(), exposure.connections(workload, r.peer(), gate)))
        .forEach(r -> focused(r, focus).ifPresent(out::add));
    return out;
  }

  private static Optional<Row> focused(Row row, AnalyzerFocus focus) {
    boolean egress = row.gate() == Direction.EGRESS;
    String src = egress ? row.workload() : row.peer();
    String dst = egress ? row.peer() : row.workload();
    return focus
        .of(src, dst, row.connections())
        .map(c -> new Row(row.workload(), row.gate(), row.peer(), c));
  }
}
