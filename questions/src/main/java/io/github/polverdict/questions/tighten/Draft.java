package io.github.polverdict.questions.tighten;

import io.github.polverdict.questions.naming.Cidrs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A NetworkPolicy to be written.
 *
 * @param ingress none when it lets nobody in
 * @param egress none when it lets nobody out
 * @param directions what it isolates for: {@code Ingress}, {@code Egress}
 */
record Draft(
    String name, Pick subject, List<Rule> ingress, List<Rule> egress, List<String> directions) {
  Draft {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
    directions = List.copyOf(directions);
  }

  /**
   * One rule.
   *
   * <p>At least one of pods and blocks is not empty.
   *
   * @param ports every port when it is empty
   */
  record Rule(Set<Pick> pods, List<Cidrs.Block> blocks, Set<Port> ports) {
    Rule {
      pods = new TreeSet<>(pods);
      blocks = List.copyOf(blocks);
      ports = new TreeSet<>(ports);
    }
  }

  /** The object as it is written: maps, lists, texts and numbers in their order. */
  Map<String, Object> tree() {
    Map<String, Object> spec = map("podSelector", subject.tree(), "policyTypes", directions);
    if (!ingress.isEmpty()) {
      spec.put("ingress", ingress.stream().map(r -> rule("from", r)).toList());
    }
    if (!egress.isEmpty()) {
      spec.put("egress", egress.stream().map(r -> rule("to", r)).toList());
    }
    return map(
        "apiVersion",
        "networking.k8s.io/v1",
        "kind",
        "NetworkPolicy",
        "metadata",
        map("name", name, "namespace", subject.namespace()),
        "spec",
        spec);
  }

  private Map<String, Object> rule(String peers, Rule rule) {
    List<Object> all = new ArrayList<>();
    Pick.merged(List.copyOf(rule.pods())).forEach(p -> all.add(peer(p)));
    rule.blocks().forEach(b -> all.add(map("ipBlock", block(b))));
    Map<String, Object> out = map(peers, all);
    if (!rule.ports().isEmpty()) {
      out.put("ports", rule.ports().stream().map(Port::tree).toList());
    }
    return out;
  }

  private static Map<String, Object> block(Cidrs.Block block) {
    Map<String, Object> out = map("cidr", block.cidr());
    if (!block.except().isEmpty()) {
      out.put("except", block.except());
    }
    return out;
  }

  /** Of its own namespace pods alone. */
  private Map<String, Object> peer(Pick pick) {
    Map<String, Object> out = map();
    if (!pick.namespace().equals(subject.namespace())) {
      Map<String, Object> name = map("kubernetes.io/metadata.name", pick.namespace());
      out.put("namespaceSelector", map("matchLabels", name));
    }
    out.put("podSelector", pick.tree());
    return out;
  }

  /** Keys and values in turn, in this order. */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      out.put((String) pairs[i], pairs[i + 1]);
    }
    return out;
  }
}
