package io.github.polverdict.report;

import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Cell;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Part;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Side;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import io.github.polverdict.report.graph.Graph;
import io.github.polverdict.report.graph.Graph.Arrow;
import io.github.polverdict.report.graph.Graph.Look;
import io.github.polverdict.report.graph.Graph.Node;
import io.github.polverdict.report.graph.Grid;
import io.github.polverdict.report.graph.Grid.Mark;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes graphs and pictures of pairs. As the tables of netpol-analyzer, they tell of TCP, UDP and
 * SCTP only.
 */
final class PairGraphs {
  private PairGraphs() {}

  static Graph of(ConnectivityAnswer answer) {
    List<Arrow> arrows = new ArrayList<>();
    for (ConnectivityAnswer.Row row : answer.rows()) {
      String family = row.family().map(f -> " (" + f + ")").orElse("");
      if (Connections.anyWithPorts(row.reach().allowed())) {
        String label = Connections.withPorts(row.reach().allowed()) + family;
        arrows.add(new Arrow(row.src().name(), row.dst().name(), label, Look.GOOD));
      }
      if (Connections.anyWithPorts(row.reach().unknown())) {
        String label = "unknown: " + Connections.withPorts(row.reach().unknown()) + family;
        arrows.add(new Arrow(row.src().name(), row.dst().name(), label, Look.UNSURE));
      }
    }
    TreeSet<Party> parties =
        answer.parties().stream()
            .filter(p -> !p.external())
            .collect(Collectors.toCollection(TreeSet::new));
    answer
        .rows()
        .forEach(r -> {
          parties.add(r.src());
          parties.add(r.dst());
        });
    return new Graph("Who reaches whom in " + answer.source(), nodes(parties, arrows), arrows);
  }

  static Graph of(DiffAnswer answer) {
    List<Arrow> arrows = new ArrayList<>();
    TreeSet<Party> parties = new TreeSet<>();
    for (Change change : changes(answer)) {
      String label =
          DiffReport.word(change.what()) + ": " + Connections.withPorts(change.traffic());
      arrows.add(new Arrow(change.src().name(), change.dst().name(), label, look(change.what())));
      parties.add(change.src());
      parties.add(change.dst());
    }
    return new Graph(title(answer), nodes(parties, arrows), arrows);
  }

  private static String title(DiffAnswer answer) {
    return "What differs between " + answer.a().name() + " and " + answer.b().name();
  }

  private static List<Change> changes(DiffAnswer answer) {
    return answer.groups().stream()
        .flatMap(g -> g.changes().stream())
        .filter(c -> Connections.anyWithPorts(c.traffic()))
        .toList();
  }

  private static Look look(What what) {
    return switch (what) {
      case OPENED -> Look.GOOD;
      case CLOSED -> Look.BAD;
      case BECAME_UNKNOWN, BECAME_KNOWN -> Look.UNSURE;
    };
  }

  /** The outside only as far as an arrow leads there. */
  private static List<Node> nodes(Set<Party> parties, List<Arrow> arrows) {
    Set<String> used = new TreeSet<>();
    arrows.forEach(a -> {
      used.add(a.from());
      used.add(a.to());
    });
    return parties.stream()
        .filter(p -> !p.external() || used.contains(p.name()))
        .map(PairGraphs::node)
        .toList();
  }

  private static Node node(Party party) {
    String name = party.name();
    int slash = name.indexOf('/');
    boolean within = !party.external() && party.kind() != Kind.NODE && slash > 0;
    String group = party.external() ? "outside" : within ? name.substring(0, slash) : "nodes";
    return new Node(name, within ? name.substring(slash + 1) : name, group);
  }

  static Grid grid(ConnectivityMatrix matrix) {
    Map<Mark, String> key = new LinkedHashMap<>();
    key.put(Mark.FULL, "allowed");
    key.put(Mark.HALF, "partly allowed");
    key.put(Mark.DOT, "denied");
    key.put(Mark.DIAMOND, "unknown");
    return new Grid(
        "Who reaches whom in " + matrix.answer().source(),
        names(matrix.sources()),
        names(matrix.destinations()),
        matrix.cells().stream().map(r -> r.stream().map(PairGraphs::mark).toList()).toList(),
        key);
  }

  private static List<String> names(List<Side> sides) {
    return sides.stream().map(s -> s.party().name()).toList();
  }

  private static Mark mark(Cell cell) {
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    cell.parts().stream()
        .filter(p -> Connections.anyWithPorts(p.traffic()))
        .map(Part::outcome)
        .forEach(outcomes::add);
    if (outcomes.contains(Outcome.UNKNOWN)) {
      return Mark.DIAMOND;
    }
    boolean denied = outcomes.contains(Outcome.DENIED);
    boolean allowed = outcomes.contains(Outcome.ALLOWED);
    return allowed ? (denied ? Mark.HALF : Mark.FULL) : denied ? Mark.DOT : Mark.EMPTY;
  }

  static Grid grid(DiffAnswer answer) {
    TreeSet<Party> sources = new TreeSet<>();
    TreeSet<Party> destinations = new TreeSet<>();
    Map<List<Party>, Mark> marks = new HashMap<>();
    for (Change change : changes(answer)) {
      sources.add(change.src());
      destinations.add(change.dst());
      Mark mark =
          switch (change.what()) {
            case OPENED -> Mark.UP;
            case CLOSED -> Mark.DOWN;
            case BECAME_UNKNOWN, BECAME_KNOWN -> Mark.DIAMOND;
          };
      marks.merge(List.of(change.src(), change.dst()), mark, (x, y) -> x == y ? x : Mark.DIAMOND);
    }
    Map<Mark, String> key = new LinkedHashMap<>();
    key.put(Mark.UP, "opened");
    key.put(Mark.DOWN, "closed");
    key.put(Mark.DIAMOND, "became known or unknown, or several of these");
    List<List<Mark>> rows = new ArrayList<>();
    for (Party src : sources) {
      rows.add(
          destinations.stream()
              .map(dst -> marks.getOrDefault(List.of(src, dst), Mark.EMPTY))
              .toList());
    }
    return new Grid(
        title(answer),
        sources.stream().map(Party::name).toList(),
        destinations.stream().map(Party::name).toList(),
        rows,
        key);
  }
}
