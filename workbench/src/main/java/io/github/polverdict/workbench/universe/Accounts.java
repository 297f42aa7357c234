package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The labels of service accounts, which are not known where nothing declares the account. */
final class Accounts {
  private static final String KIND = "ServiceAccount";

  private final Snapshot snapshot;
  private final Map<String, Labels> labels = new HashMap<>();

  Accounts(Snapshot snapshot) {
    this.snapshot = snapshot;
    for (Document account : snapshot.ofKind(KIND)) {
      labels.put(
          Namespaces.of(account) + "/" + account.id().name(),
          Labels.of(account.at("metadata", "labels").strings()));
    }
  }

  /** Those of the account; one called default has none unless an object says so. */
  Labels labels(String namespace, String name, Origin mention) {
    return labels.computeIfAbsent(namespace + "/" + name, _ -> unknown(namespace, name, mention));
  }

  private Labels unknown(String namespace, String name, Origin mention) {
    Optional<Gap> hiding =
        snapshot.gaps().stream().filter(g -> g.mayHold(KIND) && g.mayTouch(namespace)).findFirst();
    if (hiding.isEmpty() && name.equals("default")) {
      return Labels.NONE;
    }
    String what = "the labels of service account " + namespace + "/" + name;
    Doubt doubt =
        hiding
            .map(g -> new Doubt.NotReadable(what, Namespaces.why(g), g.origin()))
            .orElseGet(
                () -> new Doubt.NotReadable(what, "no ServiceAccount object declares it", mention));
    return new Labels(Map.of(), Optional.of(doubt));
  }
}
