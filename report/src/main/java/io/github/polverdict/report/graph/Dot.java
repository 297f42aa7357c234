package io.github.polverdict.report.graph;

import io.github.polverdict.report.graph.Graph.Arrow;
import io.github.polverdict.report.graph.Graph.Node;
import java.util.List;
import java.util.Map;

/** Writes a graph in Graphviz' language (graphviz.org/doc/info/lang.html). */
public final class Dot {
  private Dot() {}

  public static String of(Graph graph) {
    StringBuilder out = new StringBuilder("digraph polverdict {\n");
    out.append("  label=").append(quoted(graph.title())).append(";\n");
    out.append("  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    out.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    int number = 0;
    for (Map.Entry<String, List<Node>> group : graph.groups().entrySet()) {
      out.append("  subgraph cluster_").append(number++).append(" {\n    label=");
      out.append(quoted(group.getKey())).append(";\n");
      for (Node node : group.getValue()) {
        out.append("    ").append(quoted(node.name()));
        out.append(" [label=").append(quoted(node.label())).append("];\n");
      }
      out.append("  }\n");
    }
    for (Arrow arrow : graph.arrows()) {
      out.append("  ").append(quoted(arrow.from())).append(" -> ").append(quoted(arrow.to()));
      out.append(" [label=").append(quoted(arrow.label()));
      out.append(", color=").append(quoted(arrow.look().colour()));
      out.append(", style=").append(arrow.look().stroke()).append("];\n");
    }
    return out.append("}\n").toString();
  }

  /** Backslashes begin escapes of labels, and ampersands entities. */
  private static String quoted(String text) {
    return '"'
        + text.replace("&", "&amp;")
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
        + '"';
  }
}
