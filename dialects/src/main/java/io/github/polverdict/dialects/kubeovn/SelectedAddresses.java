package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.kubeovn.Attachments.Member;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.SelectedBy;
import io.github.polverdict.dialects.kubernetes.ServiceAddresses;
import io.github.polverdict.dialects.kubernetes.WholeDump;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The address sets that the rules of a policy became up to 1.15: addresses of pods, and of the
 * Services in front of them (fetchPolicySelectedAddresses, svcMatchPods).
 */
final class SelectedAddresses {
  private final SelectedBy selectedBy;
  private final boolean whole;
  private final Set<Family> families = new TreeSet<>();
  private final Map<String, List<Pod>> pods = new TreeMap<>(); // by namespace
  private final Map<String, List<Document>> services = new HashMap<>(); // by namespace
  private final Map<String, List<Served>> served = new HashMap<>(); // by namespace, when asked for

  /**
   * A pod with its labels.
   *
   * @param addresses none for one that does not run yet
   * @param own whether the addresses are its own, and not its node's
   */
  private record Pod(Map<String, String> labels, IpSet addresses, boolean own) {
    boolean mayHave(Family family) {
      return own && (addresses.isEmpty() || !addresses.of(family).isEmpty());
    }

    boolean isSelected(Peer.Pods peer) {
      return peer.pods().map(q -> q.matches(labels)).orElse(true);
    }
  }

  /** The addresses of a Service, and the pods behind it. */
  private record Served(IpSet addresses, List<Pod> pods) {
    boolean isSelected(Peer.Pods peer) {
      return pods.stream().anyMatch(p -> p.isSelected(peer));
    }
  }

  SelectedAddresses(Snapshot snapshot, Attachments attachments) {
    this.selectedBy = new SelectedBy(snapshot);
    this.whole = snapshot.documents().stream().anyMatch(Document::live) || WholeDump.is(snapshot);
    attachments.all().forEach(m -> add(m, true));
    attachments.onHosts().forEach(m -> add(m, false));
    for (Document service : snapshot.ofKind("Service")) {
      services.computeIfAbsent(service.id().namespace(), _ -> new ArrayList<>()).add(service);
    }
    if (families.isEmpty()) {
      families.add(Family.IPV4);
    }
  }

  private void add(Member member, boolean own) {
    Pod pod = new Pod(member.labels(), member.addresses(), own);
    pods.computeIfAbsent(member.namespace(), _ -> new ArrayList<>()).add(pod);
    Stream.of(Family.values())
        .filter(f -> own && !pod.addresses().of(f).isEmpty())
        .forEach(families::add);
  }

  /** The families of the pods' addresses; the first one when there are no addresses. */
  Set<Family> families() {
    return families;
  }

  /** Whether a rule is for everybody, or an address of a family is certainly one of its peers'. */
  boolean has(RuleEntry rule, String home, Family family) {
    return rule.anyone() || rule.peers().stream().anyMatch(p -> has(p, home, family));
  }

  private boolean has(Peer peer, String home, Family family) {
    return switch (peer) {
      case Peer.Block block -> !block.addresses().of(family).isEmpty();
      case Peer.Pods some ->
          reached(some, home)
              .filter(namespace -> selectedBy.unknown(some, namespace).isEmpty())
              .anyMatch(namespace -> has(some, namespace, family));
    };
  }

  private Stream<String> reached(Peer.Pods peer, String home) {
    return pods.keySet().stream().filter(n -> selectedBy.reaches(peer, home, n));
  }

  private boolean has(Peer.Pods peer, String namespace, Family family) {
    return pods(namespace).anyMatch(p -> p.mayHave(family) && p.isSelected(peer))
        || served(namespace).stream()
            .anyMatch(s -> !s.addresses().of(family).isEmpty() && s.isSelected(peer));
  }

  private Stream<Pod> pods(String namespace) {
    return pods.getOrDefault(namespace, List.of()).stream();
  }

  /** Why a rule may have addresses that it is not known to have. */
  Optional<Doubt> unsure(RuleEntry rule, String home) {
    return rule.peers().stream()
        .filter(Peer.Pods.class::isInstance)
        .flatMap(p -> unsure((Peer.Pods) p, home).stream())
        .findFirst();
  }

  private Optional<Doubt> unsure(Peer.Pods peer, String home) {
    return selectedBy
        .unread(peer, home, Set.of("Pod", "Service"))
        .or(() ->
            pods.keySet().stream()
                .filter(n -> pods(n).anyMatch(p -> p.isSelected(peer)))
                .flatMap(n -> selectedBy.unknown(peer, n).stream())
                .findFirst())
        .or(() -> whole ? Optional.empty() : Optional.of(elsewhere(peer)));
  }

  private static Doubt elsewhere(Peer.Pods peer) {
    return new Doubt.NotReadable(
        "whether the cluster has pods that this peer selects",
        "files need not hold all that runs",
        peer.place().origin());
  }

  /** The addresses of the Services whose pods a peer selects. */
  IpSet services(Peer.Pods peer, String home) {
    return IpSet.union(
        reached(peer, home)
            .flatMap(n -> served(n).stream())
            .filter(s -> s.isSelected(peer))
            .map(Served::addresses)
            .toList());
  }

  private List<Served> served(String namespace) {
    return served.computeIfAbsent(
        namespace,
        n -> services.getOrDefault(n, List.of()).stream().map(s -> served(s, n)).toList());
  }

  private Served served(Document service, String namespace) {
    Map<String, String> labels = service.at("spec", "selector").strings();
    List<Pod> behind =
        pods(namespace)
            .filter(p -> !p.labels().isEmpty())
            .filter(p -> p.labels().entrySet().containsAll(labels.entrySet()))
            .toList();
    return new Served(ServiceAddresses.cluster(service), behind);
  }
}
