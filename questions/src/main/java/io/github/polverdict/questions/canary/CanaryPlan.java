package io.github.polverdict.questions.canary;

import static io.github.polverdict.core.model.canary.Cast.NEAR;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.canary.CanaryStep;
import io.github.polverdict.core.model.canary.CanaryStep.CanaryPolicy;
import io.github.polverdict.core.model.canary.CanaryStep.Role;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.core.model.canary.Wire;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The steps of the canary: first everything is allowed in words, then one direction after the other
 * is closed as a whole and opened for one peer and protocol. Every policy is about both directions
 * and says for each what passes, so that engines which deny by default, and those that read
 * policyTypes otherwise, are shown to enforce as well.
 */
public final class CanaryPlan {
  private static final String ALL = "{}";
  private static final String NEAR_TCP =
      "{\"%s\":[{\"podSelector\":{\"matchLabels\":{\""
          + Cast.LABEL
          + "\":\"near\"}}}],"
          + "\"ports\":[{\"protocol\":\"TCP\",\"port\":"
          + Wire.PORT
          + "}]}";
  private static final String SELECT =
      "{\"matchExpressions\":[{\"key\":\""
          + Cast.LABEL
          + "\",\"operator\":\"%s\",\"values\":[\"hub\"]}]}";
  private static final CanaryPolicy OTHERS =
      policy("others-open", SELECT.formatted("NotIn"), ALL, ALL);

  private CanaryPlan() {}

  /**
   * The steps, in order.
   *
   * @param far whether there is a pod on another node
   */
  public static List<CanaryStep> steps(boolean far) {
    Set<Wire> all = Set.copyOf(Wire.all(far));
    CanaryPolicy open = hub("hub-open", ALL, ALL);
    return List.of(
        new CanaryStep("bare", "there is no policy", Role.DEFAULT, List.of(), all),
        step("open", "everything is allowed", Role.CONTROL, open, all),
        step(
            "no-ingress",
            "nothing may call the hub",
            Role.DENIAL,
            hub("hub-no-ingress", "", ALL),
            only(all, w -> w.direction() == Direction.EGRESS)),
        step(
            "some-ingress",
            "only the near pod may call the hub, over TCP",
            Role.DENIAL,
            hub("hub-some-ingress", NEAR_TCP.formatted("from"), ALL),
            only(all, w -> w.direction() == Direction.EGRESS || nearTcp(w))),
        step(
            "no-egress",
            "the hub may call nothing",
            Role.DENIAL,
            hub("hub-no-egress", ALL, ""),
            only(all, w -> w.direction() == Direction.INGRESS)),
        step(
            "some-egress",
            "the hub may call only the near pod, over TCP",
            Role.DENIAL,
            hub("hub-some-egress", ALL, NEAR_TCP.formatted("to")),
            only(all, w -> w.direction() == Direction.INGRESS || nearTcp(w))),
        step("open-again", "everything is allowed", Role.CONTROL, open, all));
  }

  private static CanaryStep step(
      String id, String says, Role role, CanaryPolicy policy, Set<Wire> passes) {
    return new CanaryStep(id, says, role, List.of(OTHERS, policy), passes);
  }

  private static Set<Wire> only(Set<Wire> all, Predicate<Wire> passes) {
    return all.stream().filter(passes).collect(Collectors.toUnmodifiableSet());
  }

  private static boolean nearTcp(Wire wire) {
    return wire.peer() == NEAR && wire.protocol() == Protocol.TCP;
  }

  private static CanaryPolicy hub(String name, String ingress, String egress) {
    return policy(name, SELECT.formatted("In"), ingress, egress);
  }

  /** Rules of a direction: {@code {}} for everything, empty for nothing. */
  private static CanaryPolicy policy(String name, String selector, String ingress, String egress) {
    return new CanaryPolicy(
        name,
        "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\","
            + "\"metadata\":{\"name\":\"%s\"},\"spec\":{\"podSelector\":%s,"
                .formatted(name, selector)
            + "\"policyTypes\":[\"Ingress\",\"Egress\"],"
            + "\"ingress\":[%s],\"egress\":[%s]}}".formatted(ingress, egress));
  }
}
