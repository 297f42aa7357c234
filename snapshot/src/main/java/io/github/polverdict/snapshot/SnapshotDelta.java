package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What makes one snapshot of another: objects that came, changed or went, and the gaps and findings
 * that hold then. Applying one twice is applying it once, and of two that concern the same object
 * the later one counts; those that do not may be applied in any order.
 *
 * @param changes by object, in order
 * @param gaps all that hold afterwards
 * @param findings all that hold afterwards
 */
public record SnapshotDelta(List<Change> changes, List<Gap> gaps, List<Finding> findings) {

  /**
   * One object's change.
   *
   * @param after its new state; empty when it went
   */
  public record Change(ResourceId id, Optional<Document> after) {}

  public SnapshotDelta {
    changes = List.copyOf(changes);
    gaps = List.copyOf(gaps);
    findings = List.copyOf(findings);
  }

  /**
   * What leads from one snapshot to another; objects that only have another version are left out.
   */
  public static SnapshotDelta between(Snapshot before, Snapshot after) {
    Map<ResourceId, Document> known = byId(before);
    Map<ResourceId, Change> changes = new TreeMap<>();
    for (Document document : after.documents()) {
      Document old = known.remove(document.id());
      if (old == null || (old != document && !old.saysWhat(document))) {
        changes.put(document.id(), new Change(document.id(), Optional.of(document)));
      }
    }
    known.keySet().forEach(id -> changes.put(id, new Change(id, Optional.empty())));
    return new SnapshotDelta(new ArrayList<>(changes.values()), after.gaps(), after.findings());
  }

  private static Map<ResourceId, Document> byId(Snapshot snapshot) {
    Map<ResourceId, Document> out = new TreeMap<>();
    snapshot.documents().forEach(d -> out.put(d.id(), d));
    return out;
  }

  /** The snapshot after these changes. */
  public Snapshot applyTo(Snapshot before) {
    Map<ResourceId, Document> documents = byId(before);
    for (Change change : changes) {
      change
          .after()
          .ifPresentOrElse(d -> documents.put(d.id(), d), () -> documents.remove(change.id()));
    }
    return new Snapshot(before.name(), new ArrayList<>(documents.values()), gaps, findings);
  }

  /** Only one of the changes, with the gaps that held before. */
  public SnapshotDelta only(Change change, Snapshot before) {
    return new SnapshotDelta(List.of(change), before.gaps(), before.findings());
  }
}
