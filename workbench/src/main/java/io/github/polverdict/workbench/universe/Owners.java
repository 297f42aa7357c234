package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which controllers a pod belongs to, by owner references and by the names that controllers give.
 */
final class Owners {
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private final Map<String, Document> controllers = new HashMap<>();

  Owners(Snapshot snapshot) {
    for (String kind : List.of("ReplicaSet", "Job", "CronJob")) {
      snapshot
          .ofKind(kind)
          .forEach(d -> controllers.put(key(kind, Namespaces.of(d), d.id().name()), d));
    }
  }

  private static String key(String kind, String namespace, String name) {
    return kind + " " + namespace + "/" + name;
  }

  /** The controllers of a pod from the nearest to the top; none when it stands for itself. */
  List<Owner> of(Document pod) {
    List<Owner> chain = new ArrayList<>();
    Optional<Owner> nearest = controller(pod);
    while (nearest.isPresent() && chain.size() < 4) { // real chains have two links
      chain.add(nearest.get());
      nearest = above(nearest.get(), pod);
    }
    return chain;
  }

  /** The controller that an object's own references name; a Node (of a static pod) is none. */
  static Optional<Owner> controller(Document object) {
    for (Field reference : object.at("metadata", "ownerReferences").items()) {
      String kind = reference.get("kind").text("");
      String name = reference.get("name").text("");
      boolean controls = reference.get("controller").bool().orElse(false);
      if (controls && !kind.isEmpty() && !kind.equals("Node") && !name.isEmpty()) {
        return Optional.of(new Owner(kind, name));
      }
    }
    return Optional.empty();
  }

  private Optional<Owner> above(Owner owner, Document pod) {
    String namespace = Namespaces.of(pod);
    Document document = controllers.get(key(owner.kind(), namespace, owner.name()));
    if (document != null) {
      return controller(document);
    }
    return switch (owner.kind()) {
      case "ReplicaSet" -> {
        String suffix = "-" + pod.at("metadata", "labels", TEMPLATE_HASH).text("");
        yield suffix.length() > 1 ? stripped(owner, suffix, "Deployment") : Optional.empty();
      }
      case "Job" -> {
        String suffix = owner.name().replaceFirst("^.*(?=-[0-9]{8,}$)", ""); // scheduled minute
        yield stripped(owner, suffix, "CronJob")
            .filter(c -> controllers.containsKey(key("CronJob", namespace, c.name())));
      }
      case String _ -> Optional.empty();
    };
  }

  private static Optional<Owner> stripped(Owner owner, String suffix, String kind) {
    int length = owner.name().length() - suffix.length();
    return owner.name().endsWith(suffix) && length > 0
        ? Optional.of(new Owner(kind, owner.name().substring(0, length)))
        : Optional.empty();
  }
}
