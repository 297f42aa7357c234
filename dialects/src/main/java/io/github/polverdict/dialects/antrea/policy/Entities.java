package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    List<IpSet> out = new ArrayList<>();
    for (Document entity : snapshot.ofKind(TYPE)) {
      String home = entity.id().namespace();
      boolean near =
          namespaces.present()
              ? LabelQuery.read(namespaces).matches(labels(home))
              : namespace.isEmpty() || namespace.equals(home);
      if (near && wanted.matches(entity.at("metadata", "labels").strings())) {
        for (Field endpoint : entity.at("spec", "endpoints").items()) {
          endpoint.get("ip").text().flatMap(IpAddress::parse).map(IpSet::of).ifPresent(out::add);
        }
      }
    }
    return IpSet.union(out);
  }

  private Map<String, String> labels(String namespace) {
    Map<String, String> out = new HashMap<>();
    snapshot
        .find("Namespace", "", namespace)
        .ifPresent(n -> out.putAll(n.at("metadata", "labels").strings()));
    out.put("kubernetes.io/metadata.name", namespace);
    return out;
  }
}
