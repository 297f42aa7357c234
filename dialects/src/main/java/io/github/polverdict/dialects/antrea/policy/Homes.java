package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.dialects.kubernetes.SelectedBy;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The namespaces of a snapshot, also those that are only named, and their labels. */
final class Homes {
  private final SelectedBy selectedBy;
  private final Set<String> names = new TreeSet<>();

  Homes(Snapshot snapshot) {
    this.selectedBy = new SelectedBy(snapshot);
    snapshot.documents().forEach(d -> names.add(d.id().namespace()));
    snapshot.ofKind("Namespace").forEach(n -> names.add(n.id().name()));
    names.remove("");
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** The values that some namespaces have for all of the keys, each list once. */
  List<List<String>> values(List<String> keys) {
    TreeSet<List<String>> out = new TreeSet<>(Comparator.comparing(List::toString));
    for (String name : names) {
      Map<String, String> theirs = selectedBy.labels(name);
      List<String> values = new ArrayList<>();
      keys.forEach(k -> Optional.ofNullable(theirs.get(k)).ifPresent(values::add));
      if (values.size() == keys.size()) {
        out.add(values);
      }
    }
    return List.copyOf(out);
  }
}
