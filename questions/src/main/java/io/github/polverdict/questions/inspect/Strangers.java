package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.questions.Bench;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom and what no rule names: the ends and ports by which a default is told. A pod without labels
 * of a namespace without labels, most of the outside, and the widest run of ports that no rule
 * cuts.
 */
public final class Strangers {
  private static final String NOWHERE = "(another namespace)";
  private static final String NODE = "(another node)";
  private static final Origin SUPPOSED = new Origin.Said("a pod as no policy names it");

  private final Bench bench;
  private final Addresses podAddress;

  public Strangers(Bench bench) {
    this.bench = bench;
    this.podAddress = podAddress();
  }

  /** A pod of another namespace. */
  public Endpoint elsewhere() {
    Labels namespace = Labels.of(Map.of("kubernetes.io/metadata.name", NOWHERE));
    return pod(NOWHERE, namespace, Optional.of(NODE));
  }

  /** Another pod of the same namespace. */
  public Endpoint neighbour(Endpoint subject) {
    return pod(subject.namespace(), subject.facts().namespaceLabels(), Optional.of(NODE));
  }

  /** The pod that a namespace may get next. Its node matters only where engines differ by node. */
  public Endpoint newcomer(String namespace, Labels labels) {
    boolean byNode = bench.model().planes().stream().anyMatch(p -> p.nodes().isPresent());
    return pod(namespace, labels, byNode ? Optional.empty() : Optional.of("(a node)"));
  }

  /** The same on a node that there is, for calls of what is on the pod's own node. */
  public Endpoint newcomerOnNode(String namespace, Labels labels) {
    Optional<String> node = someNode();
    return node.isPresent() ? pod(namespace, labels, node) : newcomer(namespace, labels);
  }

  /**
   * A pod that has no node yet on a node that there is, for calls of what is on the pod's own node;
   * others as they are.
   */
  public Endpoint onNode(Endpoint pod) {
    return pod.node().isEmpty() ? someNode().map(pod::on).orElse(pod) : pod;
  }

  /** One that stands for all; empty where engines differ by node, and where no node is shown. */
  private Optional<String> someNode() {
    boolean byNode = bench.model().planes().stream().anyMatch(p -> p.nodes().isPresent());
    return bench.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.NODE && !byNode)
        .flatMap(e -> e.node().stream())
        .findFirst();
  }

  /** A pod with labels of its own, as it might be in a namespace that the input does not show. */
  public Endpoint labelled(String namespace, String name, Map<String, String> labels) {
    Labels its = Labels.of(Map.of("kubernetes.io/metadata.name", namespace));
    return new Endpoint(
        namespace + "/" + name,
        Kind.POD,
        new Owner("Pod", name),
        new Facts(namespace, Labels.of(labels), its, "default"),
        podAddress,
        List.of(),
        Optional.of(NODE),
        SUPPOSED);
  }

  private Endpoint pod(String namespace, Labels namespaceLabels, Optional<String> node) {
    return new Endpoint(
        namespace + "/(any pod)" + node.map(n -> n.startsWith("(") ? n : " on " + n).orElse(""),
        Kind.POD,
        new Owner("Pod", "(any pod)"),
        new Facts(namespace, Labels.NONE, namespaceLabels, "default"),
        podAddress,
        List.of(),
        node,
        SUPPOSED);
  }

  /** Most of the outside: the widest range that nothing cuts. */
  public Optional<Endpoint> outside(Family family) {
    return bench.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.EXTERNAL && !e.addresses().of(family).set().isEmpty())
        .max(Comparator.comparingDouble(e -> width(e.addresses().of(family).set())));
  }

  private static double width(IpSet set) {
    return set.ranges().stream().mapToDouble(r -> number(r.last()) - number(r.first()) + 1).sum();
  }

  private static double number(IpAddress address) {
    return unsigned(address.high()) * 0x1p64 + unsigned(address.low());
  }

  private static double unsigned(long bits) {
    return (bits >>> 1) * 2.0 + (bits & 1);
  }

  /**
   * A free address beside those of pods, where rules cut least; that of a pod to be, if no pod has
   * any.
   */
  private Addresses podAddress() {
    Set<IpAddress> taken = new HashSet<>();
    TreeSet<IpAddress> pods = new TreeSet<>();
    Addresses toBe = Addresses.within(IpSet.ALL);
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (endpoint.kind() == Kind.EXTERNAL) {
        continue;
      }
      if (!endpoint.addresses().exact()) {
        toBe = endpoint.kind() == Kind.POD ? endpoint.addresses() : toBe;
        continue;
      }
      for (IpSet.Range range : endpoint.addresses().set().ranges()) {
        taken.add(range.first());
        if (endpoint.kind() == Kind.POD) {
          pods.add(range.first());
        }
      }
    }
    IpSet chosen = IpSet.NONE;
    for (Family family : Family.values()) {
      Optional<IpSet> best =
          pods.stream()
              .filter(a -> a.family() == family)
              .flatMap(a -> free(a, taken).stream())
              .map(IpSet::of)
              .max(Comparator.comparingDouble(this::freedom));
      chosen = chosen.or(best.orElse(IpSet.NONE));
    }
    return chosen.isEmpty() ? toBe : Addresses.exactly(chosen);
  }

  private static Optional<IpAddress> free(IpAddress beside, Set<IpAddress> taken) {
    Optional<IpAddress> next = beside.next();
    while (next.isPresent() && taken.contains(next.get())) {
      next = next.get().next();
    }
    return next;
  }

  /** How wide a range around an address is that nothing cuts. */
  private double freedom(IpSet address) {
    return bench.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.EXTERNAL && address.subsetOf(e.addresses().set()))
        .mapToDouble(e -> width(e.addresses().set()))
        .max()
        .orElse(0);
  }

  /** A port in the middle of the widest run of ports that rules treat alike. */
  public int port(Protocol protocol) {
    TreeSet<Integer> starts = new TreeSet<>(Set.of(1));
    for (Plane plane : bench.model().planes()) {
      plane.tiers().stream()
          .flatMap(t -> t.blocks().stream())
          .flatMap(b -> b.rules().stream())
          .flatMap(r -> r.traffic().stream())
          .distinct()
          .forEach(spec -> {
            if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
              for (int[] range : traffic.numbers(protocol).ranges()) {
                starts.add(range[0]);
                starts.add(range[1] + 1);
              }
            }
          });
    }
    int best = 1;
    int widest = 0;
    for (int start : starts) {
      Integer next = starts.higher(start);
      int width = (next == null ? 65536 : next) - start;
      if (start > 0 && start <= 65535 && width > widest) {
        best = start + width / 2;
        widest = width;
      }
    }
    return best;
  }
}
