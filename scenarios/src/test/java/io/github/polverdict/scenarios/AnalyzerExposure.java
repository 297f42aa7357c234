package io.github.polverdict.scenarios;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.report.Connections;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.universe.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;

/**
 * netpol-analyzer's exposure to pods that are not there (yet), asked of pods that are put there: of
 * each peer that its golden file names, some that differ in what the name leaves open. What holds
 * for all of them is what a workload is exposed to. Only the workload's own gate counts.
 */
final class AnalyzerExposure {
  static final String ANYONE = "entire-cluster";
  private static final Pattern NUMBER = Pattern.compile("(?<![0-9.])[0-9]{1,5}(?![0-9.])");
  private static final List<Protocol> PROTOCOLS =
      List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

  private final Session session;
  private final Map<String, List<Endpoint>> peers = new TreeMap<>();
  private final Map<String, List<Endpoint>> workloads = new TreeMap<>();
  private final TreeSet<Integer> ports = new TreeSet<>(Set.of(1));

  private AnalyzerExposure(Session session, Map<String, List<String>> ids) {
    this.session = session;
    ids.forEach((peer, some) ->
        peers.put(
            peer, some.stream().map(id -> session.universe().endpoint(id).orElseThrow()).toList()));
    Set<String> added = new TreeSet<>();
    ids.values().forEach(added::addAll);
    session.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.POD && !added.contains(e.id()))
        .forEach(e -> workloads.computeIfAbsent(e.shownAs(), _ -> new ArrayList<>()).add(e));
  }

  /** The cluster of a snapshot and pods of the peers that are named. */
  static AnalyzerExposure of(Snapshot snapshot, String cni, Set<String> names) {
    List<Map<String, String>> open = AnalyzerPeer.open(snapshot);
    ArrayNode objects = Conformance.JSON.createArrayNode();
    Map<String, List<String>> ids = new TreeMap<>();
    for (String name : names) {
      AnalyzerPeer peer = AnalyzerPeer.of(name);
      for (Map<String, String> labels : open) {
        String id = "exposed-" + objects.size();
        ids.computeIfAbsent(name, _ -> new ArrayList<>()).add(peer.put(objects, id, labels));
      }
    }
    List<Document> all = new ArrayList<>(snapshot.documents());
    String list = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":" + objects + "}";
    Conformance.snapshot(list).documents().stream()
        .filter(d -> snapshot.find(d.id().type(), d.id().namespace(), d.id().name()).isEmpty())
        .forEach(all::add);
    Session session = Conformance.open(snapshot.withDocuments(all), cni, Grouping.CONTROLLER);
    AnalyzerExposure out = new AnalyzerExposure(session, ids);
    snapshot.documents().forEach(d -> out.numbers(d.field()));
    return out;
  }

  /** Every number that a document names as a port, and the one after it. */
  private void numbers(Field field) {
    NUMBER
        .matcher(field.text(""))
        .results()
        .map(r -> Integer.parseInt(r.group()))
        .filter(n -> n > 0 && n < 65536)
        .forEach(n -> ports.addAll(Set.of(n, Math.min(n + 1, 65535))));
    field.items().forEach(this::numbers);
    field.members().values().forEach(this::numbers);
  }

  Set<String> workloads() {
    return workloads.keySet();
  }

  /** What passes the workload's gate from or to all pods that the peer's name may mean. */
  String connections(String workload, String peer, Direction gate) {
    TrafficSet out = TrafficSet.ALL;
    for (Endpoint one : workloads.getOrDefault(workload, List.of())) {
      for (Endpoint other : peers.getOrDefault(peer, List.of())) {
        out = out.and(passing(one, other, gate));
      }
    }
    return Connections.withPorts(out);
  }

  private TrafficSet passing(Endpoint workload, Endpoint peer, Direction gate) {
    TrafficSet out = TrafficSet.NONE;
    for (Protocol protocol : PROTOCOLS) {
      for (int first : ports) {
        Integer next = ports.higher(first);
        if (passes(workload, peer, gate, protocol, first)) {
          out = out.or(TrafficSet.of(protocol, first, next == null ? 65535 : next - 1));
        }
      }
    }
    return out;
  }

  private boolean passes(Endpoint workload, Endpoint peer, Direction gate, Protocol to, int port) {
    Path path =
        gate == Direction.EGRESS
            ? Path.direct(workload, peer, to, port, Family.IPV4)
            : Path.direct(peer, workload, to, port, Family.IPV4);
    List<Outcome> outcomes =
        session.judge().judge(path).gates().stream()
            .filter(g -> g.gate() == gate)
            .map(GateVerdict::outcome)
            .toList();
    if (outcomes.contains(Outcome.UNKNOWN)) {
      throw new AssertionError("it is not known what becomes of " + path);
    }
    return !outcomes.contains(Outcome.DENIED);
  }
}
