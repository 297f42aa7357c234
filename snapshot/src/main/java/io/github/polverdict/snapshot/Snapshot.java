package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was read of one cluster or directory.
 *
 * @param name as the user named the source
 * @param documents in the order of their ids; no two have the same group, kind, namespace and name
 * @param gaps what could not be read
 * @param findings what was wrong with what was read
 */
public record Snapshot(
    String name, List<Document> documents, List<Gap> gaps, List<Finding> findings) {
  public Snapshot {
    documents = documents.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    gaps = List.copyOf(gaps);
    findings = List.copyOf(findings);
  }

  /** The documents of a type ({@link ResourceId#type()}), whatever their version, in order. */
  public List<Document> ofKind(String type) {
    return documents.stream().filter(d -> d.id().type().equals(type)).toList();
  }

  /** The documents of any of the types, in order. */
  public List<Document> ofKinds(Set<String> types) {
    return documents.stream().filter(d -> types.contains(d.id().type())).toList();
  }

  /** The document with this type ({@link ResourceId#type()}), namespace and name. */
  public Optional<Document> find(String type, String namespace, String name) {
    return documents.stream()
        .filter(d ->
            d.id().type().equals(type)
                && d.id().namespace().equals(namespace)
                && d.id().name().equals(name))
        .findFirst();
  }

  /** How many documents there are of each type that nobody asked for. */
  public Map<String, Integer> unread(Set<String> known) {
    Map<String, Integer> out = new LinkedHashMap<>();
    documents.stream()
        .map(d -> d.id().type())
        .filter(k -> !known.contains(k))
        .forEach(k -> out.merge(k, 1, Integer::sum));
    return out;
  }

  /** This snapshot with other documents. */
  public Snapshot withDocuments(List<Document> others) {
    return new Snapshot(name, others, gaps, findings);
  }

  /** This snapshot with more gaps and findings. */
  public Snapshot with(List<Gap> moreGaps, List<Finding> moreFindings) {
    List<Gap> allGaps = new ArrayList<>(gaps);
    allGaps.addAll(moreGaps);
    List<Finding> allFindings = new ArrayList<>(findings);
    allFindings.addAll(moreFindings);
    return new Snapshot(name, documents, allGaps, allFindings);
  }
}
