package io.github.polverdict.report.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parties in groups, and arrows between them. */
public record Graph(String title, List<Node> nodes, List<Arrow> arrows) {

  /**
   * A party.
   *
   * @param name told apart by
   * @param label shown
   * @param group the namespace, or what else it is part of
   */
  public record Node(String name, String label, String group) {}

  /** From one party to another, both by name. */
  public record Arrow(String from, String to, String label, Look look) {}

  /** What an arrow means; each is drawn in a colour and a stroke of its own. */
  public enum Look {
    GOOD("#146c2e", "solid"),
    BAD("#b3261e", "dashed"),
    UNSURE("#7a5200", "dotted");

    private final String colour;
    private final String stroke;

    Look(String colour, String stroke) {
      this.colour = colour;
      this.stroke = stroke;
    }

    String colour() {
      return colour;
    }

    /** {@code solid}, {@code dashed} or {@code dotted}. */
    String stroke() {
      return stroke;
    }
  }

  public Graph {
    nodes = List.copyOf(nodes);
    arrows = List.copyOf(arrows);
  }

  /** The nodes by group, in the order in which the groups come. */
  Map<String, List<Node>> groups() {
    Map<String, List<Node>> out = new LinkedHashMap<>();
    nodes.forEach(n -> out.computeIfAbsent(n.group(), _ -> new ArrayList<>()).add(n));
    return out;
  }

  /** The same with one node for each group, and one arrow of a look between two groups. */
  Graph byGroup() {
    Map<String, String> groupOf = new LinkedHashMap<>();
    nodes.forEach(n -> groupOf.put(n.name(), n.group()));
    Map<Arrow, Integer> counts = new LinkedHashMap<>();
    for (Arrow arrow : arrows) {
      String from = groupOf.getOrDefault(arrow.from(), "");
      String to = groupOf.getOrDefault(arrow.to(), "");
      counts.merge(new Arrow(from, to, "", arrow.look()), 1, Integer::sum);
    }
    Set<Node> groups = new LinkedHashSet<>();
    nodes.forEach(n -> groups.add(new Node(n.group(), n.group(), "")));
    List<Arrow> bundles = new ArrayList<>();
    counts.forEach(
        (a, count) -> bundles.add(new Arrow(a.from(), a.to(), count + " pairs", a.look())));
    return new Graph(title, List.copyOf(groups), bundles);
  }
}
