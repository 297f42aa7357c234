package io.github.polverdict.dialects.calico;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.dialects.calico.FelixSettings.Found;
import io.github.polverdict.dialects.calico.policy.CalicoObjects;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds Calico by the container calico-node of a DaemonSet, or by what its operator is to install
 * where DaemonSets were not saved; Canal when kube-flannel runs beside it. Nodes that are
 * configured otherwise are sighted on their own.
 */
final class CalicoSightings {
  /** tigera/cnx-node, later tigera/node (github.com/tigera/operator, pkg/components). */
  private static final Pattern ENTERPRISE =
      Pattern.compile("(?:.*/)?(?:cnx-node|tigera/(?:node|calico))(?:[:@].*)?");

  private static final Pattern MASQUERADE_ALL =
      Pattern.compile("(?m)^\\s*masqueradeAll:\\s*[\"']?true\\b");

  private final Snapshot snapshot;
  private final Document set;
  private final Field agent;

  private CalicoSightings(Snapshot snapshot, Document set, Field agent) {
    this.snapshot = snapshot;
    this.set = set;
    this.agent = agent;
  }

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "calico-node")
          .ifPresent(c -> out.addAll(new CalicoSightings(snapshot, set, c).all()));
    }
    if (out.isEmpty()) {
      installation(snapshot)
          .filter(d -> d.at("spec", "variant").text("Calico").equals("Calico"))
          .filter(d -> !d.live() || snapshot.gaps().stream().anyMatch(g -> g.mayHold("DaemonSet")))
          .ifPresent(d ->
              out.addAll(
                  new CalicoSightings(snapshot, d, d.at("spec", "calicoNodeDaemonSet"))
                      .ofOperator()));
    }
    return out;
  }

  /** What Calico's operator is told to install, and says that it has. */
  static Optional<Document> installation(Snapshot snapshot) {
    return snapshot.find("Installation.operator.tigera.io", "", "default");
  }

  private List<Sighting> all() {
    return Agents.byVersion(snapshot, set, agent, this::versioned).stream()
        .flatMap(s -> configured(s).stream())
        .toList();
  }

  /** Of the version in the operator's status, or else in the image's tag of an agent's pod. */
  private List<Sighting> ofOperator() {
    Field status = set.at("status", "calicoVersion");
    boolean says = isVersion(status);
    Optional<Field> pod =
        snapshot.ofKind("Pod").stream()
            .flatMap(p -> p.at("spec", "containers").items().stream())
            .filter(c -> c.get("name").text("").equals("calico-node"))
            .findFirst();
    String tag = says ? bare(status) : pod.map(Agents::version).orElse("");
    List<Reason> because = new ArrayList<>();
    because.add(
        says
            ? new Reason(set.id().text() + " has calicoVersion " + status.text(""), status.origin())
            : new Reason(set.id().text() + " has the variant Calico", set.origin()));
    pod.filter(_ -> !says).ifPresent(c -> because.add(Agents.imageReason(c.document(), c)));
    Sighting sighting = versioned(tag);
    because.addAll(sighting.because());
    return configured(
        new Sighting("calico", sighting.version(), Map.of(), Optional.empty(), because));
  }

  /**
   * With the version that Calico writes down when the image's tag says none, or one of Calico
   * Enterprise, whose releases have numbers of their own.
   */
  private Sighting versioned(String imageTag) {
    boolean enterprise = ENTERPRISE.matcher(agent.get("image").text("")).matches();
    String tag = enterprise ? "" : imageTag;
    Optional<Field> written =
        CalicoObjects.find(snapshot, "ClusterInformation", "default")
            .map(d -> d.at("spec", "calicoVersion"))
            .filter(f -> tag.isEmpty() && isVersion(f));
    List<Reason> because = new ArrayList<>();
    written.ifPresent(f ->
        because.add(
            new Reason("ClusterInformation default has calicoVersion " + f.text(""), f.origin())));
    String version = written.map(CalicoSightings::bare).orElse(tag);
    return new Sighting("calico", version, Map.of(), Optional.empty(), because);
  }

  private static boolean isVersion(Field field) {
    return field.text("").matches("v?[0-9]+\\.[0-9]+.*");
  }

  private static String bare(Field version) {
    return version.text("").replaceFirst("^v", "");
  }

  /** One sighting for each way in which the nodes of one version are configured. */
  private List<Sighting> configured(Sighting sighting) {
    Map<String, Found> common = settings("");
    Map<String, Map<String, Found>> special = new TreeMap<>();
    Set<String> rest = new TreeSet<>();
    for (Document node : snapshot.ofKind("Node")) {
      String name = node.id().name();
      if (sighting.nodes().map(n -> n.contains(name)).orElse(true)) {
        Map<String, Found> own = windows(node).orElseGet(() -> settings(name));
        if (values(own).equals(values(common))) {
          rest.add(name);
        } else {
          special.put(name, own);
        }
      }
    }
    if (special.isEmpty()) {
      return List.of(with(sighting, common, sighting.nodes()));
    }
    List<Sighting> out = new ArrayList<>();
    if (!rest.isEmpty()) {
      out.add(with(sighting, common, Optional.of(rest)));
    }
    Map<Map<String, String>, Set<String>> groups = new LinkedHashMap<>();
    special.forEach(
        (name, own) -> groups.computeIfAbsent(values(own), _ -> new TreeSet<>()).add(name));
    for (Set<String> nodes : groups.values()) {
      Map<String, Found> own = special.getOrDefault(nodes.iterator().next(), common);
      out.add(with(sighting, own, Optional.of(nodes)));
    }
    return out;
  }

  private static Map<String, String> values(Map<String, Found> settings) {
    Map<String, String> out = new TreeMap<>();
    settings.forEach((name, found) -> out.put(name, found.value()));
    return out;
  }

  private static Sighting with(
      Sighting sighting, Map<String, Found> settings, Optional<Set<String>> nodes) {
    List<Reason> because = new ArrayList<>(sighting.because());
    settings.forEach((name, found) -> because.add(found.reason().of(name)));
    return new Sighting(sighting.dialect(), sighting.version(), values(settings), nodes, because);
  }

  private static Optional<Map<String, Found>> windows(Document node) {
    Field os = node.at("metadata", "labels").get("kubernetes.io/os");
    return os.text("").equals("windows")
        ? Optional.of(
            Map.of(
                "dataplane",
                new Found(
                    "windows",
                    new Reason(node.id().text() + " has kubernetes.io/os=windows", os.origin()))))
        : Optional.empty();
  }

  private Map<String, Found> settings(String node) {
    Map<String, Found> out = new LinkedHashMap<>(FelixSettings.of(snapshot, set, agent, node));
    networking().ifPresent(found -> out.put("networking", found));
    FelixSettings.scoped(snapshot)
        .ifPresent(reason -> out.put("scopedFelixConfiguration", new Found("some", reason)));
    masqueradeAll().ifPresent(reason -> out.put("masqueradeAll", new Found("true", reason)));
    return out;
  }

  private Optional<Found> networking() {
    Optional<Field> flannel =
        Agents.container(set, "kube-flannel").or(() -> Agents.container(set, "flannel"));
    if (flannel.isPresent()) {
      String says = flannel.get().get("name").text("") + " runs beside calico-node: Canal";
      return Optional.of(new Found("flannel", new Reason(says, flannel.get().origin())));
    }
    Optional<Field> installed =
        installation(snapshot)
            .map(d -> d.at("spec", "cni", "type"))
            .filter(f -> f.present() && !f.text("").equals("Calico"));
    if (installed.isPresent()) {
      String says = "Installation default has cni type " + installed.get().text("");
      return Optional.of(new Found("other", new Reason(says, installed.get().origin())));
    }
    return Agents.env(agent, "CALICO_NETWORKING_BACKEND")
        .filter("none"::equals)
        .map(_ ->
            new Found(
                "other",
                new Reason(
                    set.id().text() + " has CALICO_NETWORKING_BACKEND=none",
                    agent.get("env").origin())));
  }

  private Optional<Reason> masqueradeAll() {
    Optional<Reason> written =
        snapshot
            .find("ConfigMap", "kube-system", "kube-proxy")
            .map(d -> d.at("data").get("config.conf"))
            .filter(f -> MASQUERADE_ALL.matcher(f.text("")).find())
            .map(f -> new Reason("ConfigMap kube-system/kube-proxy has masqueradeAll", f.origin()));
    return written.or(() ->
        snapshot
            .find("DaemonSet", "kube-system", "kube-proxy")
            .flatMap(d -> Agents.container(d, "kube-proxy"))
            .filter(c -> Agents.argument(c, "masquerade-all").filter("true"::equals).isPresent())
            .map(c -> new Reason("kube-proxy runs with --masquerade-all", c.origin())));
  }
}
