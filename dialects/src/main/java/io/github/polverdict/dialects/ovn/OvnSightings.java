package io.github.polverdict.dialects.ovn;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds OVN-Kubernetes by its DaemonSet {@code ovnkube-node}. The DaemonSet {@code
 * ovnkube-zone-controller} reads policies for a zone's nodes and is no agent of its own.
 */
final class OvnSightings {
  private OvnSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Stream.of("ovnkube-controller", "ovnkube-node", "ovn-controller")
          .flatMap(name -> Agents.container(set, name).stream())
          .findFirst()
          .filter(_ -> set.id().name().startsWith("ovnkube-node"))
          .ifPresent(c -> out.addAll(sightings(snapshot, set, c)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    OvnSwitches switches = new OvnSwitches(snapshot, set, agent);
    List<Sighting> found =
        Agents.byVersion(
            snapshot,
            set,
            agent,
            tag ->
                new Sighting(
                    "ovn-kubernetes",
                    tag.isEmpty() ? release(agent) : tag,
                    switches.settings,
                    Optional.empty(),
                    switches.because));
    return Agents.placed(snapshot, set, found);
  }

  /** The release that a manifest is of, whose image has no version; before 1.0 it said 3. */
  private static String release(Field agent) {
    return Agents.env(agent, "OVN_DAEMONSET_VERSION")
        .filter(v -> v.matches("[0-9]+\\.[0-9]+\\.[0-9]+"))
        .orElse("");
  }
}
