package io.github.polverdict.dialects.kuberouter;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.List;
import java.util.Optional;

/** The rules of a policy that name ports, as rules beside its own. */
final class PortNameRules {
  private PortNameRules() {}

  /**
   * The policy with the names of its rules only.
   *
   * @param mixed whether rules that also have ports by numbers count
   */
  static NetworkPolicySpec of(NetworkPolicySpec spec, boolean mixed, Origin.BuiltIn because) {
    return new NetworkPolicySpec(
        spec.document(),
        spec.subject(),
        spec.isolates(),
        named(spec.ingress(), mixed, because),
        named(spec.egress(), mixed, because),
        Optional.of(because));
  }

  private static List<RuleEntry> named(
      List<RuleEntry> rules, boolean mixed, Origin.BuiltIn because) {
    return rules.stream()
        .filter(rule -> mixed || rule.ports().stream().allMatch(PortNameRules::isName))
        .map(rule ->
            rule.withPorts(rule.ports().stream().filter(PortNameRules::isName).toList(), because))
        .filter(rule -> !rule.ports().isEmpty())
        .toList();
  }

  private static boolean isName(PortEntry entry) {
    return entry.port().orElse(null) instanceof Port.Name;
  }

  /** Blocks that open and isolate nobody; those without rules are left out. */
  static List<Placed> open(List<Placed> policy) {
    return policy.stream()
        .filter(p -> !p.block().rules().isEmpty())
        .map(p -> new Placed(p.tier(), p.block().isolating(false)))
        .toList();
  }
}
