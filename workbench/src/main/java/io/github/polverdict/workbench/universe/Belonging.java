package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** To which workload the Pods and workload objects of a snapshot belong. */
public final class Belonging {
  private final Owners owners;
  private final Grouping grouping;

  public Belonging(Snapshot snapshot, Grouping grouping) {
    this.owners = new Owners(snapshot);
    this.grouping = grouping;
  }

  /** The workload as it is shown, {@code shop/web[Deployment]}; empty for other objects. */
  public Optional<String> of(Document document) {
    boolean pod = document.id().kind().equals("Pod");
    if (!pod && !Workload.KINDS.contains(document.id().kind())) {
      return Optional.empty();
    }
    Owner self = new Owner(document.id().kind(), document.id().name());
    List<Owner> above = pod ? owners.of(document) : Owners.controller(document).stream().toList();
    Owner shown =
        switch (grouping) {
          case WORKLOAD -> above.isEmpty() ? self : above.getLast();
          case CONTROLLER -> pod && !above.isEmpty() ? above.getFirst() : self;
        };
    return Optional.of(Namespaces.of(document) + "/" + shown.name() + "[" + shown.kind() + "]");
  }
}
