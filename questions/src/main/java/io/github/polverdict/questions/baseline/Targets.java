package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.words.CommonLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends of flows as peers that policies can name. */
final class Targets {
  private final Bench bench;

  Targets(Bench bench) {
    this.bench = bench;
  }

  /** By labels for pods, as nodes for nodes, by address for the outside; empty when none fits. */
  Optional<Peer> of(Endpoint endpoint, Item item) {
    return switch (endpoint.kind()) {
      case POD -> Optional.of(new Peer.Pods(endpoint.namespace(), labels(endpoint)));
      case NODE, HOST_POD ->
          Optional.of(item == Item.API_SERVER ? new Peer.ApiServer(cidrs(endpoint)) : nodes());
      case EXTERNAL, NETWORK_SET -> {
        List<String> cidrs = cidrs(endpoint);
        yield cidrs.isEmpty()
            ? Optional.empty()
            : Optional.of(
                item == Item.API_SERVER ? new Peer.ApiServer(cidrs) : new Peer.Range(cidrs));
      }
    };
  }

  /** By address whatever it is. */
  Optional<Peer> byAddress(Endpoint endpoint) {
    List<String> cidrs = cidrs(endpoint);
    return cidrs.isEmpty() ? Optional.empty() : Optional.of(new Peer.Range(cidrs));
  }

  /** The labels of a pod's workload; those of the pod itself when the input does not show it. */
  Map<String, String> labels(Endpoint pod) {
    List<Endpoint> siblings =
        bench.universe().endpoints().stream()
            .filter(e -> e.kind() == Kind.POD && e.shownAs().equals(pod.shownAs()))
            .toList();
    return CommonLabels.of(siblings.isEmpty() ? List.of(pod) : siblings);
  }

  private Peer nodes() {
    List<String> out = new ArrayList<>();
    bench.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.NODE)
        .forEach(e -> out.addAll(cidrs(e)));
    return new Peer.Nodes(out.stream().distinct().toList());
  }

  /** The single addresses of an endpoint; none of what has ranges, or may have others. */
  static List<String> cidrs(Endpoint endpoint) {
    return endpoint.addresses().exact() ? cidrs(endpoint.addresses().set()) : List.of();
  }

  static List<String> cidrs(IpSet set) {
    List<String> out = new ArrayList<>();
    for (IpSet.Range range : set.ranges()) {
      if (!range.first().equals(range.last())) {
        return List.of();
      }
      out.add(cidr(range.first()));
    }
    return out;
  }

  static String cidr(IpAddress address) {
    return address + "/" + address.family().bits();
  }
}
