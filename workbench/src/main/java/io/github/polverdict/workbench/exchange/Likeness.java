package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Trees.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
  /** Labels that controllers give anew in every cluster. */
  private static final Set<String> GIVEN =
      Set.of(
          "pod-template-hash",
          "controller-revision-hash",
          "pod-template-generation",
          "controller-uid",
          "batch.kubernetes.io/controller-uid");

  /** What the API server fills in, or what only says how an object came about. */
  private static final Set<String> FILLED =
      Set.of(
          "status",
          "annotations",
          "managedFields",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "selfLink",
          "ownerReferences",
          "finalizers",
          "clusterIP",
          "clusterIPs",
          "nodePort",
          "ipFamilies",
          "ipFamilyPolicy",
          "sessionAffinity",
          "healthCheckNodePort");

  private static final String TOLD_APART_BY =
      ".*/metadata/labels(/.*)?|.*/hostNetwork|.*/serviceAccountName|.*/(initC|c)ontainers/[0-9]+/ports(/.*)?";

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
      case POLICY, CONFIGURATION ->
          documents.stream()
              .map(d -> d.id().text() + Trees.text(d.root(), FILLED))
              .sorted()
              .toList()
              .toString();
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE, NODES -> exactly(input);
    };
  }

  /** Equal only for documents that say the same in every field. */
  String exactly(Ingredient input) {
    return parts.of(input).stream()
        .map(d -> Trees.text(d.root(), Set.of()))
        .sorted()
        .toList()
        .toString();
  }

  /** The places at which two objects differ, without what the API server fills in. */
  static List<Leaf> leaves(Document a, Document b) {
    TreeSet<String> keys = new TreeSet<>(a.root().entries().keySet());
    keys.addAll(b.root().entries().keySet());
    keys.removeAll(Set.of("apiVersion", "kind", "metadata"));
    return keys.stream()
        .flatMap(k -> Trees.differences(a.at(k).value(), b.at(k).value(), k).stream())
        .filter(l -> Arrays.stream(l.pointerA().split("/", -1)).noneMatch(FILLED::contains))
        .toList();
  }

  /** The places of two workloads or pods at which what policies tell pods apart by differs. */
  static List<Leaf> ofPods(Document a, Document b) {
    List<Leaf> out = new ArrayList<>(leaves(a, b));
    if (a.id().kind().equals("Pod")) {
      Trees.differences(a.at("metadata").value(), b.at("metadata").value(), "metadata").stream()
          .filter(l -> l.pointerA().startsWith("/metadata/labels/"))
          .forEach(out::add);
    }
    out.removeIf(l -> !l.pointerA().matches(TOLD_APART_BY));
    return out;
  }

  /** The labels of a namespace without the automatic one. */
  static Map<String, String> namespaceLabels(List<Document> documents) {
    Map<String, String> out = new TreeMap<>();
    documents.forEach(d -> out.putAll(d.at("metadata", "labels").strings()));
    out.remove("kubernetes.io/metadata.name");
    return out;
  }
}
