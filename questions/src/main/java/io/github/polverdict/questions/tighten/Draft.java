package io.github.polverdict.questions.tighten;

import io.github.polverdict.questions.naming.Cidrs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

  String yaml() {
    List<String> out = new ArrayList<>();
    out.add("apiVersion: networking.k8s.io/v1");
    out.add("kind: NetworkPolicy");
    out.add("metadata:");
    out.add("  name: " + name);
    out.add("  namespace: " + subject.namespace());
    out.add("spec:");
    out.add("  podSelector: " + subject.yaml());
    out.add("  policyTypes: [" + String.join(", ", directions) + "]");
    rules("ingress", "from", ingress, out);
    rules("egress", "to", egress, out);
    return String.join("\n", out) + "\n";
  }

  private void rules(String direction, String peers, List<Rule> rules, List<String> out) {
    if (rules.isEmpty()) {
      return;
    }
    out.add("  " + direction + ":");
    for (Rule rule : rules) {
      out.add("    - " + peers + ":");
      Pick.merged(List.copyOf(rule.pods())).forEach(p -> out.add("        - " + peer(p)));
      rule.blocks().forEach(b -> out.add("        - ipBlock: " + block(b)));
      if (!rule.ports().isEmpty()) {
        out.add("      ports:");
        rule.ports().forEach(p -> out.add("        - " + p.yaml()));
      }
    }
  }

  private static String block(Cidrs.Block block) {
    String except =
        block.except().isEmpty()
            ? ""
            : block.except().stream()
                .map(Draft::cidr)
                .collect(Collectors.joining(", ", ", except: [", "]"));
    return "{cidr: " + cidr(block.cidr()) + except + "}";
  }

  /** IPv6 has colons, which end a word in YAML. */
  private static String cidr(String text) {
    return text.indexOf(':') >= 0 ? '"' + text + '"' : text;
  }

  /** Of its own namespace pods alone. */
  private String peer(Pick pick) {
    String pods = "podSelector: " + pick.yaml();
    return pick.namespace().equals(subject.namespace())
        ? pods
        : "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "
            + Pick.quoted(pick.namespace())
            + "}}\n          "
            + pods;
  }
}
