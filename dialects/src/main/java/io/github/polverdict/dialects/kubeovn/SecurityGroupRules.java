package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a SecurityGroup must be like: the definition's types (dist/images/install.sh), and what the
 * controller asks for before it makes anything of it (pkg/controller/security_group.go,
 * validateSgRule).
 */
final class SecurityGroupRules {
  private static final Set<String> RULE =
      Set.of(
          "ipVersion",
          "protocol",
          "priority",
          "remoteType",
          "remoteAddress",
          "remoteSecurityGroup",
          "portRangeMin",
          "portRangeMax",
          "policy",
          "localAddress",
          "sourcePortRangeMin",
          "sourcePortRangeMax");

  private final Snapshot snapshot;
  private final int highest;

  /**
   * @param highest OVN's priority from which that of a rule is taken
   */
  SecurityGroupRules(Snapshot snapshot, int highest) {
    this.snapshot = snapshot;
    this.highest = highest;
  }

  private static Stream<Field> rules(Document group) {
    return Stream.of("ingressRules", "egressRules")
        .flatMap(s -> group.at("spec", s).items().stream());
  }

  List<Finding> refusals(Document group) {
    FieldChecks checks = new FieldChecks("PV080");
    Field spec = group.at("spec");
    checks.isMap(spec);
    checks.onlyFields(spec, Set.of("ingressRules", "egressRules", "allowSameGroupTraffic", "tier"));
    checks.isBool(spec.get("allowSameGroupTraffic"));
    checks.isInteger(spec.get("tier"));
    List.of("ingressRules", "egressRules").forEach(s -> checks.isList(spec.get(s)));
    rules(group)
        .forEach(rule -> {
          checks.isMap(rule);
          checks.onlyFields(rule, RULE);
          Stream.of("priority", "portRangeMin", "portRangeMax", "sourcePortRangeMin")
              .forEach(k -> checks.isInteger(rule.get(k)));
          Stream.of("ipVersion", "protocol", "remoteType", "remoteAddress", "policy")
              .forEach(k -> checks.isString(rule.get(k)));
        });
    return checks.findings();
  }

  /** Why the controller takes nothing of the group, one clause; empty when it takes it. */
  Optional<String> rejects(Document group) {
    return rules(group).flatMap(r -> rejects(r).stream()).findFirst();
  }

  private Optional<String> rejects(Field rule) {
    String protocol = rule.get("protocol").text("");
    int priority = rule.get("priority").integer().orElse(0);
    int most = highest - 2100;
    if (!Set.of("ipv4", "ipv6").contains(rule.get("ipVersion").text(""))) {
      return Optional.of("IPVersion should be 'ipv4' or 'ipv6'");
    }
    if (priority < 1 || priority > most) {
      return Optional.of("priority '%d' is not in the range of 1 to %d".formatted(priority, most));
    }
    Optional<String> remote = remote(rule);
    if (remote.isPresent() || !Set.of("tcp", "udp").contains(protocol)) {
      return remote;
    }
    int first = rule.get("portRangeMin").integer().orElse(0);
    int last = rule.get("portRangeMax").integer().orElse(0);
    if (first < 1 || first > 65535 || last < 1 || last > 65535) {
      return Optional.of("portRange is out of range");
    }
    return first > last
        ? Optional.of("portRange err, range Minimum value greater than maximum value")
        : Optional.empty();
  }

  private Optional<String> remote(Field rule) {
    String address = rule.get("remoteAddress").text("");
    String other = rule.get("remoteSecurityGroup").text("");
    return switch (rule.get("remoteType").text("")) {
      case "address" -> {
        boolean valid =
            Stream.of(address.split(",", -1))
                .allMatch(a -> Attachments.range(a.strip()).isPresent());
        String what = address.contains("/") ? "CIDR" : "ip address";
        yield valid ? Optional.empty() : Optional.of("invalid %s '%s'".formatted(what, address));
      }
      case "securityGroup" ->
          snapshot.find(Attachments.GROUP, "", other).isPresent()
              ? Optional.empty()
              : Optional.of("failed to get remote sg '" + other + "'");
      case String type -> Optional.of("not support sgRemoteType '" + type + "'");
    };
  }

  /** Whether it needs the second of the tiers of security groups. */
  static boolean hasTiers(Document group) {
    return group.at("spec", "tier").integer().orElse(0) != 0
        || rules(group).anyMatch(r -> r.get("policy").text("").equals("pass"));
  }
}
