package io.github.polverdict.questions.naming;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything in a universe that has a name, by the names that users say. */
final class Names {
  /** The kind of the owner of a stand-in for pods that could not be read. */
  static final String HIDDEN = "Hidden";

  private static final Map<String, String> KINDS = kinds();

  private final Universe universe;
  private final Map<String, Map<String, List<Endpoint>>> workloads =
      new TreeMap<>(); // shop/web → kind
  private final Map<String, List<Endpoint>> namespaces = new TreeMap<>();
  private final Map<String, Service> services = new TreeMap<>();

  Names(Universe universe) {
    this.universe = universe;
    for (Endpoint endpoint : universe.endpoints()) {
      if (endpoint.kind() == Kind.POD || endpoint.kind() == Kind.HOST_POD) {
        String name = endpoint.namespace() + "/" + endpoint.owner().name();
        workloads
            .computeIfAbsent(name, _ -> new TreeMap<>())
            .computeIfAbsent(endpoint.owner().kind(), _ -> new ArrayList<>())
            .add(endpoint);
        namespaces.computeIfAbsent(endpoint.namespace(), _ -> new ArrayList<>()).add(endpoint);
      }
    }
    universe.services().forEach(s -> services.put(s.namespace() + "/" + s.name(), s));
  }

  private static Map<String, String> kinds() {
    Map<String, String> out = new LinkedHashMap<>();
    String[][] rows = {
      {"Pod", "po"}, {"Deployment", "deploy"}, {"ReplicaSet", "rs"}, {"StatefulSet", "sts"},
      {"DaemonSet", "ds"}, {"Job"}, {"CronJob", "cj"}, {"ReplicationController", "rc"},
      {"Service", "svc"}, {"Node", "no"}
    };
    for (String[] row : rows) {
      String full = row[0].toLowerCase(Locale.ROOT);
      out.put(full, row[0]);
      out.put(full + "s", row[0]);
      for (int i = 1; i < row.length; i++) {
        out.put(row[i], row[0]);
      }
    }
    return out;
  }

  /** The kind of object that kubectl's word stands for. */
  static Optional<String> kind(String word) {
    return Optional.ofNullable(KINDS.get(word.toLowerCase(Locale.ROOT)));
  }

  /** The shortest word for a kind. */
  static String word(String kind) {
    return KINDS.entrySet().stream()
        .filter(e -> e.getValue().equals(kind))
        .map(Map.Entry::getKey)
        .min(Comparator.comparing(String::length))
        .orElse(kind);
  }

  boolean isNamespace(String name) {
    return namespaces.containsKey(name)
        || universe.services().stream().anyMatch(s -> s.namespace().equals(name));
  }

  List<Endpoint> inNamespace(String name) {
    return namespaces.getOrDefault(name, List.of());
  }

  Optional<Service> service(String namespace, String name) {
    return Optional.ofNullable(services.get(namespace + "/" + name));
  }

  Optional<Endpoint> node(String name) {
    return universe.node(name);
  }

  /** What users may mean by a name, by kind; a pod by its own name is of kind Pod. */
  Map<String, List<Endpoint>> called(String namespace, String name) {
    String key = namespace + "/" + name;
    Map<String, List<Endpoint>> out = new TreeMap<>(workloads.getOrDefault(key, Map.of()));
    inNamespace(namespace).stream()
        .filter(e -> e.id().equals(key) || e.id().equals("pod/" + key))
        .findFirst()
        .ifPresent(pod -> out.put("Pod", List.of(pod)));
    return out.isEmpty() ? standIn(namespace) : out;
  }

  /** What stands for the pods of a namespace that could not be read, or was not even heard of. */
  private Map<String, List<Endpoint>> standIn(String namespace) {
    return universe
        .endpoint(namespace + "/*")
        .or(() -> isNamespace(namespace) ? Optional.empty() : universe.endpoint("*/*"))
        .map(e -> Map.of(e.owner().kind(), List.of(e)))
        .orElse(Map.of());
  }

  /** Names much like the given one, best first, at most three. */
  List<String> like(String asked) {
    String wanted = asked.toLowerCase(Locale.ROOT);
    Set<String> all = new TreeSet<>(workloads.keySet());
    services.keySet().forEach(s -> all.add("svc/" + s));
    universe.endpoints().stream().filter(e -> e.kind() == Kind.NODE).forEach(n -> all.add(n.id()));
    Set<String> out = new LinkedHashSet<>();
    String last = wanted.substring(wanted.lastIndexOf('/') + 1);
    all.stream().filter(n -> n.endsWith("/" + last)).limit(3).forEach(out::add);
    all.stream()
        .map(n -> Map.entry(distance(wanted, n), n))
        .filter(e -> e.getKey() <= 1 + wanted.length() / 4)
        .sorted(
            Map.Entry.<Integer, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
        .limit(3)
        .forEach(e -> out.add(e.getValue()));
    return out.stream().limit(3).toList();
  }

  /** How many letters must be put in, left out or exchanged. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int kept = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
