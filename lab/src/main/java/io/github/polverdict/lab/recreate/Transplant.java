package io.github.polverdict.lab.recreate;

import io.github.polverdict.lab.Cluster;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes a lab of a snapshot. */
public final class Transplant {
  private static final int MOST_PORTS = 40;
  private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");

  private final Cluster cluster;
  private final Set<String> policies;
  private final Snapshot snapshot;
  private final Naming naming;
  private final boolean guest;

  /**
   * One into a lab.
   *
   * @param policies every type of policy that some engine reads
   */
  public Transplant(Cluster cluster, Set<String> policies, Snapshot whole) {
    this.cluster = cluster;
    this.policies = policies;
    this.guest = !cluster.lab().access().namespaces().isEmpty();
    this.snapshot = own(whole);
    this.naming = new Naming(guest ? prefix(cluster.lab().name()) : "", names(snapshot));
  }

  /** The namespaces that a lab of this name has as a part of a cluster. */
  public static List<String> namespaces(String lab, Snapshot whole) {
    return names(own(whole)).stream().map(n -> prefix(lab) + n).toList();
  }

  private static String prefix(String lab) {
    return lab + "-";
  }

  private static Snapshot own(Snapshot whole) {
    return whole.withDocuments(whole.documents().stream().filter(Transplant::matters).toList());
  }

  /**
   * What has been made.
   *
   * @param left what has not, each a sentence
   */
  public record Made(int namespaces, int pods, int policies, List<String> left) {
    public Made {
      left = List.copyOf(left);
    }
  }

  /**
   * Makes it.
   *
   * @param labels of its namespaces, beside those that they have in the snapshot
   */
  public Made plant(Map<String, String> labels) {
    Site site = new Site(cluster);
    Set<String> served = site.served(policies);
    List<Document> proxied =
        snapshot.ofKinds(served).stream()
            .filter(d -> !cluster.lab().hasProxy() && Proxied.is(d))
            .toList();
    Recreation recreation =
        new Recreation(
            without(proxied),
            naming,
            new Recreation.Wanted(served, listening(snapshot, served), nodes(site), true, guest));
    List<String> left = new ArrayList<>();
    proxied.forEach(d -> left.add(d.id().text() + ": agents without a proxy may wait for one"));
    for (String type : policies) {
      int count =
          served.contains(type) || Site.isAgentsOwn(type) ? 0 : snapshot.ofKind(type).size();
      if (count > 0) {
        left.add("%d %s: the lab's server does not know the kind".formatted(count, type));
      }
    }
    site.apply(recreation.foundation(labels)).ifPresent(left::add);
    site.apply(recreation.workloads()).ifPresent(left::add);
    if (!site.awaitPods(Duration.ofMinutes(2)).isEmpty()) {
      left.add("some pods are not ready; 'polverdict lab kubectl -- get pods -A' shows which");
    }
    Addresses addresses = addresses(site);
    site.apply(recreation.slices(addresses)).ifPresent(left::add);
    Manifests made = recreation.policies(addresses);
    for (Map<String, Object> policy : made.objects()) {
      site.apply(new Manifests(List.of(policy)))
          .ifPresent(why -> left.add("the server refuses a policy: " + why));
    }
    addresses
        .unkept()
        .forEach(range -> left.add("range " + range + ": it holds other members in the lab"));
    left.addAll(recreation.left());
    return new Made(
        naming.namespaces().size(), recreation.pods().size(), made.objects().size(), left);
  }

  private Snapshot without(List<Document> some) {
    return snapshot.withDocuments(
        snapshot.documents().stream().filter(d -> !some.contains(d)).toList());
  }

  private static boolean matters(Document document) {
    return !SYSTEM.contains(document.id().namespace())
        && !(document.id().kind().equals("Namespace") && SYSTEM.contains(document.id().name()));
  }

  private static Set<String> names(Snapshot snapshot) {
    Set<String> out = new TreeSet<>();
    snapshot.ofKind("Namespace").forEach(d -> out.add(d.id().name()));
    snapshot.documents().stream()
        .map(d -> d.id().namespace())
        .filter(n -> !n.isEmpty())
        .forEach(out::add);
    return out;
  }

  /** The snapshot's nodes in turn on those of the lab. */
  private Map<String, String> nodes(Site site) {
    Map<String, String> out = new HashMap<>();
    List<Site.Node> here = site.nodes();
    for (Document node : here.isEmpty() ? List.<Document>of() : snapshot.ofKind("Node")) {
      out.put(node.id().name(), here.get(out.size() % here.size()).name());
    }
    return out;
  }

  /** Every pod listens on the ports that policies mention. */
  private static Map<String, Set<Port>> listening(Snapshot snapshot, Set<String> policies) {
    Set<Port> ports = new TreeSet<>();
    snapshot.ofKinds(policies).forEach(d -> mentioned(d.field(), ports));
    Set<Port> some = new TreeSet<>(ports.stream().limit(MOST_PORTS).toList());
    Map<String, Set<Port>> out = new HashMap<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      out.put(pod.id().namespace() + "/" + pod.id().name(), some);
    }
    return out;
  }

  private static void mentioned(Field field, Set<Port> out) {
    String port = field.get("port").text("");
    if (port.matches("[1-9]\\d{0,4}")) {
      String protocol = field.get("protocol").text("TCP");
      out.add(new Port(Integer.parseInt(port), protocol.equals("UDP") ? "UDP" : "TCP"));
    }
    field.members().values().stream()
        .filter(m -> !(m.value() instanceof Value.Scalar))
        .forEach(m -> mentioned(m, out));
    field.items().forEach(item -> mentioned(item, out));
  }

  private Addresses addresses(Site site) {
    Addresses out = site.translation();
    Map<String, String> nodes = nodes(site);
    Map<String, String> here =
        site.nodes().stream().collect(Collectors.toMap(Site.Node::name, Site.Node::address));
    for (Document node : snapshot.ofKind("Node")) {
      String now = here.getOrDefault(nodes.getOrDefault(node.id().name(), ""), "");
      node.at("status", "addresses").items().stream()
          .filter(a -> a.get("type").text("").equals("InternalIP"))
          .forEach(a -> out.add(a.get("address").text(""), now));
    }
    for (Document pod : snapshot.ofKind("Pod")) {
      site.address("Pod " + naming.inFlow(pod.id().namespace() + "/" + pod.id().name()))
          .ifPresent(now -> out.add(pod.at("status", "podIP").text(""), now));
    }
    for (Document service : snapshot.ofKind("Service")) {
      site.address("Service " + naming.inFlow(service.id().namespace() + "/" + service.id().name()))
          .ifPresent(now -> out.add(service.at("spec", "clusterIP").text(""), now));
    }
    return out;
  }
}
