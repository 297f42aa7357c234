package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The nodes of a cluster: those with a Node object, and those that only pods name. */
final class Nodes {
  private final Ground ground;
  private final Map<String, Endpoint> byName = new TreeMap<>();

  Nodes(Ground ground) {
    this.ground = ground;
    ground.snapshot.ofKind("Node").forEach(this::declare);
    ground.snapshot.ofKind("Pod").forEach(this::mention);
  }

  private void declare(Document node) {
    String name = node.id().name();
    List<IpSet> found = new ArrayList<>();
    for (Field address : node.at("status", "addresses").items()) {
      if (address.get("type").text("").matches("InternalIP|ExternalIP")) {
        ground.address(address.get("address")).ifPresent(found::add);
      }
    }
    Labels labels = Labels.of(node.at("metadata", "labels").strings());
    byName.put(name, node(name, labels, addresses(IpSet.union(found)), node.origin()));
  }

  private void mention(Document pod) {
    Optional<String> name = pod.at("spec", "nodeName").text().filter(n -> !n.isEmpty());
    if (name.isEmpty() || byName.containsKey(name.get())) {
      return;
    }
    Origin origin = pod.at("spec", "nodeName").origin();
    Doubt doubt =
        new Doubt.NotReadable(
            "the labels of node " + name.get(), "no Node object was read", origin);
    IpSet host = ground.address(pod.at("status", "hostIP")).orElse(IpSet.NONE);
    byName.put(name.get(), node(name.get(), Labels.unknown(doubt), addresses(host), origin));
    ground.find(
        "PV057",
        Severity.NOTE,
        "No Node object for node "
            + name.get()
            + ": its labels and some of its addresses are not known",
        "add the Node objects to the input (kubectl get nodes -o yaml)",
        origin);
  }

  private Addresses addresses(IpSet found) {
    return found.isEmpty()
        ? Addresses.within(Families.all(ground.families))
        : Addresses.exactly(found);
  }

  private static Endpoint node(String name, Labels labels, Addresses addresses, Origin origin) {
    Facts facts = new Facts("", labels, Labels.NONE, "");
    return new Endpoint(
        "node/" + name,
        Kind.NODE,
        new Owner("Node", name),
        facts,
        addresses,
        List.of(),
        Optional.of(name),
        origin);
  }

  List<Endpoint> all() {
    return List.copyOf(byName.values());
  }

  /** The labels of one node; nothing is known of them when it is not known which. */
  Labels labelsOf(Optional<String> name, Origin pod) {
    return name.map(byName::get)
        .map(n -> n.facts().labels())
        .orElseGet(() -> Labels.unknown(new Doubt.KnownAtRuntime("the labels of its node", pod)));
  }

  /** The addresses of one node; those of all nodes when it is not known which. */
  Addresses addressesOf(Optional<String> name) {
    Optional<Endpoint> node = name.map(byName::get);
    if (node.isPresent()) {
      return node.get().addresses();
    }
    IpSet all = IpSet.union(byName.values().stream().map(n -> n.addresses().set()).toList());
    return Addresses.within(all.isEmpty() ? Families.all(ground.families) : all);
  }
}
