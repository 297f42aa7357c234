package io.github.polverdict.dialects.api.provision;

import io.github.polverdict.core.model.provision.Allowance;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a provision stands in one object, where objects of the cluster cannot speak of a pod's
 * own namespace: that part stands in each namespace.
 *
 * @param namespace empty for an object of the cluster
 */
public record Part(Provision provision, String namespace) {

  /** The parts of a provision, those of namespaces first. */
  public static List<Part> of(Provision provision) {
    List<Allowance> local =
        provision.allows().stream().filter(a -> a.peer() instanceof Peer.SameNamespace).toList();
    if (local.isEmpty()) {
      return List.of(new Part(provision, ""));
    }
    List<Part> out = new ArrayList<>();
    for (String namespace : provision.scope().today()) {
      Scope here = new Scope.Named(List.of(namespace));
      out.add(new Part(provision.only(here, local), namespace));
    }
    List<Allowance> others = provision.allows().stream().filter(a -> !local.contains(a)).toList();
    if (!others.isEmpty() || !provision.isolates().isEmpty()) {
      out.add(new Part(provision.only(provision.scope(), others), ""));
    }
    return out;
  }

  /** Where its object stands. */
  public Manifest.Place place() {
    return new Manifest.Place(namespace, provision.name());
  }
}
