package io.github.polverdict.dialects.api;

import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one engine reads documents. Found by {@link java.util.ServiceLoader}. Its profile lies beside
 * its class as {@code <id>.yaml}.
 */
public interface Dialect {

  /** Lower case, as {@code kube-router}. */
  String id();

  /**
   * Other names that a user may say, each with the settings that it stands for; {@code k3s} for
   * example.
   */
  default Map<String, Map<String, String>> aliases() {
    return Map.of();
  }

  /**
   * The kinds of object that this engine takes policies from, in any version; a gap in one of them
   * raises a doubt.
   */
  Set<PolicyKind> policyKinds();

  /** Those among them that the engine reads in this version and configuration. */
  default Set<PolicyKind> policyKinds(Context context) {
    return policyKinds();
  }

  /** The definitions of the engine's own kinds that lie beside its class. */
  default List<Bundle> definitions() {
    return List.of();
  }

  /** Labels of its own, beside that of Kubernetes, that hold the name of a namespace. */
  default Set<String> namespaceLabels() {
    return Set.of();
  }

  /** Where this engine was seen in a snapshot; none when it was not. */
  List<Sighting> recognise(Snapshot snapshot);

  /** How the engine reads the policies of a snapshot; what they share is looked up once. */
  Policies policies(Snapshot snapshot, Context context);

  /** What holds for the engine as a whole: tiers, passages, traits. */
  Frame frame(Snapshot snapshot, Context context);
}
