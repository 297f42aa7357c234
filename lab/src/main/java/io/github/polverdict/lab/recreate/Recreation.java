package io.github.polverdict.lab.recreate;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A snapshot as manifests for a lab. Policies come after the pods, when the lab has given
 * addresses.
 */
public final class Recreation {
  private static final Set<String> WORKLOADS =
      Set.of(
          "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "ReplicationController");
  private static final Set<String> KEPT_OF_SERVICES =
      Set.of(
          "type",
          "selector",
          "ports",
          "sessionAffinity",
          "externalTrafficPolicy",
          "internalTrafficPolicy",
          "publishNotReadyAddresses");

  private final Snapshot snapshot;
  private final Naming naming;
  private final Wanted wanted;
  private final Slices slices;
  private final Map<String, Stand> stands = new TreeMap<>();
  private final Set<String> left = new LinkedHashSet<>();

  /**
   * What of a snapshot is wanted.
   *
   * @param policies types of documents that are taken over as they are
   * @param listening by a pod's {@code namespace/name}, ports to listen on beside those declared
   * @param nodes by a node's name, the lab's node in its place
   * @param onePerWorkload whether pods that policies can't tell apart become one
   * @param guest the lab is a part of a cluster, and shall leave the rest of it alone
   */
  public record Wanted(
      Set<String> policies,
      Map<String, Set<Port>> listening,
      Map<String, String> nodes,
      boolean onePerWorkload,
      boolean guest) {
    public Wanted {
      policies = Set.copyOf(policies);
      listening = Map.copyOf(listening);
      nodes = Map.copyOf(nodes);
    }
  }

  public Recreation(Snapshot snapshot, Naming naming, Wanted wanted) {
    this.snapshot = snapshot;
    this.naming = naming;
    this.wanted = wanted;
    this.slices = new Slices(snapshot, naming);
    snapshot.ofKind("Pod").forEach(this::pod);
    WORKLOADS.stream().sorted().forEach(kind -> snapshot.ofKind(kind).forEach(this::workload));
  }

  /** What is not recreated, each as a sentence. */
  public Set<String> left() {
    return left;
  }

  /** The pods that stand for others, as {@code namespace/name} of the snapshot. */
  public Set<String> pods() {
    return stands.keySet();
  }

  private void pod(Document pod) {
    String phase = pod.at("status", "phase").text("Running");
    String id = pod.id().namespace() + "/" + pod.id().name();
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      left.add("Pod " + id + ": it has ended");
      return;
    }
    Stand stand = Stand.ofPod(pod);
    if (wanted.guest() && stand.onHost()) {
      left.add("Pod " + id + ": the network of the cluster's nodes is not the lab's");
      return;
    }
    boolean again =
        wanted.onePerWorkload()
            && stands.entrySet().stream()
                .anyMatch(other ->
                    other.getKey().startsWith(pod.id().namespace() + "/")
                        && Likeness.of(other.getValue()).equals(Likeness.of(stand)));
    if (!again) {
      stands.put(id, stand);
    }
  }

  /** A workload whose pods were not read, or are none, gets one. */
  private void workload(Document workload) {
    Field template = workload.at("spec", "template");
    if (!template.present() || !workload.at("metadata", "ownerReferences").items().isEmpty()) {
      return;
    }
    Stand stand = Stand.ofTemplate(template);
    boolean has =
        snapshot.ofKind("Pod").stream()
            .filter(p -> p.id().namespace().equals(workload.id().namespace()))
            .anyMatch(p ->
                p.at("metadata", "labels")
                    .strings()
                    .entrySet()
                    .containsAll(stand.labels().entrySet()));
    if (!has) {
      stands.putIfAbsent(workload.id().namespace() + "/" + workload.id().name(), stand);
    }
  }

  /**
   * Namespaces and accounts.
   *
   * @param labels of the namespaces beside their own
   */
  public Manifests foundation(Map<String, String> labels) {
    List<Map<String, Object>> out = new ArrayList<>();
    Map<String, Map<String, String>> namespaces = new TreeMap<>();
    naming.namespaces().forEach(n -> namespaces.put(n, Map.of()));
    snapshot
        .ofKind("Namespace")
        .forEach(d -> namespaces.put(d.id().name(), d.at("metadata", "labels").strings()));
    namespaces.forEach((name, own) -> {
      Map<String, String> kept = new LinkedHashMap<>(own);
      kept.remove("kubernetes.io/metadata.name");
      kept.putAll(labels);
      out.add(object("v1", "Namespace", Map.of("name", naming.of(name), "labels", kept)));
    });
    Set<String> accounts = new TreeSet<>();
    stands.forEach((id, stand) -> accounts.add(namespace(id) + "/" + stand.account()));
    for (String account : accounts) {
      String[] parts = account.split("/", 2);
      Map<String, Object> meta = new LinkedHashMap<>();
      meta.put("name", parts[1]);
      meta.put("namespace", naming.of(parts[0]));
      snapshot
          .find("ServiceAccount", parts[0], parts[1])
          .ifPresent(d -> meta.put("labels", d.at("metadata", "labels").strings()));
      out.add(object("v1", "ServiceAccount", meta));
    }
    return new Manifests(out);
  }

