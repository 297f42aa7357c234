package io.github.polverdict.cli;

import io.github.polverdict.snapshot.Snapshot;
import java.nio.file.Path;

/**
 * Tells clusters apart: by the UID of the namespace kube-system, which lives as long as they do.
 */
final class ClusterUid {
  private ClusterUid() {}

  /** Empty when it is not known. */
  static String of(Snapshot snapshot) {
    return snapshot
        .find("Namespace", "", "kube-system")
        .flatMap(d -> d.at("metadata", "uid").string())
        .orElse("");
  }

  /** Fails when a file that an option names is not surely of a snapshot's cluster. */
  static void check(String option, Path file, String uid, Snapshot snapshot) {
    String here = of(snapshot);
    if (!uid.isEmpty() && here.equals(uid)) {
      return;
    }
    String there =
        here.isEmpty() ? "the UID of its namespace kube-system is not known" : "it is " + here;
    throw new Complaint(
        ExitCode.USAGE,
        uid.isEmpty()
            ? "%s: %s does not say of which cluster it is; save it again from the running cluster"
                .formatted(option, file)
            : "%s: %s is evidence of the cluster with kube-system %s, and of %s %s"
                .formatted(option, file, uid, snapshot.name(), there));
  }
}
