package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.engine.AddressAtoms;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds everybody who can be an end of a flow in a snapshot. A pure function. */
public final class UniverseBuilder {
  private UniverseBuilder() {}

  /** The namespaces that a snapshot declares, with their labels. */
  public static Map<String, Labels> namespaces(Snapshot snapshot) {
    return new Namespaces(snapshot).declared();
  }

  /**
   * The endpoints and Services of a snapshot.
   *
   * @param model the policies, which say where the outside is cut into ranges
   */
  public static Compiled<Universe> build(Snapshot snapshot, PolicyModel model, Grouping grouping) {
    Ground ground = new Ground(snapshot, model, grouping);
    Nodes nodes = new Nodes(ground);
    List<Endpoint> inside = new ArrayList<>(new Pods(ground, nodes).all());
    inside.addAll(Hidden.of(ground));
    inside.addAll(nodes.all());
    inside.sort(Comparator.comparing(Endpoint::id));
    Backends backends = new Backends(ground, inside);
    List<Service> services = new Services(ground, backends).all();
    List<Endpoint> all = new ArrayList<>(inside);
    all.addAll(Externals.of(AddressAtoms.of(model), backends.outside(), ground.families));
    return new Compiled<>(new Universe(all, services), ground.allFindings());
  }
}
