package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Because;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Cell;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Ground;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Part;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Side;
import io.github.polverdict.report.page.Html;
import io.github.polverdict.report.page.Page;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes who reaches whom as a page: a matrix and a graph in which every pair says why. What is
 * said often stands in the page once, and is named by its number.
 */
final class ConnectivityPage {
  private final ConnectivityMatrix matrix;
  private final Numbered<String> words = new Numbered<>();
  private final Numbered<TrafficSet> traffic = new Numbered<>();
  private final Numbered<Ground> grounds = new Numbered<>();

  private ConnectivityPage(ConnectivityMatrix matrix) {
    this.matrix = matrix;
  }

  /** Things by the order in which they were first seen. */
  private static final class Numbered<T> {
    private final Map<T, Integer> numbers = new LinkedHashMap<>();

    int of(T thing) {
      return numbers.computeIfAbsent(thing, _ -> numbers.size());
    }

    List<T> all() {
      return List.copyOf(numbers.keySet());
    }
  }

  static void write(ConnectivityMatrix matrix, Writer out) {
    StringWriter data = new StringWriter();
    Serial.jsonLine(new ConnectivityPage(matrix).data(), data);
    new Page(
            "polverdict connectivity: " + matrix.answer().source(),
            body(matrix),
            data.toString().strip(),
            List.of("model.js", "matrix.js", "graph.js", "connectivity.js"))
        .write(out);
  }

  private static Html body(ConnectivityMatrix matrix) {
    Html body =
        new Html()
            .headline("connectivity", "Who reaches whom in " + matrix.answer().source())
            .paragraph(counts(matrix))
            .fragment(Page.resource("connectivity.html"));
    List<String> doubts = matrix.answer().doubts().stream().map(Doubt::text).distinct().toList();
    if (!doubts.isEmpty()) {
      body.heading("What is not known").items(doubts);
    }
    return Standing.html(
        matrix.answer().pins(), matrix.answer().missing(), matrix.answer().findings(), body);
  }

  /** {@code 6,320 pairs by TCP, UDP and SCTP: 120 allowed, 300 partly …}. */
  private static String counts(ConnectivityMatrix matrix) {
    List<Set<Outcome>> pairs =
        matrix.cells().stream()
            .flatMap(List::stream)
            .map(c ->
                c.parts().stream()
                    .filter(p -> Connections.anyWithPorts(p.traffic()))
                    .map(Part::outcome)
                    .collect(Collectors.toSet()))
            .filter(p -> !p.isEmpty())
            .toList();
    long unknown = pairs.stream().filter(p -> p.contains(Outcome.UNKNOWN)).count();
    long whole = pairs.stream().filter(Set.of(Outcome.ALLOWED)::equals).count();
    long denied = pairs.stream().filter(Set.of(Outcome.DENIED)::equals).count();
    return String.format(
        Locale.ROOT,
        "%,d pairs by TCP, UDP and SCTP: %,d allowed, %,d partly allowed, %,d denied, %,d not wholly"
            + " known.",
        pairs.size(),
        whole,
        pairs.size() - whole - denied - unknown,
        denied,
        unknown);
  }

  private Tree data() {
    Set<Side> both = new LinkedHashSet<>(matrix.sources());
    both.addAll(matrix.destinations());
    List<Side> sides = List.copyOf(both);
    Map<Cell, Integer> kinds = new IdentityHashMap<>();
    List<Object> listed = new ArrayList<>();
    List<List<Integer>> rows = new ArrayList<>();
    for (List<Cell> row : matrix.cells()) {
      List<Integer> numbers = new ArrayList<>();
      for (Cell cell : row) {
        numbers.add(
            kinds.computeIfAbsent(
                cell,
                c -> {
                  listed.add(c.parts().stream().map(p -> part(p).entries()).toList());
                  return kinds.size();
                }));
      }
      rows.add(numbers);
    }
    Tree data =
        Tree.map()
            .put("sides", sides, ConnectivityPage::side)
            .put("sources", matrix.sources().stream().map(sides::indexOf).toList())
            .put("destinations", matrix.destinations().stream().map(sides::indexOf).toList())
            .put("rows", rows)
            .put("kinds", listed);
    return data.put("grounds", grounds.all(), this::ground)
        .put("traffic", traffic.all(), ConnectivityPage::traffic)
        .put("words", words.all());
  }

  private static Tree traffic(TrafficSet traffic) {
    return Tree.traffic(traffic)
        .put("words", Connections.all(traffic))
        .put("ports", Connections.anyWithPorts(traffic));
  }

  private Tree part(Part part) {
    return Tree.map()
        .put("outcome", part.outcome())
        .put("traffic", traffic.of(part.traffic()))
        .put("family", part.family())
        .put("grounds", part.grounds().stream().map(grounds::of).toList());
  }

  private Tree ground(Ground ground) {
    TrafficSet sample =
        TrafficSet.of(
            ground.sample().protocol(), ground.sample().number(), ground.sample().number());
    return Tree.map()
        .put("sample", Connections.all(sample))
        .put("gates", ground.gates().stream().map(this::because).toList())
        .put("doubts", ground.doubts().stream().map(d -> words.of(d.text())).toList());
  }

  private List<Object> because(Because because) {
    return List.of(
        because.gate().name().toLowerCase(Locale.ROOT),
        words.of(because.plane()),
        words.of(because.reason().sentence()),
        words.of(because.reason().origin().map(Origin::text).orElse("")));
  }

  private static Tree side(Side side) {
    Party party = side.party();
    String group =
        party.external() ? "(outside)" : party.kind() == Kind.NODE ? "(nodes)" : side.namespace();
    String labels =
        side.labels().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
    String within = side.namespace() + "/";
    String bare = party.name().replaceFirst("\\[.*", "");
    return Tree.map()
        .put("name", party.name())
        .put("bare", bare)
        .put("short", bare.startsWith(within) ? bare.substring(within.length()) : bare)
        .put("asked", party.external() ? bare.replaceFirst("-.*", "") : bare)
        .put("group", group)
        .put("labels", labels);
  }
}
