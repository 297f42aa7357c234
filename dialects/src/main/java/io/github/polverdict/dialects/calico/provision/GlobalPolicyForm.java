package io.github.polverdict.dialects.calico.provision;

import static io.github.polverdict.dialects.api.provision.Manifest.map;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.provision.Allowance;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.core.model.provision.Allowance.Port;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.provision.Manifest;
import io.github.polverdict.dialects.api.provision.Part;
import io.github.polverdict.dialects.api.provision.ProvisionForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * GlobalNetworkPolicies at the end of the tier default, after Kubernetes' own policies, which have
 * the order 1000 there
 * (https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy). What they do not
 * allow the end of the tier denies. What is for pods of the same namespace stands in a
 * NetworkPolicy of Calico in each, for a global one cannot say it.
 */
public final class GlobalPolicyForm implements ProvisionForm {
  private static final String API = "projectcalico.org/v3";
  private static final int AFTER_KUBERNETES = 2000;
  private static final String STAGED = "StagedGlobalNetworkPolicy.projectcalico.org";
  private static final String NAME = "kubernetes.io/metadata.name";

  @Override
  public String id() {
    return "calico-global";
  }

  @Override
  public String title() {
    return "Calico's GlobalNetworkPolicies, last in the tier default";
  }

  @Override
  public int fit(String dialect, Set<String> kinds) {
    return kinds.contains("GlobalNetworkPolicy.projectcalico.org") ? 5 : 0;
  }

  @Override
  public String trial(Set<String> kinds) {
    return !kinds.contains(STAGED)
        ? "judge observed flows before it is applied: polverdict baseline plan --flows FILE"
        : "apply the staged twins first (generate --staged), and read in the flow logs what they"
            + " would deny";
  }

  @Override
  public List<Manifest> write(List<Provision> provisions, Context context) {
    List<Manifest> out = new ArrayList<>();
    for (Provision provision : provisions) {
      for (Part part : Part.of(provision)) {
        String kind = part.namespace().isEmpty() ? "GlobalNetworkPolicy" : "NetworkPolicy";
        out.add(Manifest.of(API, kind, part.place(), provision.why(), spec(part)));
      }
    }
    return out;
  }

  @Override
  public List<Manifest> staged(List<Manifest> manifests, Set<String> kinds) {
    return kinds.contains(STAGED)
        ? manifests.stream().map(m -> m.ofKind("Staged" + m.kind())).toList()
        : List.of();
  }

  private static Map<String, Object> spec(Part part) {
    Provision provision = part.provision();
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("tier", "default");
    spec.put("order", AFTER_KUBERNETES);
    spec.put("selector", selector(provision.pods()));
    if (part.namespace().isEmpty()) {
      spec.put("namespaceSelector", namespaces(provision.scope()));
    }
    List<String> types = new ArrayList<>();
    for (Direction direction : List.of(Direction.INGRESS, Direction.EGRESS)) {
      if (provision.directions().contains(direction)) {
        types.add(direction == Direction.INGRESS ? "Ingress" : "Egress");
      }
    }
    spec.put("types", types);
    for (Direction direction : List.of(Direction.INGRESS, Direction.EGRESS)) {
      List<Map<String, Object>> rules =
          provision.allows(direction).stream().flatMap(a -> rules(a).stream()).toList();
      if (!rules.isEmpty()) {
        spec.put(direction == Direction.INGRESS ? "ingress" : "egress", rules);
      }
    }
    return spec;
  }

  private static String namespaces(Scope scope) {
    return switch (scope) {
      case Scope.Named(List<String> names) -> NAME + " in " + set(names);
      case Scope.AllBut(List<String> excepted, List<String> _) when excepted.isEmpty() -> "all()";
      case Scope.AllBut(List<String> excepted, List<String> _) -> NAME + " not in " + set(excepted);
    };
  }

  private static String set(List<String> names) {
    return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", ", "{", "}"));
  }

  private static String selector(Map<String, String> labels) {
    return labels.isEmpty()
        ? "all()"
        : labels.entrySet().stream()
            .map(e -> e.getKey() + " == '" + e.getValue() + "'")
            .collect(Collectors.joining(" && "));
  }

  /** A rule for each protocol, for one has one only. */
  private static List<Map<String, Object>> rules(Allowance allowance) {
    boolean out = allowance.direction() == Direction.EGRESS;
    Map<String, Object> peer = peer(allowance.peer());
    if (allowance.ports().isEmpty()) {
      return List.of(map("action", "Allow", out ? "destination" : "source", peer));
    }
    Map<Protocol, List<Integer>> ports = new TreeMap<>();
    for (Port port : allowance.ports()) {
      ports.computeIfAbsent(port.protocol(), _ -> new ArrayList<>()).add(port.number());
    }
    List<Map<String, Object>> rules = new ArrayList<>();
    ports.forEach((protocol, numbers) -> {
      Map<String, Object> rule = map("action", "Allow", "protocol", protocol.name());
      Map<String, Object> destination = new LinkedHashMap<>(out ? peer : Map.of());
      destination.put("ports", numbers);
      if (!out) {
        rule.put("source", peer);
      }
      rule.put("destination", destination);
      rules.add(rule);
    });
    return rules;
  }

  private static Map<String, Object> peer(Peer peer) {
    return switch (peer) {
      case Peer.Pods(String namespace, Map<String, String> labels) -> {
        Map<String, Object> out = map("namespaceSelector", NAME + " == '" + namespace + "'");
        if (!labels.isEmpty()) {
          out.put("selector", selector(labels));
        }
        yield out;
      }
      case Peer.SameNamespace _ -> map("selector", "all()");
      case Peer.Range(List<String> cidrs) -> map("nets", cidrs);
      case Peer.OwnNode(List<String> cidrs) -> map("nets", cidrs);
      case Peer.Nodes(List<String> cidrs) -> map("nets", cidrs);
      case Peer.ApiServer(List<String> cidrs) -> map("nets", cidrs);
    };
  }
}
