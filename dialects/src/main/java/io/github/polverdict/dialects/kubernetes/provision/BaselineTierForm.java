package io.github.polverdict.dialects.kubernetes.provision;

import static io.github.polverdict.dialects.api.provision.Manifest.map;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.provision.Allowance;
import io.github.polverdict.core.model.provision.Allowance.Peer;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.provision.Manifest;
import io.github.polverdict.dialects.api.provision.ProvisionForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * ClusterNetworkPolicies of the tier Baseline, as of {@code policy.networking.k8s.io/v1alpha2}
 * (https://network-policy-api.sigs.k8s.io/reference/spec/).
 */
public final class BaselineTierForm implements ProvisionForm {
  private static final String NAME = "kubernetes.io/metadata.name";
  private static final int ALLOWS = 100;
  private static final int DEFAULTS = 900;

  @Override
  public String id() {
    return "cluster-network-policy";
  }

  @Override
  public String title() {
    return "ClusterNetworkPolicies of the tier Baseline";
  }

  @Override
  public int fit(String dialect, Set<String> kinds) {
    return kinds.contains("ClusterNetworkPolicy") ? 1 : 0;
  }

  @Override
  public String differs() {
    return "a NetworkPolicy that selects a pod takes it out of the tier Baseline for that direction,"
        + " also one that allows everything; and ingress from outside the cluster is not in the tier's"
        + " language";
  }

  @Override
  public String trial(Set<String> kinds) {
    return "judge observed flows before it is applied: polverdict baseline plan --flows FILE";
  }

  @Override
  public List<Manifest> write(List<Provision> provisions, Context context) {
    List<Manifest> out = new ArrayList<>();
    for (int i = 0; i < provisions.size(); i++) {
      Provision provision = provisions.get(i);
      boolean local =
          provision.allows().stream().anyMatch(a -> a.peer() instanceof Peer.SameNamespace);
      List<Scope> scopes =
          local
              ? provision.scope().today().stream()
                  .<Scope>map(n -> new Scope.Named(List.of(n)))
                  .toList()
              : List.of(provision.scope());
      for (Scope scope : scopes) {
        String name = provision.name() + (local ? "-" + scope.today().getFirst() : "");
        int priority = (provision.isolates().isEmpty() ? ALLOWS : DEFAULTS) + i % 90;
        out.add(
            Manifest.of(
                "policy.networking.k8s.io/v1alpha2",
                "ClusterNetworkPolicy",
                new Manifest.Place("", name),
                provision.why(),
                spec(provision, scope, priority)));
      }
    }
    return out;
  }

  private static Map<String, Object> spec(Provision provision, Scope scope, int priority) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("tier", "Baseline");
    spec.put("priority", priority);
    spec.put("subject", subject(provision, scope));
    for (Direction direction : List.of(Direction.INGRESS, Direction.EGRESS)) {
      List<Map<String, Object>> rules = new ArrayList<>();
      for (Allowance allowance : provision.allows(direction)) {
        rules.add(rule(allowance, scope));
      }
      if (provision.isolates().contains(direction)) {
        rules.add(deny(direction));
      }
      if (!rules.isEmpty()) {
        spec.put(direction == Direction.INGRESS ? "ingress" : "egress", rules);
      }
    }
    return spec;
  }

  private static Map<String, Object> subject(Provision provision, Scope scope) {
    Map<String, Object> namespaces = namespaces(scope);
    return provision.pods().isEmpty()
        ? map("namespaces", namespaces)
        : map(
            "pods",
            map(
                "namespaceSelector",
                namespaces,
                "podSelector",
                NetworkPolicyForm.labels(provision.pods())));
  }

  private static Map<String, Object> namespaces(Scope scope) {
    return switch (scope) {
      case Scope.Named(List<String> names) when names.size() == 1 ->
          NetworkPolicyForm.labels(Map.of(NAME, names.getFirst()));
      case Scope.Named(List<String> names) -> expression("In", names);
      case Scope.AllBut(List<String> excepted, List<String> _) when excepted.isEmpty() -> Map.of();
      case Scope.AllBut(List<String> excepted, List<String> _) -> expression("NotIn", excepted);
    };
  }

  private static Map<String, Object> expression(String operator, List<String> names) {
    return map(
        "matchExpressions", List.of(map("key", NAME, "operator", operator, "values", names)));
  }

  private static Map<String, Object> deny(Direction direction) {
    List<Map<String, Object>> pods = List.of(map("namespaces", Map.of()));
    return direction == Direction.INGRESS
        ? map("name", "default-deny", "action", "Deny", "from", pods)
        : map(
            "name",
            "default-deny",
            "action",
            "Deny",
            "to",
            List.of(map("namespaces", Map.of()), map("networks", List.of("0.0.0.0/0", "::/0"))));
  }

  private static Map<String, Object> rule(Allowance allowance, Scope scope) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("action", "Accept");
    rule.put(
        allowance.direction() == Direction.INGRESS ? "from" : "to",
        List.of(peer(allowance.peer(), scope)));
    if (!allowance.ports().isEmpty()) {
      rule.put(
          "protocols",
          allowance.ports().stream()
              .map(p ->
                  map(
                      p.protocol().name().toLowerCase(Locale.ROOT),
                      map("destinationPort", map("number", p.number()))))
              .toList());
    }
    return rule;
  }

  private static Map<String, Object> peer(Peer peer, Scope scope) {
    return switch (peer) {
      case Peer.Pods(String namespace, Map<String, String> labels) when labels.isEmpty() ->
          map("namespaces", NetworkPolicyForm.labels(Map.of(NAME, namespace)));
      case Peer.Pods(String namespace, Map<String, String> labels) ->
          map(
              "pods",
              map(
                  "namespaceSelector",
                  NetworkPolicyForm.labels(Map.of(NAME, namespace)),
                  "podSelector",
                  NetworkPolicyForm.labels(labels)));
      case Peer.SameNamespace _ -> map("namespaces", namespaces(scope));
      case Peer.Range(List<String> cidrs) -> map("networks", cidrs);
      case Peer.OwnNode(List<String> cidrs) -> map("networks", cidrs);
      case Peer.Nodes(List<String> cidrs) -> map("networks", cidrs);
      case Peer.ApiServer(List<String> cidrs) -> map("networks", cidrs);
    };
  }
}
