package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ports of a rule as one match per protocol (go-controller/pkg/libovsdb/util/acl.go,
 * getProtocolPortsMap and getL4Match): a name and an absent port have no number, so that they widen
 * a protocol without numbers to all of its ports and are lost beside numbers.
 */
final class PortGroups {
  private PortGroups() {}

  static NetworkPolicySpec of(NetworkPolicySpec spec, Context context) {
    return spec.mapRules(rule -> grouped(rule, context));
  }

  private static RuleEntry grouped(RuleEntry rule, Context context) {
    Map<Protocol, List<PortEntry>> byProtocol = new LinkedHashMap<>();
    rule.ports()
        .forEach(e -> byProtocol.computeIfAbsent(e.protocol(), _ -> new ArrayList<>()).add(e));
    List<PortEntry> out = new ArrayList<>();
    boolean named = false;
    for (List<PortEntry> entries : byProtocol.values()) {
      List<PortEntry> numbers =
          entries.stream().filter(e -> e.port().orElse(null) instanceof Port.Number).toList();
      PortEntry first = entries.getFirst();
      out.addAll(
          numbers.isEmpty()
              ? List.of(new PortEntry(first.place(), first.protocol(), Optional.empty()))
              : numbers);
      named |= entries.stream().anyMatch(e -> e.port().orElse(null) instanceof Port.Name);
    }
    if (out.equals(rule.ports())) {
      return rule;
    }
    String row = named ? "named-port-all-of-protocol" : "protocol-only-port-lost";
    return rule.withPorts(out, context.origin("ovn-kubernetes." + row));
  }
}
