package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an input of one session says, as far as verdicts can depend on it. Addresses count
 * elsewhere.
 */
final class Likeness {
  /**
   * Labels that controllers give anew in every cluster, that number pods, and that say where they
   * run ({@code kubernetes.io/docs/reference/labels-annotations-taints}).
   */
  static final Set<String> GIVEN =
      Set.of(
          "pod-template-hash",
          "controller-revision-hash",
          "pod-template-generation",
          "controller-uid",
          "batch.kubernetes.io/controller-uid",
          "job-name",
          "batch.kubernetes.io/job-name",
          "batch.kubernetes.io/job-completion-index",
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone");

  /** What the API server fills in for a Service; the numbers of its ports are never the cause. */
  private static final Set<String> FILLED =
      Set.of(
          "clusterIP",
          "clusterIPs",
          "nodePort",
          "ipFamilies",
          "ipFamilyPolicy",
          "sessionAffinity",
          "healthCheckNodePort");

  private final Parts parts;
  private final Map<String, TreeSet<String>> workloads = new HashMap<>();

  Likeness(Session session, Parts parts) {
    this.parts = parts;
    for (Endpoint endpoint : session.universe().endpoints()) {
      if (!endpoint.namespace().isEmpty()) {
        workloads.computeIfAbsent(endpoint.shownAs(), _ -> new TreeSet<>()).add(text(endpoint));
      }
    }
  }

  private static String text(Endpoint endpoint) {
    return endpoint.kind()
        + " "
        + labels(endpoint)
        + " "
        + endpoint.facts().serviceAccount()
        + " "
        + endpoint.ports();
  }

  /** The labels of a pod without those that are given anew in every cluster. */
  static Map<String, String> labels(Endpoint endpoint) {
    Map<String, String> out = new TreeMap<>(endpoint.facts().labels().known());
    out.keySet().removeAll(GIVEN);
    return out;
  }

  /** Equal for inputs that no verdict can tell apart. */
  String of(Ingredient input) {
    List<Document> documents = parts.of(input);
    return switch (input.kind()) {
      case WORKLOAD -> workloads.getOrDefault(input.name(), new TreeSet<>()).toString();
      case NAMESPACE -> namespaceLabels(documents).toString();
      case SERVICE ->
          documents.stream()
              .filter(d -> d.id().kind().equals("Service"))
              .map(d -> Trees.text(d.at("spec").value(), FILLED))
              .findFirst()
              .orElse("");
      case POLICY, CONFIGURATION -> text(documents);
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE, NODES -> exactly(documents);
    };
  }

  /** Whether it has rules; what it is called by others is no matter then. */
  static boolean isPolicy(Document document) {
    return document.id().kind().endsWith("Policy");
  }

  /** All that objects say but how they came about and, of policies, how they are labelled. */
  private static String text(List<Document> documents) {
    Set<String> without = Set.of("apiVersion", "kind", "metadata", "status");
    List<String> out = new ArrayList<>();
    for (Document document : documents) {
      Map<String, Value> said = new LinkedHashMap<>(document.root().entries());
      said.keySet().removeAll(without);
      out.add(
          document.id().text()
              + (isPolicy(document) ? "" : document.at("metadata", "labels").strings())
              + Trees.text(new Value.Mapping(said, document.root().mark()), Set.of()));
    }
    return out.stream().sorted().toList().toString();
  }

  /** Equal only for documents that say the same in every field. */
  static String exactly(List<Document> documents) {
    return documents.stream().map(d -> Trees.text(d.root(), Set.of())).sorted().toList().toString();
  }

  /** The labels of an object. */
  static Map<String, String> labels(Document document) {
    return document.at("metadata", "labels").strings();
  }

  /** The labels of a namespace without the automatic one. */
  static Map<String, String> namespaceLabels(List<Document> documents) {
    Map<String, String> out = new TreeMap<>();
    documents.forEach(d -> out.putAll(d.at("metadata", "labels").strings()));
    out.remove("kubernetes.io/metadata.name");
    return out;
  }
}
