package io.github.polverdict.report.graph;

import io.github.polverdict.report.graph.Graph.Arrow;
import io.github.polverdict.report.graph.Graph.Look;
import io.github.polverdict.report.graph.Graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a graph as a flowchart of Mermaid. What is more than Mermaid draws by default is told by
 * group.
 */
public final class Mermaid {
  /** Mermaid's defaults of maxEdges and maxTextSize (mermaid.js.org/config/schema-docs/config). */
  private static final int MOST_ARROWS = 500;

  private static final int MOST_TEXT = 50_000;

  private Mermaid() {}

  public static String of(Graph graph) {
    String whole = graph.arrows().size() > MOST_ARROWS ? "" : written(graph, "");
    if (!whole.isEmpty() && whole.length() <= MOST_TEXT) {
      return whole;
    }
    String note =
        String.format(
            Locale.ROOT,
            "%%%% %,d arrows are too many for Mermaid: here by namespace; -o dot has all\n",
            graph.arrows().size());
    return written(graph.byGroup(), note);
  }

  private static String written(Graph graph, String note) {
    StringBuilder out = new StringBuilder("---\ntitle: \"");
    out.append(graph.title().replaceAll("[\"\\\\\\p{Cntrl}]", "'"));
    out.append("\"\n---\nflowchart LR\n").append(note);
    Map<String, String> ids = new HashMap<>();
    int number = 0;
    for (Map.Entry<String, List<Node>> group : graph.groups().entrySet()) {
      boolean named = !group.getKey().isEmpty();
      if (named) {
        out.append("  subgraph g").append(number++).append('[').append(quoted(group.getKey()));
        out.append("]\n");
      }
      for (Node node : group.getValue()) {
        String id = "n" + ids.size();
        ids.put(node.name(), id);
        out.append("    ").append(id).append('[').append(quoted(node.label())).append("]\n");
      }
      out.append(named ? "  end\n" : "");
    }
    for (Arrow arrow : graph.arrows()) {
      out.append("  ").append(ids.get(arrow.from())).append(arrow(arrow.look()));
      out.append('|').append(quoted(arrow.label())).append('|').append(ids.get(arrow.to()));
      out.append('\n');
    }
    return out.append(styles(graph.arrows())).toString();
  }

  private static String arrow(Look look) {
    return look == Look.GOOD ? " -->" : " -.->";
  }

  private static String styles(List<Arrow> arrows) {
    StringBuilder out = new StringBuilder();
    for (Look look : Look.values()) {
      List<Integer> those = new ArrayList<>();
      for (int i = 0; i < arrows.size(); i++) {
        if (arrows.get(i).look() == look) {
          those.add(i);
        }
      }
      if (!those.isEmpty()) {
        out.append("  linkStyle ");
        out.append(those.stream().map(String::valueOf).collect(Collectors.joining(",")));
        out.append(" stroke:").append(look.colour()).append('\n');
      }
    }
    return out.toString();
  }

  /** Entity codes stand for what would end the text or begin markup. */
  private static String quoted(String text) {
    return '"'
        + text.replace("#", "#35;")
            .replace("\"", "#quot;")
            .replace("<", "#lt;")
            .replace(">", "#gt;")
            .replace("\n", " ")
        + '"';
  }
}
