package io.github.polverdict.lab.recreate;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The numbers that Services send to, of each pod behind them. */
final class Targets {
  private Targets() {}

  static Map<String, Set<Port>> of(Snapshot snapshot, Map<String, Stand> stands) {
    Map<String, Set<Port>> out = new TreeMap<>();
    for (Document service : snapshot.ofKind("Service")) {
      Map<String, String> selector = service.at("spec", "selector").strings();
      stands.forEach((id, stand) -> {
        boolean behind =
            id.startsWith(service.id().namespace() + "/")
                && !selector.isEmpty()
                && stand.labels().entrySet().containsAll(selector.entrySet());
        if (behind) {
          Set<Port> ports = out.computeIfAbsent(id, _ -> new TreeSet<>());
          service.at("spec", "ports").items().forEach(p -> number(p).ifPresent(ports::add));
        }
      });
    }
    return out;
  }

  private static java.util.Optional<Port> number(Field port) {
    Field target = port.get("targetPort").present() ? port.get("targetPort") : port.get("port");
    return target.integer().map(n -> new Port(n, port.get("protocol").text("TCP")));
  }
}
