package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod, or the would-be pod of a workload, with what was written of it.
 *
 * @param metadata of the pod or of the template
 * @param spec of the pod or of the template
 */
public record PodDocument(Endpoint endpoint, Field metadata, Field spec) {

  /** Those of all pods of a universe, in their order. */
  public static List<PodDocument> all(Snapshot snapshot, Universe universe) {
    Set<String> kinds = new HashSet<>(Workload.KINDS);
    kinds.add("Pod");
    Map<Origin, Document> documents = new HashMap<>();
    snapshot.ofKinds(kinds).forEach(d -> documents.put(d.origin(), d));
    List<PodDocument> out = new ArrayList<>();
    for (Endpoint endpoint : universe.endpoints()) {
      Document document = documents.get(endpoint.origin());
      boolean pod = endpoint.kind() == Kind.POD || endpoint.kind() == Kind.HOST_POD;
      if (pod && document != null) {
        Field root =
            document.id().kind().equals("Pod")
                ? document.field()
                : new Workload(document).template();
        out.add(new PodDocument(endpoint, root.get("metadata"), root.get("spec")));
      }
    }
    return out;
  }

  /** The ports that its containers declare, with and without names; empty when there are none. */
  public Optional<TrafficSet> declared() {
    TrafficSet out = TrafficSet.NONE;
    for (Field container : containers()) {
      for (Field port : container.get("ports").items()) {
        Optional<Integer> number = port.get("containerPort").integer();
        Optional<Protocol> protocol = PodSpecs.protocol(port.get("protocol"));
        if (number.isPresent() && protocol.isPresent()) {
          out = out.or(TrafficSet.of(protocol.get(), number.get(), number.get()));
        }
      }
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(out);
  }

  /** Its containers, native sidecars (KEP-753) included. */
  public List<Field> containers() {
    List<Field> out = new ArrayList<>(spec.get("containers").items());
    spec.get("initContainers").items().stream()
        .filter(c -> c.get("restartPolicy").text("").equals("Always"))
        .forEach(out::add);
    return out;
  }
}
