package io.github.polverdict.lab.recreate;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The IPv4 endpoints of Services without a selector, which nobody but their author makes. */
record Slices(Snapshot snapshot, Naming naming) {
  /** The label of an EndpointSlice that names its Service. */
  private static final String OF = "kubernetes.io/service-name";

  List<Document> of(Document service) {
    return snapshot.ofKind("EndpointSlice").stream()
        .filter(s -> s.id().namespace().equals(service.id().namespace()))
        .filter(s -> service.id().name().equals(s.at("metadata", "labels").strings().get(OF)))
        .toList();
  }

  List<Map<String, Object>> manifests(Addresses addresses) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (Document service : snapshot.ofKind("Service")) {
      boolean own = !service.at("spec", "selector").present();
      for (Document slice : own ? of(service) : List.<Document>of()) {
        if (slice.at("addressType").text("").equals("IPv4")) {
          out.add(slice(service, slice, addresses));
        }
      }
    }
    return out;
  }

  private Map<String, Object> slice(Document service, Document slice, Addresses addresses) {
    List<Object> endpoints = new ArrayList<>();
    for (Field endpoint : slice.at("endpoints").items()) {
      Map<String, Object> kept = new LinkedHashMap<>(Plain.map(endpoint));
      kept.keySet().retainAll(Set.of("addresses", "conditions"));
      endpoints.add(
          Objects.requireNonNull(
              Plain.replaced(kept, "", (_, text) -> addresses.translated(text))));
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("apiVersion", slice.id().apiVersion());
    whole.put("kind", "EndpointSlice");
    whole.put(
        "metadata",
        Map.of(
            "name",
            slice.id().name(),
            "namespace",
            naming.of(slice.id().namespace()),
            "labels",
            Map.of(OF, service.id().name())));
    whole.put("addressType", "IPv4");
    whole.put("endpoints", endpoints);
    List<Map<String, Object>> ports = slice.at("ports").items().stream().map(Plain::map).toList();
    whole.put("ports", ports);
    return whole;
  }
}
