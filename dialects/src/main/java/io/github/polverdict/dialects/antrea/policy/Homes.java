package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The namespaces of a snapshot, also those that are only named, and their labels. */
final class Homes {
  private final Map<String, Map<String, String>> labels = new TreeMap<>();

  Homes(Snapshot snapshot) {
    for (Document document : snapshot.documents()) {
      if (!document.id().namespace().isEmpty()) {
        labels.putIfAbsent(document.id().namespace(), Map.of());
      }
    }
    for (Document namespace : snapshot.ofKind("Namespace")) {
      labels.put(namespace.id().name(), namespace.at("metadata", "labels").strings());
    }
    labels.replaceAll(Homes::named);
  }

  private static Map<String, String> named(String name, Map<String, String> labels) {
    Map<String, String> out = new HashMap<>(labels);
    out.put("kubernetes.io/metadata.name", name);
    return out;
  }

  List<String> names() {
    return List.copyOf(labels.keySet());
  }

  /** The values that some namespaces have for all of the keys, each list once. */
  List<List<String>> values(List<String> keys) {
    TreeSet<List<String>> out = new TreeSet<>(Comparator.comparing(List::toString));
    for (Map<String, String> theirs : labels.values()) {
      List<String> values = new ArrayList<>();
      keys.forEach(k -> Optional.ofNullable(theirs.get(k)).ifPresent(values::add));
      if (values.size() == keys.size()) {
        out.add(values);
      }
    }
    return List.copyOf(out);
  }
}
