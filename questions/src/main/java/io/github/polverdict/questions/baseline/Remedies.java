package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.core.model.provision.Allowance;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.core.model.provision.Allowance.Port;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.Dependency.Target;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must be allowed so that calls pass that a baseline wants to pass and that are denied. */
final class Remedies {
  private final BaselineQuestion question;
  private final Demands demands;
  private final boolean byAddress;
  private final Targets targets;
  private final Map<Key, List<Allowance>> found = new LinkedHashMap<>();

  /** Pods that get the same allowance. */
  private record Key(Item item, String namespace, String owner, Map<String, String> pods) {}

  /**
   * Remedies for a cluster.
   *
   * @param byAddress whether to name addresses, too, for engines that look before translation
   */
  Remedies(BaselineQuestion question, Bench bench, Demands demands, boolean byAddress) {
    this.question = question;
    this.demands = demands;
    this.byAddress = byAddress;
    this.targets = new Targets(bench);
  }

  List<Provision> of(List<Judged> judged) {
    for (Judged one : judged) {
      Item item = one.dependency().item();
      boolean waived =
          demands.of(one.dependency().namespace()).stream()
              .anyMatch(w -> w.waived().containsKey(item) || w.of(item) != Demand.ALLOW);
      Status status = one.status();
      if (!waived && (status == Status.UNMET || status == Status.UNKNOWN)) {
        one.failing().forEach(told -> told.verdict().ifPresent(v -> look(one.dependency(), v)));
      }
    }
    return provisions();
  }

  private void look(Dependency dependency, Verdict verdict) {
    for (PathVerdict path : verdict.paths()) {
      Optional<GateVerdict> gate =
          path.outcome() == Outcome.ALLOWED ? Optional.empty() : Reasons.deciding(path);
      gate.filter(g -> g.subject().kind() == Kind.POD)
          .filter(g -> demands.of(g.subject().namespace()).isPresent())
          .ifPresent(g -> allow(dependency, g, path.path()));
    }
  }

  private void allow(Dependency dependency, GateVerdict gate, Path path) {
    Item item = dependency.item();
    boolean out = gate.gate() == Direction.EGRESS;
    Endpoint other = out ? path.to() : path.from();
    Key key = key(item, gate.subject(), out && item == Item.DNS && closed(gate.subject()));
    List<Allowance> allows = found.computeIfAbsent(key, _ -> new ArrayList<>());
    Port arriving = new Port(path.protocol(), path.port());
    said(other, item)
        .or(() -> targets.of(other, item))
        .ifPresent(p -> allows.add(allowance(gate.gate(), p, arriving)));
    if (out && dependency.target() instanceof Target.Shown(Called.AddressPort called)) {
      List<String> cidr = List.of(Targets.cidr(called.address()));
      Peer peer = item == Item.API_SERVER ? new Peer.ApiServer(cidr) : new Peer.Range(cidr);
      allows.add(allowance(gate.gate(), peer, arriving));
    }
    if (!byAddress) {
      return;
    }
    for (Endpoint end : List.of(other, gate.peer().endpoint())) {
      targets.byAddress(end).ifPresent(p -> allows.add(allowance(gate.gate(), p, arriving)));
    }
    List<String> called = Targets.cidrs(path.at().set());
    if (out && !called.isEmpty()) {
      Port before = new Port(path.protocol(), path.called());
      allows.add(allowance(gate.gate(), new Peer.Range(called), before));
    }
  }

  private static Allowance allowance(Direction direction, Peer peer, Port port) {
    return new Allowance(direction, peer, List.of(port));
  }

  /** The addresses that the user says for what calls webhooks from the outside. */
  private Optional<Peer> said(Endpoint other, Item item) {
    List<String> controlPlane = question.baseline().known().controlPlane();
    return item == Item.WEBHOOKS && other.kind() == Kind.EXTERNAL && !controlPlane.isEmpty()
        ? Optional.of(new Peer.Range(controlPlane))
        : Optional.empty();
  }

  /** Whether all pods of a namespace are to be denied what nothing allows them to send. */
  private boolean closed(Endpoint subject) {
    return demands
        .of(subject.namespace())
        .filter(w -> w.enforced().get(Item.EGRESS) == Demand.DENY)
        .isPresent();
  }

  /** Whole namespaces look up names where all is denied; all else is for the workload. */
  private Key key(Item item, Endpoint subject, boolean everybody) {
    return everybody
        ? new Key(item, subject.namespace(), "", Map.of())
        : new Key(item, subject.namespace(), subject.owner().name(), targets.labels(subject));
  }

  private List<Provision> provisions() {
    Map<List<Object>, List<String>> same = new LinkedHashMap<>();
    found.forEach((key, allows) ->
        same.computeIfAbsent(
                List.of(key.item(), key.owner(), key.pods(), joined(allows)),
                _ -> new ArrayList<>())
            .add(key.namespace()));
    List<Provision> out = new ArrayList<>();
    found.forEach((key, allows) -> {
      List<Object> group = List.of(key.item(), key.owner(), key.pods(), joined(allows));
      List<String> namespaces = Optional.ofNullable(same.remove(group)).orElse(List.of());
      if (!namespaces.isEmpty() && !allows.isEmpty()) {
        out.add(provision(key, namespaces, joined(allows)));
      }
    });
    return out;
  }

  private Provision provision(Key key, List<String> namespaces, List<Allowance> allows) {
    String word = key.item().key().toLowerCase(Locale.ROOT);
    String owner = key.owner().isEmpty() ? "" : "-" + key.owner();
    String first = question.namespaces().isEmpty() ? "-" + namespaces.getFirst() : "";
    String name =
        Apart.name(("allow-" + word + first + owner).replaceAll("[^a-z0-9-]+", "-"))
            .replaceAll("-+$", "");
    return new Provision(
        name.length() > 50
            ? name.substring(0, 40) + "-" + Integer.toHexString(name.hashCode())
            : name,
        new Scope.Named(namespaces),
        key.pods(),
        Set.of(),
        allows,
        says(key.item()));
  }

  private static String says(Item item) {
    return switch (item) {
      case DNS -> "name lookups";
      case PROBES -> "probes of the kubelet";
      case API_SERVER -> "calls of the API server by accounts that have rights there";
      case WEBHOOKS -> "calls of webhooks and aggregated APIs by the API server";
      case SCRAPE -> "collection of metrics";
      case INGRESS_PATH -> "requests through the ingress controller";
      case ENFORCEMENT, INGRESS, EGRESS, SAME_NAMESPACE, METADATA -> item.key();
    };
  }

  /** Those to the same peer as one. */
  private static List<Allowance> joined(List<Allowance> allows) {
    Map<List<Object>, List<Port>> ports = new LinkedHashMap<>();
    allows.forEach(a ->
        ports
            .computeIfAbsent(List.of(a.direction(), a.peer()), _ -> new ArrayList<>())
            .addAll(a.ports()));
    List<Allowance> out = new ArrayList<>();
    ports.forEach(
        (key, all) -> out.add(new Allowance((Direction) key.get(0), (Peer) key.get(1), all)));
    return out;
  }
}
