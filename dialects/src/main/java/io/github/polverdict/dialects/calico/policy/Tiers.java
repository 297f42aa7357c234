package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tiers of a cluster, lowest order first, equal ones by name: those that Calico makes when it
 * starts, and those of Tier objects (api/pkg/apis/projectcalico/v3/tier.go;
 * felix/calc/policy_sorter.go, TierLess).
 */
public final class Tiers {
  /** The tier of NetworkPolicies of Kubernetes, and of policies that name none. */
  public static final String DEFAULT = "default";

  /** The tiers that only policies of policy.networking.k8s.io are in, before and after. */
  public record OfKubernetes(String admin, String baseline) {}

  private static final OfKubernetes FORMER =
      new OfKubernetes("adminnetworkpolicy", "baselineadminnetworkpolicy");
  private static final OfKubernetes PRESENT = new OfKubernetes("kube-admin", "kube-baseline");
  private static final double USUAL = 1_000_000;
  private static final double LAST = Double.POSITIVE_INFINITY;

  private final Map<String, Known> byName = new LinkedHashMap<>();
  private final Set<String> missing = new TreeSet<>();

  private record Known(String name, double order, Action unmatched) {}

  public Tiers(Snapshot snapshot, Context context) {
    add(new Known(DEFAULT, USUAL, Action.DENY));
    if (!context.active("calico.one-tier")) {
      CalicoObjects.all(snapshot, "Tier").forEach(this::add);
      OfKubernetes reserved = ofKubernetes(context);
      add(new Known(reserved.admin(), 1000, Action.PASS));
      add(new Known(reserved.baseline(), 10_000_000, Action.PASS));
      Stream.of(CalicoPolicies.LOCAL, CalicoPolicies.CLUSTER)
          .flatMap(kind -> CalicoObjects.all(snapshot, kind).stream())
          .map(d -> of(d, context))
          .filter(name -> !has(name))
          .forEach(missing::add);
    }
  }

  /** The names of the tiers that Calico keeps for the policies of the cluster's administrator. */
  public static OfKubernetes ofKubernetes(Context context) {
    return context.active("calico.cluster-network-policy") ? PRESENT : FORMER;
  }

  /**
   * Calico's API writes down the order of the tier default where there is none
   * (libcalico-go/lib/resources/tier.go, DefaultTierFields); Felix takes none for the last.
   */
  private void add(Document tier) {
    String name = tier.id().name();
    if (!name.equals(DEFAULT)) {
      Field action = tier.at("spec", "defaultAction");
      add(
          new Known(
              name,
              order(tier.at("spec", "order")).orElse(CalicoObjects.isServed(tier) ? USUAL : LAST),
              action.text("Deny").equals("Pass") ? Action.PASS : Action.DENY));
    } else if (tier.at("spec", "defaultAction").text("Deny").equals("Pass")) {
      add(new Known(DEFAULT, USUAL, Action.PASS));
    }
  }

  private void add(Known tier) {
    byName.put(tier.name(), tier);
  }

  /** A number with or without a fraction. */
  static Optional<Double> order(Field field) {
    try {
      return field.text().map(Double::parseDouble);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /**
   * The tier of a policy: the one that it names. Of one that was stored past Calico's API it is in
   * the name before the first dot (libcalico-go/lib/names of v3.31.0, policy.go,
   * TierFromPolicyName).
   */
  static String of(Document policy, Context context) {
    boolean named = !CalicoObjects.isServed(policy) && context.active("calico.stored-tier-in-name");
    String name = policy.id().name();
    String said =
        named
            ? name.substring(0, Math.max(0, name.indexOf('.')))
            : policy.at("spec", "tier").text("");
    return said.isEmpty() ? DEFAULT : said;
  }

  /** Whether there is a tier, not only policies that name it. */
  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** In the order in which they are judged: those that are only named are the last. */
  public List<TierFrame> frames() {
    List<Known> sorted = new ArrayList<>(byName.values());
    sorted.sort(Comparator.comparingDouble(Known::order).thenComparing(Known::name));
    missing.forEach(name -> sorted.add(new Known(name, LAST, Action.DENY)));
    return sorted.stream().map(t -> new TierFrame(t.name(), List.of(), t.unmatched())).toList();
  }
}
