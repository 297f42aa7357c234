package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ports of nodes that lead to Services. The API server gives them by chance, so a call of a
 * Service's node port in one cluster corresponds to one in the other whatever their numbers are.
 */
final class NodePorts {
  private NodePorts() {}

  /** The second with the numbers that the first has for the same ports of the same Services. */
  static Snapshot told(Snapshot first, Snapshot second) {
    Map<ResourceId, Map<String, Field>> known = new HashMap<>();
    for (Document service : first.ofKind("Service")) {
      Map<String, Field> ports = new HashMap<>();
      service
          .at("spec", "ports")
          .items()
          .forEach(p -> ports.putIfAbsent(key(p), p.get("nodePort")));
      known.put(service.id(), ports);
    }
    boolean other = false;
    List<Document> out = new ArrayList<>();
    for (Document document : second.documents()) {
      Document told =
          document.id().kind().equals("Service")
              ? told(document, known.getOrDefault(document.id(), Map.of()))
              : document;
      other |= told != document;
      out.add(told);
    }
    return other ? second.withDocuments(out) : second;
  }

  private static String key(Field port) {
    return port.get("protocol").text("TCP") + " " + port.get("port").text("");
  }

  private static Document told(Document service, Map<String, Field> known) {
    List<Value> ports = new ArrayList<>();
    for (Field port : service.at("spec", "ports").items()) {
      Field number = known.getOrDefault(key(port), port.get("nodePort"));
      boolean both = number.present() && port.get("nodePort").present();
      ports.add(
          both && port.value() instanceof Mapping m && number.value() instanceof Value v
              ? Trees.with(m, "nodePort", v)
              : Objects.requireNonNull(port.value()));
    }
    Value list = service.at("spec", "ports").value();
    if (list == null || Trees.same(list, new Sequence(ports, list.mark()))) {
      return service;
    }
    Value root =
        Trees.set(service.root(), List.of("spec", "ports"), new Sequence(ports, list.mark()));
    return new Document(service.id(), (Mapping) root, service.source(), service.live());
  }
}
