package io.github.polverdict.scenarios;

import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A peer that stands for pods, as netpol-analyzer names it: {@code entire-cluster}, {@code ns/[all
 * pods]}, {@code [namespace with {k=v}]/[pod with {{Key:k,Operator:Exists,Values:[],}}]}.
 *
 * @param namespace by name; empty when it is named by labels
 * @param ofNamespace requirements of the namespace's labels
 * @param ofPod requirements of the pod's labels
 */
record AnalyzerPeer(String namespace, List<Requirement> ofNamespace, List<Requirement> ofPod) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[(all namespaces|namespace with \\{.*})]|([^\\[/]+))/\\[(.*)]");
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "\\{Key:([^,]+),Operator:(\\w+),Values:\\[([^\\]]*)],}|([^,={}]+)=([^,={}]*)");

  /** One of the requirements in braces. */
  record Requirement(String key, String operator, List<String> values) {

    /** Whether what meets this one meets the other. */
    boolean implies(Requirement other) {
      return key.equals(other.key)
          && switch (operator + " " + other.operator) {
            case "In In" -> other.values.containsAll(values);
            case "In NotIn" -> values.stream().noneMatch(other.values::contains);
            case "NotIn NotIn" -> values.containsAll(other.values);
            case "In Exists", "Exists Exists" -> true;
            case "DoesNotExist NotIn", "DoesNotExist DoesNotExist" -> true;
            case String _ -> false;
          };
    }
  }

  static AnalyzerPeer of(String name) {
    if (name.equals(AnalyzerExposure.ANYONE)) {
      return new AnalyzerPeer("", List.of(), List.of());
    }
    Matcher m = FORM.matcher(name);
    if (!m.matches()) {
      throw new AssertionError("no peer is named so: " + name);
    }
    return m.group(2) == null
        ? new AnalyzerPeer("", requirements(m.group(1)), requirements(m.group(3)))
        : new AnalyzerPeer(m.group(2), List.of(), requirements(m.group(3)));
  }

  private static List<Requirement> requirements(String text) {
    int braces = text.indexOf('{');
    return braces < 0
        ? List.of()
        : REQUIREMENT
            .matcher(text.substring(braces + 1, text.length() - 1))
            .results()
            .map(AnalyzerPeer::requirement)
            .toList();
  }

  private static Requirement requirement(MatchResult m) {
    return m.group(1) == null
        ? new Requirement(m.group(4), "In", List.of(m.group(5)))
        : new Requirement(m.group(1), m.group(2), List.of(m.group(3).split(" ", -1)));
  }

  /** Whether every pod that this stands for is one that the other stands for. */
  boolean isAlso(AnalyzerPeer other) {
    return namespace.equals(other.namespace)
        && meets(ofNamespace, other.ofNamespace)
        && meets(ofPod, other.ofPod);
  }

  private static boolean meets(List<Requirement> these, List<Requirement> those) {
    return those.stream().allMatch(r -> these.stream().anyMatch(t -> t.implies(r)));
  }

  /**
   * Labels that pods may have where a name says nothing of them: none; each key that expressions
   * ask for, with a value that none names; each with one that an expression excludes.
   */
  static List<Map<String, String>> open(Snapshot snapshot) {
    Map<String, String> other = new TreeMap<>();
    Map<String, String> excluded = new TreeMap<>();
    snapshot.documents().forEach(d -> expressions(d.field(), other, excluded));
    Map<String, String> both = new TreeMap<>(other);
    both.putAll(excluded);
    return List.of(Map.of(), other, both);
  }

  private static void expressions(
      Field field, Map<String, String> other, Map<String, String> excluded) {
    for (Field e : field.get("matchExpressions").items()) {
      other.put(e.get("key").text(""), "none-of-these");
      if (e.get("operator").text("").equals("NotIn")) {
        excluded.put(e.get("key").text(""), e.get("values").items().getFirst().text(""));
      }
    }
    field.items().forEach(f -> expressions(f, other, excluded));
    field.members().values().forEach(f -> expressions(f, other, excluded));
  }

  /** Adds such a pod, and its namespace when that has no name; the pod's id. */
  String put(ArrayNode objects, String id, Map<String, String> otherwise) {
    String home = namespace.isEmpty() ? id : namespace;
    if (namespace.isEmpty()) {
      object(objects, "Namespace", id, with(ofNamespace, otherwise));
    }
    ObjectNode pod = object(objects, "Pod", id, with(ofPod, otherwise));
    pod.withObjectProperty("metadata").put("namespace", home);
    ObjectNode container = pod.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", "agnhost");
    return home + "/" + id;
  }

  private static ObjectNode object(
      ArrayNode objects, String kind, String name, Map<String, String> labels) {
    ObjectNode out = objects.addObject().put("apiVersion", "v1").put("kind", kind);
    ObjectNode metadata = out.putObject("metadata").put("name", name);
    labels.forEach(metadata.putObject("labels")::put);
    return out;
  }

  /** Labels that meet the requirements and else are as given. */
  private static Map<String, String> with(
      List<Requirement> requirements, Map<String, String> otherwise) {
    Map<String, String> out = new TreeMap<>(otherwise);
    out.remove("kubernetes.io/metadata.name");
    for (Requirement r : requirements) {
      switch (r.operator()) {
        case "In" -> out.put(r.key(), r.values().getFirst());
        case "Exists" -> out.putIfAbsent(r.key(), "some");
        case "DoesNotExist" -> out.remove(r.key());
        case "NotIn" -> {
          List<String> values = new ArrayList<>(r.values());
          if (values.contains(out.getOrDefault(r.key(), ""))) {
            out.put(r.key(), "none-of-these");
          }
        }
        case String other -> throw new AssertionError("no operator is named so: " + other);
      }
    }
    return out;
  }
}
