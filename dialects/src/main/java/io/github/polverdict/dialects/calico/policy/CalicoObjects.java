package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calico's own objects, which a cluster serves under two API groups: as stored ({@code
 * crd.projectcalico.org}) and through Calico's API server ({@code projectcalico.org}). One that is
 * there twice counts once, as the API server gives it.
 */
public final class CalicoObjects {
  private static final String SERVED = ".projectcalico.org";
  private static final String STORED = ".crd.projectcalico.org";

  private CalicoObjects() {}

  /** The types that a kind of Calico's goes by. */
  public static Set<String> types(String kind) {
    return Set.of(kind + SERVED, kind + STORED);
  }

  public static List<Document> all(Snapshot snapshot, String kind) {
    Map<String, Document> out = new LinkedHashMap<>();
    snapshot.ofKinds(types(kind)).stream()
        .sorted(Comparator.comparing((Document d) -> d.id().type().endsWith(STORED)))
        .forEach(d -> out.putIfAbsent(d.id().namespace() + "/" + d.id().name(), d));
    return List.copyOf(out.values());
  }

  public static Optional<Document> find(Snapshot snapshot, String kind, String name) {
    return snapshot.find(kind + SERVED, "", name).or(() -> snapshot.find(kind + STORED, "", name));
  }

  /** Whether objects of the kind may be missing. */
  public static boolean mayLack(Snapshot snapshot, String kind) {
    return snapshot.gaps().stream().anyMatch(g -> types(kind).stream().anyMatch(g::mayHold));
  }

  /** Whether it was read through Calico's API server, which checks it. */
  static boolean isServed(Document document) {
    return !document.id().type().endsWith(STORED);
  }
}
