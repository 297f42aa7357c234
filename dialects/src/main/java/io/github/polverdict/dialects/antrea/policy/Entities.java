package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.SelectedBy;
import io.github.polverdict.snapshot.AddressTexts;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** ExternalEntities: machines outside of the cluster that have labels, and addresses. */
final class Entities {
  static final String TYPE = "ExternalEntity.crd.antrea.io";

  private final Snapshot snapshot;

  Entities(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The addresses of those that selectors mean.
   *
   * @param namespace that they are confined to without a namespaceSelector; empty for all
   */
  IpSet of(Field selector, Field namespaces, String namespace) {
    LabelQuery wanted = LabelQuery.read(selector);
    SelectedBy known = new SelectedBy(snapshot);
    List<IpSet> out = new ArrayList<>();
    for (Document entity : snapshot.ofKind(TYPE)) {
      String home = entity.id().namespace();
      boolean near =
          namespaces.present()
              ? LabelQuery.read(namespaces).matches(known.labels(home))
              : namespace.isEmpty() || namespace.equals(home);
      if (near && wanted.matches(entity.at("metadata", "labels").strings())) {
        List<Field> endpoints = entity.at("spec", "endpoints").items();
        out.add(AddressTexts.read(endpoints.stream().map(e -> e.get("ip"))));
      }
    }
    return IpSet.union(out);
  }
}
