package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which HostEndpoint is for what passes through the interfaces of a node: the first by name of
 * those for one interface, else the first of those for all (felix/dataplane/linux/endpoint_mgr.go,
 * resolveHostEndpoints). What comes to a node's address, or leaves it for another node or the
 * outside, passes through the interface that has this address.
 */
public final class HostEndpoints {
  private static final String EVERY = "*";

  private final List<Guard> guards = new ArrayList<>();

  /** One object. */
  record HostEndpoint(Document document) {
    private static final String OPEN = "projectcalico-default-allow";

    /** Whether it is for all interfaces that no other is for. */
    boolean isForAll() {
      return document.at("spec", "interfaceName").text("").equals(EVERY);
    }

    Map<String, String> labels() {
      return document.at("metadata", "labels").strings();
    }

    IpSet expected() {
      return LabelledAddresses.addresses(document.at("spec", "expectedIPs"));
    }

    Set<String> profiles() {
      return Expressions.texts(document.at("spec", "profiles"));
    }

    /** Whether one of its profiles lets everything pass: Calico's own, or that of a namespace. */
    boolean isOpen() {
      return profiles().stream().anyMatch(p -> p.equals(OPEN) || p.startsWith("kns."));
    }

    boolean isSelected(Document policy) {
      return CalicoPolicies.subject(policy).matches(labels());
    }
  }

  /**
   * What a node has.
   *
   * @param main for the interface that has the node's address
   * @param all for every interface that has none of its own: those of pods, of tunnels, loopback
   * @param open the fact without which {@code main} is not known; usually empty
   */
  public record Guard(
      String node, HostEndpoint main, Optional<HostEndpoint> all, Optional<Doubt> open) {
    /** The node and what runs on its network. */
    public Selector hosts() {
      return on(Passages.HOST_KINDS);
    }

    /** The node's pods with networks of their own. */
    public Selector pods() {
      return on(Set.of(Kind.POD));
    }

    private Selector on(Set<Kind> kinds) {
      return Selector.and(new Selector.OfKind(kinds), new Selector.OnNode(node));
    }

    /** Whether one HostEndpoint is for all that passes. */
    public boolean isForAll() {
      return main.isForAll();
    }

    boolean isSelectedBy(Document policy) {
      return main.isSelected(policy);
    }

    /** Whether what no policy is for passes. */
    public boolean isOpen() {
      return main.isOpen();
    }

    /** The profiles that say what passes where no policy is. */
    public Set<String> profiles() {
      return main.profiles();
    }

    /** The HostEndpoint as its user knows it. */
    public String name() {
      return main.document().id().text();
    }

    public Origin place() {
      return main.document().origin();
    }
  }

  public HostEndpoints(Snapshot snapshot) {
    Map<String, List<HostEndpoint>> byNode = new TreeMap<>();
    CalicoObjects.all(snapshot, "HostEndpoint").stream()
        .sorted(Comparator.comparing(d -> d.id().name()))
        .forEach(d ->
            byNode
                .computeIfAbsent(d.at("spec", "node").text(""), _ -> new ArrayList<>())
                .add(new HostEndpoint(d)));
    byNode.forEach((node, all) -> guard(node, all, addresses(snapshot, node)));
  }

  private static IpSet addresses(Snapshot snapshot, String node) {
    return snapshot
        .find("Node", "", node)
        .map(n ->
            IpSet.union(
                n.at("status", "addresses").items().stream()
                    .flatMap(a -> LabelledAddresses.range(a.get("address").text("")).stream())
                    .toList()))
        .orElse(IpSet.NONE);
  }

  private void guard(String node, List<HostEndpoint> own, IpSet addresses) {
    Optional<HostEndpoint> all = own.stream().filter(HostEndpoint::isForAll).findFirst();
    for (HostEndpoint one : own) {
      boolean has = one.expected().overlaps(addresses);
      boolean another = !addresses.isEmpty() && !one.expected().isEmpty() && !has;
      if (!one.isForAll() && !another) {
        String what =
            "whether "
                + one.document().id().text()
                + " is for the interface that has the address of node "
                + node;
        Doubt open = new Doubt.KnownAtRuntime(what, one.document().origin());
        guards.add(new Guard(node, one, all, has ? Optional.empty() : Optional.of(open)));
        return;
      }
    }
    all.ifPresent(every -> guards.add(new Guard(node, every, all, Optional.empty())));
  }

  /** The nodes of which it is known what judges their traffic. */
  public List<Guard> guards() {
    return guards.stream().filter(g -> g.open().isEmpty()).toList();
  }

  /** The nodes of which it is not known. */
  public List<Guard> open() {
    return guards.stream().filter(g -> g.open().isPresent()).toList();
  }
}
