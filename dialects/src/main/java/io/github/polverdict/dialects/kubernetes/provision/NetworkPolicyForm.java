package io.github.polverdict.dialects.kubernetes.provision;

import static io.github.polverdict.dialects.api.provision.Manifest.map;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.provision.Allowance;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.core.model.provision.Allowance.Port;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.provision.Manifest;
import io.github.polverdict.dialects.api.provision.ProvisionForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A NetworkPolicy in each namespace: what every engine reads. A namespace to come needs its own.
 */
public final class NetworkPolicyForm implements ProvisionForm {

  @Override
  public String id() {
    return "network-policy";
  }

  @Override
  public String title() {
    return "NetworkPolicies in each namespace";
  }

  @Override
  public int fit(String dialect, Set<String> kinds) {
    return kinds.contains("NetworkPolicy") ? 1 : 0;
  }

  @Override
  public String differs() {
    return "a namespace that is made later has no default until this is run again";
  }

  @Override
  public String trial(Set<String> kinds) {
    return "judge observed flows before it is applied: polverdict baseline plan --flows FILE";
  }

  @Override
  public List<Manifest> write(List<Provision> provisions, Context context) {
    List<Manifest> out = new ArrayList<>();
    for (Provision provision : provisions) {
      for (String namespace : provision.scope().today()) {
        out.add(
            Manifest.of(
                "networking.k8s.io/v1",
                "NetworkPolicy",
                new Manifest.Place(namespace, provision.name()),
                provision.why(),
                spec(provision)));
      }
    }
    return out;
  }

  private static Map<String, Object> spec(Provision provision) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("podSelector", labels(provision.pods()));
    List<String> types = new ArrayList<>();
    for (Direction direction : List.of(Direction.INGRESS, Direction.EGRESS)) {
      if (provision.directions().contains(direction)) {
        types.add(direction == Direction.INGRESS ? "Ingress" : "Egress");
      }
    }
    spec.put("policyTypes", types);
    for (Direction direction : List.of(Direction.INGRESS, Direction.EGRESS)) {
      List<Map<String, Object>> rules =
          provision.allows(direction).stream().map(NetworkPolicyForm::rule).toList();
      if (!rules.isEmpty()) {
        spec.put(direction == Direction.INGRESS ? "ingress" : "egress", rules);
      }
    }
    return spec;
  }

  static Map<String, Object> labels(Map<String, String> labels) {
    return labels.isEmpty() ? Map.of() : map("matchLabels", labels);
  }

  private static Map<String, Object> rule(Allowance allowance) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put(allowance.direction() == Direction.INGRESS ? "from" : "to", peers(allowance.peer()));
    if (!allowance.ports().isEmpty()) {
      rule.put("ports", allowance.ports().stream().map(NetworkPolicyForm::port).toList());
    }
    return rule;
  }

  private static Map<String, Object> port(Port port) {
    return map("protocol", port.protocol().name(), "port", port.number());
  }

  private static List<Map<String, Object>> peers(Peer peer) {
    return switch (peer) {
      case Peer.Pods(String namespace, Map<String, String> labels) -> {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("namespaceSelector", labels(Map.of("kubernetes.io/metadata.name", namespace)));
        if (!labels.isEmpty()) {
          one.put("podSelector", labels(labels));
        }
        yield List.of(one);
      }
      case Peer.SameNamespace _ -> List.of(map("podSelector", Map.of()));
      case Peer.Range(List<String> cidrs) -> blocks(cidrs);
      case Peer.OwnNode(List<String> cidrs) -> blocks(cidrs);
      case Peer.Nodes(List<String> cidrs) -> blocks(cidrs);
      case Peer.ApiServer(List<String> cidrs) -> blocks(cidrs);
    };
  }

  private static List<Map<String, Object>> blocks(List<String> cidrs) {
    return cidrs.stream().map(c -> map("ipBlock", map("cidr", c))).toList();
  }
}
