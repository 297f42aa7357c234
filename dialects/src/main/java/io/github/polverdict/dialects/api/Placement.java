package io.github.polverdict.dialects.api;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** On which nodes the pods of a DaemonSet can run, by its node selector and node affinity. */
public final class Placement {
  private Placement() {}

  /** The names of the nodes that it reaches; empty when it reaches all that were read. */
  public static Optional<Set<String>> of(Snapshot snapshot, Document workload) {
    Field spec = workload.at("spec", "template", "spec");
    List<Document> nodes = snapshot.ofKind("Node");
    Set<String> reached = new TreeSet<>();
    nodes.stream().filter(n -> fits(spec, n)).forEach(n -> reached.add(n.id().name()));
    return reached.size() == nodes.size() ? Optional.empty() : Optional.of(reached);
  }

  private static boolean fits(Field spec, Document node) {
    Map<String, String> labels = node.at("metadata", "labels").strings();
    boolean selected =
        spec.get("nodeSelector").strings().entrySet().stream()
            .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
    List<Field> terms =
        spec.get("affinity")
            .get("nodeAffinity")
            .get("requiredDuringSchedulingIgnoredDuringExecution")
            .get("nodeSelectorTerms")
            .items();
    return selected && (terms.isEmpty() || terms.stream().anyMatch(t -> holds(t, node, labels)));
  }

  private static boolean holds(Field term, Document node, Map<String, String> labels) {
    Map<String, String> fields = Map.of("metadata.name", node.id().name());
    List<Field> expressions = term.get("matchExpressions").items();
    List<Field> ofFields = term.get("matchFields").items();
    return !(expressions.isEmpty() && ofFields.isEmpty())
        && expressions.stream().allMatch(e -> holds(e, labels))
        && ofFields.stream().allMatch(e -> holds(e, fields));
  }

  private static boolean holds(Field expression, Map<String, String> labels) {
    Optional<String> value = Optional.ofNullable(labels.get(expression.get("key").text("")));
    List<String> values = expression.get("values").items().stream().map(f -> f.text("")).toList();
    return switch (expression.get("operator").text("")) {
      case "In" -> value.filter(values::contains).isPresent();
      case "NotIn" -> value.filter(values::contains).isEmpty();
      case "Exists" -> value.isPresent();
      case "DoesNotExist" -> value.isEmpty();
      case "Gt" -> compared(value, values) > 0;
      case "Lt" -> compared(value, values) < 0;
      default -> false;
    };
  }

  /** How a label's number stands to the one asked for; 0 when one of them is no number. */
  private static int compared(Optional<String> value, List<String> values) {
    boolean numbers =
        value.filter(v -> v.matches("-?[0-9]{1,18}")).isPresent()
            && values.size() == 1
            && values.getFirst().matches("-?[0-9]{1,18}");
    return numbers
        ? Long.compare(Long.parseLong(value.orElseThrow()), Long.parseLong(values.getFirst()))
        : 0;
  }
}