  /** The pods, and the Services over them. */
  public Manifests workloads() {
    List<Map<String, Object>> out = new ArrayList<>();
    Map<String, Set<Port>> targets = Targets.of(snapshot, stands);
    stands.forEach((id, stand) -> {
      Set<Port> ports = new TreeSet<>(wanted.listening().getOrDefault(id, Set.of()));
      ports.addAll(targets.getOrDefault(id, Set.of()));
      out.add(
          stand.manifest(
              naming.of(namespace(id)),
              id.substring(id.indexOf('/') + 1),
              wanted.nodes().getOrDefault(stand.node(), ""),
              ports));
    });
    snapshot.ofKind("Service").stream()
        .filter(d -> !d.id().text().equals("Service default/kubernetes"))
        .forEach(d -> service(d, out));
    return new Manifests(out);
  }

  private void service(Document service, List<Map<String, Object>> out) {
    Map<String, Object> spec = new LinkedHashMap<>(Plain.map(service.at("spec")));
    if (service.at("spec", "type").text("").equals("ExternalName")) {
      left.add(service.id().text() + ": a name outside of the cluster");
      return;
    }
    if (!service.at("spec", "selector").present() && slices.of(service).isEmpty()) {
      left.add(service.id().text() + ": it has no selector, and its endpoints are not made");
    }
    boolean headless = service.at("spec", "clusterIP").text("").equals("None");
    spec.keySet().retainAll(KEPT_OF_SERVICES);
    if (wanted.guest()) {
      inward(service, spec);
    }
    if (headless) {
      spec.put("clusterIP", "None");
    }
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("name", service.id().name());
    meta.put("namespace", naming.of(service.id().namespace()));
    meta.put("labels", service.at("metadata", "labels").strings());
    out.add(Map.of("apiVersion", "v1", "kind", "Service", "metadata", meta, "spec", named(spec)));
  }

  /** Without node ports and load balancers, which are the cluster's. */
  private void inward(Document service, Map<String, Object> spec) {
    spec.keySet().removeAll(Set.of("type", "externalTrafficPolicy"));
    if (spec.get("ports") instanceof List<?> ports) {
      List<Object> out = new ArrayList<>();
      for (Object port : ports) {
        Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) port);
        copy.remove("nodePort");
        out.add(copy);
      }
      spec.put("ports", out);
    }
    String type = service.at("spec", "type").text("ClusterIP");
    if (!type.equals("ClusterIP")) {
      left.add(service.id().text() + ": it is reached inside of the cluster only, not by " + type);
    }
  }

  /** A Service with several ports names them; a snapshot of manifests may not. */
  private static Map<String, Object> named(Map<String, Object> spec) {
    if (spec.get("ports") instanceof List<?> ports && ports.size() > 1) {
      List<Object> out = new ArrayList<>();
      for (Object port : ports) {
        Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) port);
        copy.putIfAbsent("name", "p" + out.size());
        out.add(copy);
      }
      spec.put("ports", out);
    }
    return spec;
  }

  /** The IPv4 endpoints of Services without a selector, with the addresses of the lab. */
  public Manifests slices(Addresses addresses) {
    return new Manifests(slices.manifests(addresses));
  }

  /** The policies, with the addresses that the lab has given. */
  public Manifests policies(Addresses addresses) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (Document document : snapshot.ofKinds(wanted.policies())) {
      if (wanted.guest() && document.id().namespace().isEmpty()) {
        left.add(document.id().text() + ": it would hold for the whole cluster");
        continue;
      }
      Map<String, Object> meta = new LinkedHashMap<>();
      meta.put("name", document.id().name());
      if (!document.id().namespace().isEmpty()) {
        meta.put("namespace", naming.of(document.id().namespace()));
      }
      Map<String, String> labels = document.at("metadata", "labels").strings();
      if (!labels.isEmpty()) {
        meta.put("labels", labels);
      }
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("apiVersion", document.id().apiVersion());
      whole.put("kind", document.id().kind());
      whole.put("metadata", meta);
      for (String part : List.of("spec", "specs")) {
        if (document.at(part).value() != null) {
          Object tree = Plain.of(java.util.Objects.requireNonNull(document.at(part).value()));
          Object here =
              Plain.replaced(
                  tree, part, (key, text) -> addresses.translated(naming.inPolicy(key, text)));
          whole.put(part, java.util.Objects.requireNonNull(here));
        }
      }
      out.add(whole);
    }
    return new Manifests(out);
  }

  private static String namespace(String id) {
    return id.substring(0, id.indexOf('/'));
  }

  private static Map<String, Object> object(
      String version, String kind, Map<String, Object> metadata) {
    return Map.of("apiVersion", version, "kind", kind, "metadata", metadata);
  }
}
