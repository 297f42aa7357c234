package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** Deviations that several engines share; each names the quirk that it is for. */
public final class Bends {
  private Bends() {}

  /** {@code endPort} is not known to the engine: only {@code port} counts. */
  public static NetworkPolicySpec firstPortOnly(NetworkPolicySpec spec, Origin.BuiltIn because) {
    return spec.mapRules(rule -> {
      List<PortEntry> ports = rule.ports().stream().map(Bends::firstOnly).toList();
      return ports.equals(rule.ports()) ? rule : rule.withPorts(ports, because);
    });
  }

  private static PortEntry firstOnly(PortEntry entry) {
    return entry.port().orElse(null) instanceof Port.Number(int first, OptionalInt end)
            && end.isPresent()
        ? new PortEntry(
            entry.place(),
            entry.protocol(),
            Optional.of(new Port.Number(first, OptionalInt.empty())))
        : entry;
  }

  /** Some port entries match nothing. */
  public static NetworkPolicySpec withoutPorts(
      NetworkPolicySpec spec, Predicate<PortEntry> gone, Origin.BuiltIn because) {
    return spec.mapRules(rule -> {
      List<PortEntry> ports = rule.ports().stream().filter(gone.negate()).toList();
      return ports.size() == rule.ports().size() ? rule : rule.withPorts(ports, because);
    });
  }

  /** An entry for all ports of a protocol is lost where another of its rule names a port. */
  public static NetworkPolicySpec withoutAllPorts(NetworkPolicySpec spec, Origin.BuiltIn because) {
    return spec.mapRules(rule -> {
      List<Protocol> narrowed =
          rule.ports().stream().filter(e -> e.port().isPresent()).map(PortEntry::protocol).toList();
      List<PortEntry> ports =
          rule.ports().stream()
              .filter(e -> e.port().isPresent() || !narrowed.contains(e.protocol()))
              .toList();
      return ports.size() == rule.ports().size() ? rule : rule.withPorts(ports, because);
    });
  }

  /** The engine does not know one direction: it neither isolates nor allows there. */
  public static NetworkPolicySpec without(
      NetworkPolicySpec spec, Direction direction, Origin.BuiltIn because) {
    if (!spec.isolates().contains(direction)) {
      return spec;
    }
    Set<Direction> rest = EnumSet.complementOf(EnumSet.of(direction));
    rest.retainAll(spec.isolates());
    return new NetworkPolicySpec(
        spec.document(), spec.subject(), rest, spec.ingress(), spec.egress(), Optional.of(because));
  }

  /** Rules of a direction that policyTypes leaves out isolate all the same. */
  public static NetworkPolicySpec isolatingByRules(NetworkPolicySpec spec, Origin.BuiltIn because) {
    NetworkPolicySpec out = spec;
    for (Direction direction : Direction.values()) {
      List<RuleEntry> rules = spec.rules(direction);
      if (!rules.isEmpty() && !spec.isolates().contains(direction)) {
        out = out.isolatingAlso(direction, because);
      }
    }
    return out;
  }
}
