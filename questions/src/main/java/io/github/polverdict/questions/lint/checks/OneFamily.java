package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.questions.calls.CallJudge;
import java.util.List;
import java.util.Optional;

/** PV507: rules for the whole outside of one family only. */
final class OneFamily implements Check {
  private static final IpAddress V4 = IpAddress.parse("8.8.8.8").orElseThrow();
  private static final IpAddress V6 = IpAddress.parse("2001:4860:4860::8888").orElseThrow();

  @Override
  public void look(Ground ground, Sink out) {
    if (ground.bench().families().size() < 2) {
      return;
    }
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        if (placed.sure() && rule.action() == Action.ALLOW && rule.onlyIf().isEmpty()) {
          look(placed, rule, ground, out);
        }
      }
    }
  }

  private static void look(Placed placed, Rule rule, Ground ground, Sink out) {
    List<IpSet> ranges =
        rule.peers().stream()
            .flatMap(p ->
                p instanceof PeerSpec.InRange(IpSet range, var _)
                    ? List.of(range).stream()
                    : List.<IpSet>of().stream())
            .toList();
    boolean four = ranges.stream().anyMatch(r -> r.contains(V4));
    boolean six = ranges.stream().anyMatch(r -> r.contains(V6));
    if (four == six) {
      return;
    }
    Family lacking = four ? Family.IPV6 : Family.IPV4;
    Optional<Endpoint> outside =
        ground.outside().stream()
            .filter(e -> e.addresses().set().contains(four ? V6 : V4))
            .findFirst();
    List<Endpoint> pods =
        placed.selected().stream()
            .filter(e -> e.addresses().exact())
            .filter(e -> CallJudge.has(e, Family.IPV4) && CallJudge.has(e, Family.IPV6))
            .filter(e -> outside.isPresent() && denied(placed, rule, e, outside.get(), ground))
            .toList();
    if (!pods.isEmpty()) {
      out.add(
          "PV507",
          rule.origin(),
          "a rule of %s opens the outside of %s only, and %s has addresses of both families"
              .formatted(
                  placed.block().name(),
                  lacking == Family.IPV6 ? "IPv4" : "IPv6",
                  Wording.list(pods)),
          Remedy.of("add " + (lacking == Family.IPV6 ? "::/0" : "0.0.0.0/0")));
    }
  }

  private static boolean denied(
      Placed placed, Rule rule, Endpoint pod, Endpoint outside, Ground ground) {
    boolean out = placed.block().direction() == Direction.EGRESS;
    Endpoint from = out ? pod : outside;
    Endpoint to = out ? outside : pod;
    TrafficSet traffic = Inert.traffic(rule, to);
    return !traffic.isEmpty() && ground.possible(from, to).and(traffic).isEmpty();
  }
}
