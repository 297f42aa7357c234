package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A snapshot told with other names of namespaces, and back. A name that the second writes and that
 * would be taken for one of the first's gets one that is neither's, so that every verdict stays
 * what it was.
 */
final class Renaming {
  private static final int LONGEST = 63; // of a label's value

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> seconds = new HashMap<>();
  private final Snapshot snapshot;
  private final Correspondence map;
  private final Translation told;
  private final Translation back;

  /**
   * A way to tell a snapshot in the names of the first cluster.
   *
   * @param labels those that hold a namespace's name
   * @throws IllegalArgumentException with a sentence for the user when two things would have one
   *     name, or a rule fits nothing
   */
  Renaming(Snapshot snapshot, Correspondence map, Set<String> labels) {
    this.snapshot = snapshot;
    this.map = map;
    TreeSet<String> seen = new TreeSet<>();
    for (Document document : snapshot.documents()) {
      boolean namespace = document.id().kind().equals("Namespace");
      seen.add(namespace ? document.id().name() : document.id().namespace());
    }
    seen.remove("");
    for (String name : seen) {
      String renamed = map.namespaces().inFirst(name);
      String other = seconds.putIfAbsent(renamed, name);
      if (other != null) {
        throw new IllegalArgumentException(
            "PV070: namespaces %s and %s of the second would both be called %s; make the rules lead"
                    .formatted(other, name, renamed)
                + " to different names");
      }
      names.put(name, renamed);
    }
    List<String> idle = map.namespaces().idle(seen);
    if (!idle.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' fits no namespace of the second; it has %s"
              .formatted(idle.getFirst(), String.join(", ", seen.stream().limit(8).toList())));
    }
    Map<String, String> ranges = new TreeMap<>();
    map.ranges().forEach((first, second) -> ranges.put(second, first));
    this.told = new Translation(this::name, ranges, labels);
    this.back =
        new Translation(
            n -> seconds.getOrDefault(n, map.namespaces().inSecond(n)), map.ranges(), labels);
  }

  /** The snapshot in the names of the first cluster. */
  Snapshot told() {
    List<Document> documents = snapshot.documents().stream().map(told::of).toList();
    List<Gap> gaps = snapshot.gaps().stream().map(this::renamed).toList();
    return new Snapshot(snapshot.name(), documents, gaps, snapshot.findings());
  }

  /** An object that speaks the first's names in those of the second cluster. */
  Document inSecond(Document document) {
    return back.of(document);
  }

  private String name(String namespace) {
    return names.computeIfAbsent(
        namespace,
        _ -> {
          String first = map.namespaces().inFirst(namespace);
          boolean taken =
              seconds.containsKey(first) || !map.namespaces().inSecond(first).equals(namespace);
          String name = taken ? strange(namespace) : first;
          seconds.put(name, namespace);
          return name;
        });
  }

  /** A name that neither cluster has, for one that only the second's policies write. */
  private String strange(String namespace) {
    String name = namespace + ".of-B";
    return name.length() <= LONGEST ? name : "of-B." + namespace.hashCode();
  }

  private Gap renamed(Gap gap) {
    String namespace = gap.namespace().isEmpty() ? "" : name(gap.namespace());
    Set<String> except = gap.except().stream().map(this::name).collect(Collectors.toSet());
    return new Gap(gap.kinds(), namespace, except, gap.what(), gap.why(), gap.origin());
  }
}
