package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The tiers of a cluster: those that Antrea makes when it starts, and those of Tier objects
 * (pkg/controller/networkpolicy/tier.go and validate.go, tierValidator).
 */
public final class Tiers {
  static final String TYPE = "Tier.crd.antrea.io";

  /** The priority of the tier that comes after NetworkPolicies. */
  static final int BASELINE = 253;

  private static final int MOST = 20;
  private static final Map<String, Integer> MADE =
      Map.of(
          "emergency", 50,
          "securityops", 100,
          "networkops", 150,
          "platform", 200,
          "application", 250,
          "baseline", BASELINE);

  /** Names of the days when tiers were no objects yet; they are read in lower case. */
  private static final Set<String> FORMER =
      Set.of("Emergency", "SecurityOps", "NetworkOps", "Platform", "Application");

  private static final Set<Integer> RESERVED = Set.of(251, 252, 254, 255);

  private final Map<String, Integer> priorities = new LinkedHashMap<>(MADE);
  private final List<Finding> findings = new ArrayList<>();
  private final Optional<Doubt> unread;

  /**
   * @param admin the priority that is kept for ClusterNetworkPolicies of Kubernetes; empty when
   *     they are not read
   */
  public Tiers(Snapshot snapshot, OptionalInt admin) {
    this.unread = Unread.of(snapshot, Set.of(TYPE));
    for (Document tier : snapshot.ofKind(TYPE)) {
      FieldChecks checks = checked(tier, admin);
      if (checks.refused()) {
        findings.addAll(checks.findings());
      } else {
        int priority = tier.at("spec", "priority").integer().orElse(0);
        priorities.put(tier.id().name(), priority);
      }
    }
  }

  private FieldChecks checked(Document tier, OptionalInt admin) {
    FieldChecks checks = new FieldChecks("PV080");
    checks.onlyFields(tier.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    Field spec = tier.at("spec");
    checks.onlyFields(spec, Set.of("priority", "description"));
    Field priority = spec.get("priority");
    if (!checks.required(priority) || !checks.inRange(priority, 0, 255)) {
      return checks;
    }
    String name = tier.id().name();
    int value = priority.integer().orElse(0);
    String says = "tier " + name + " priority " + value;
    boolean taken =
        priorities.entrySet().stream()
            .anyMatch(e -> e.getValue() == value && !e.getKey().equals(name));
    if (RESERVED.contains(value) || admin.equals(OptionalInt.of(value))) {
      checks.refuse(priority, says + " is reserved");
    } else if (taken) {
      checks.refuse(priority, says + " overlaps with existing Tier");
    } else if (!priorities.containsKey(name) && priorities.size() >= MOST) {
      checks.refuse(priority, "maximum number of Tiers supported: " + MOST);
    }
    return checks;
  }

  /** What is wrong with Tier objects. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The priority of a policy's tier, lowest first; empty when there is no such tier. */
  OptionalInt priority(Document policy) {
    String name = policy.at("spec", "tier").text("");
    String real = name.isEmpty() ? "application" : FORMER.contains(name) ? lower(name) : name;
    Integer priority = priorities.get(real);
    return priority == null ? OptionalInt.empty() : OptionalInt.of(priority);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Why there may be tiers that were not read. */
  Optional<Doubt> unread() {
    return unread;
  }
}
