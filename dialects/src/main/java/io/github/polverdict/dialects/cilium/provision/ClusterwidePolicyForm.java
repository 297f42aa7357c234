package io.github.polverdict.dialects.cilium.provision;

import static io.github.polverdict.dialects.api.provision.Manifest.map;

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

/**
 * CiliumClusterwideNetworkPolicies that say for each direction whether they deny what they do not
 * allow (https://docs.cilium.io/en/stable/security/policy/language/). What is for pods of the same
 * namespace stands in a CiliumNetworkPolicy in each.
 */
public final class ClusterwidePolicyForm implements ProvisionForm {
  private static final String API = "cilium.io/v2";
  private static final String CLUSTER = "CiliumClusterwideNetworkPolicy";
  private static final String LOCAL = "CiliumNetworkPolicy";
  private static final String NAMESPACE = "io.kubernetes.pod.namespace";

  /**
   * What has a namespace. NotIn alone also selects the endpoints ingress and health of Cilium's
   * own, which have none
   * (https://docs.cilium.io/en/latest/network/servicemesh/default-deny-ingress-policy/,
   * https://github.com/cilium/cilium/pull/12199).
   */
  private static final Map<String, Object> PODS =
      map("key", "k8s:" + NAMESPACE, "operator", "Exists");

  private static final String SAYS_WHETHER = "cilium.cnp-enable-default-deny";

  @Override
  public String id() {
    return "cilium-clusterwide";
  }

  @Override
  public String title() {
    return "CiliumClusterwideNetworkPolicies";
  }

  @Override
  public int fit(String dialect, Set<String> kinds) {
    return kinds.contains(CLUSTER + ".cilium.io") ? 5 : 0;
  }

  @Override
  public String trial(Set<String> kinds) {
    return "set policy-audit-mode on the canary's endpoints (cilium endpoint config ID"
        + " PolicyAuditMode=Enabled), and look for verdicts AUDIT in Hubble";
  }

  @Override
  public List<Manifest> write(List<Provision> provisions, Context context) {
    boolean saysWhether = context.active(SAYS_WHETHER);
    List<Manifest> out = new ArrayList<>();
    for (Provision provision : provisions) {
      for (Part part : Part.of(provision)) {
        String kind = part.namespace().isEmpty() ? CLUSTER : LOCAL;
        out.add(Manifest.of(API, kind, part.place(), provision.why(), spec(part, saysWhether)));
      }
    }
    return out;
  }

  private static Map<String, Object> spec(Part part, boolean saysWhether) {
    Provision provision = part.provision();
    boolean whole = part.namespace().isEmpty();
    Map<String, Object> where = whole ? namespaces(provision.scope()) : Map.of();
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("endpointSelector", selector(provision.pods(), where));
    if (saysWhether) {
      spec.put(
          "enableDefaultDeny",
          map(
              "ingress",
              provision.isolates().contains(Direction.INGRESS),
              "egress",
              provision.isolates().contains(Direction.EGRESS)));
    }
    for (Direction direction : List.of(Direction.INGRESS, Direction.EGRESS)) {
      List<Map<String, Object>> rules = new ArrayList<>();
      provision.allows(direction).forEach(a -> rules.addAll(rules(a)));
      if (rules.isEmpty() && whole && provision.isolates().contains(direction)) {
        rules.add(Map.of()); // an empty rule isolates and selects nobody
      }
      if (!rules.isEmpty()) {
        spec.put(direction == Direction.INGRESS ? "ingress" : "egress", rules);
      }
    }
    return spec;
  }

  private static Map<String, Object> selector(
      Map<String, String> labels, Map<String, Object> where) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!labels.isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>();
      labels.forEach((key, value) -> all.put("k8s:" + key, value));
      out.put("matchLabels", all);
    }
    out.putAll(where);
    return out;
  }

  private static Map<String, Object> namespaces(Scope scope) {
    return switch (scope) {
      case Scope.Named(List<String> names) ->
          map("matchExpressions", List.of(namespace("In", names)));
      case Scope.AllBut(List<String> excepted, List<String> _) -> {
        List<Map<String, Object>> all = new ArrayList<>(List.of(PODS));
        if (!excepted.isEmpty()) {
          all.add(namespace("NotIn", excepted));
        }
        yield map("matchExpressions", all);
      }
    };
  }

  private static Map<String, Object> namespace(String operator, List<String> names) {
    return map("key", "k8s:" + NAMESPACE, "operator", operator, "values", names);
  }

  /** Two for an address of the own node: agents take it for the outside or for the entity host. */
  private static List<Map<String, Object>> rules(Allowance allowance) {
    return allowance.peer() instanceof Peer.OwnNode(List<String> cidrs)
        ? List.of(
            rule(new Allowance(allowance.direction(), new Peer.Range(cidrs), allowance.ports())),
            rule(allowance))
        : List.of(rule(allowance));
  }

  private static Map<String, Object> rule(Allowance allowance) {
    boolean in = allowance.direction() == Direction.INGRESS;
    Map<String, Object> rule = new LinkedHashMap<>();
    switch (allowance.peer()) {
      case Peer.Pods(String namespace, Map<String, String> labels) -> {
        Map<String, Object> all = map("k8s:" + NAMESPACE, namespace);
        labels.forEach((key, value) -> all.put("k8s:" + key, value));
        rule.put(in ? "fromEndpoints" : "toEndpoints", List.of(map("matchLabels", all)));
      }
      case Peer.SameNamespace _ ->
          rule.put(in ? "fromEndpoints" : "toEndpoints", List.of(Map.of()));
      case Peer.Range(List<String> cidrs) -> rule.put(in ? "fromCIDR" : "toCIDR", cidrs);
      case Peer.OwnNode _ -> rule.put(in ? "fromEntities" : "toEntities", List.of("host"));
      case Peer.Nodes _ ->
          rule.put(in ? "fromEntities" : "toEntities", List.of("host", "remote-node"));
      case Peer.ApiServer _ ->
          rule.put(in ? "fromEntities" : "toEntities", List.of("kube-apiserver"));
    }
    if (!allowance.ports().isEmpty()) {
      List<Map<String, Object>> ports = new ArrayList<>();
      for (Port port : allowance.ports()) {
        ports.add(map("port", Integer.toString(port.number()), "protocol", port.protocol().name()));
      }
      rule.put("toPorts", List.of(map("ports", ports)));
    }
    return rule;
  }
}
