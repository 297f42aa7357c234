package io.github.polverdict.live.canary;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.polverdict.core.model.canary.CanaryStep.CanaryPolicy;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policies that are there at the moment. */
final class Policies {
  private final ClusterWrites writes;
  private final String namespace;
  private final Map<String, NetworkPolicy> there = new LinkedHashMap<>();

  Policies(ClusterWrites writes, String namespace) {
    this.writes = writes;
    this.namespace = namespace;
  }

  /**
   * When the server had taken a change, on the clock of {@link System#nanoTime}. In between both
   * the old and the new policies are there, which allow together what each of them allows.
   *
   * @param added since when what new policies allow should pass
   * @param removed since when only that should
   */
  record Changed(long added, long removed) {}

  /** Makes these policies be there and no others. */
  Changed change(List<CanaryPolicy> wanted) throws Fault.Thrown {
    List<String> names = wanted.stream().map(CanaryPolicy::name).toList();
    for (CanaryPolicy policy : wanted) {
      if (!there.containsKey(policy.name())) {
        NetworkPolicy object = Serialization.unmarshal(policy.json(), NetworkPolicy.class);
        object.getMetadata().setNamespace(namespace);
        there.put(policy.name(), writes.create(object));
      }
    }
    long added = System.nanoTime();
    for (NetworkPolicy old : List.copyOf(there.values())) {
      String name = old.getMetadata().getName();
      if (!names.contains(name)) {
        writes.delete(old);
        there.remove(name);
      }
    }
    return new Changed(added, System.nanoTime());
  }
}
