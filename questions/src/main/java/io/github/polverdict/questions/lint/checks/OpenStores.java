package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.questions.calls.CallJudge;
import io.github.polverdict.questions.words.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** PV204: data stores and shells that are open to everybody. */
final class OpenStores implements Check {
  private static final Set<Integer> PORTS =
      Set.of(
          22, 1433, 1521, 2375, 2379, 2380, 3306, 3389, 5432, 5672, 5984, 6379, 9042, 9200, 9300,
          10250, 11211, 27017);
  private static final int FEW = 16; // a rule with more ports does not name one

  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      if (placed.block().direction() != Direction.INGRESS || !placed.sure()) {
        continue;
      }
      for (Rule rule : placed.block().rules()) {
        if (rule.action() == Action.ALLOW && rule.onlyIf().isEmpty()) {
          look(placed, rule, ground, out);
        }
      }
    }
  }

  private static void look(Placed placed, Rule rule, Ground ground, Sink out) {
    Optional<String> whom = whom(rule);
    Endpoint stranger = Stranger.POD;
    boolean anyPod =
        rule.peers().stream()
            .anyMatch(p ->
                ground.is(p, stranger, placed.plane())
                    == io.github.polverdict.core.kernel.Truth.YES);
    if (whom.isEmpty() && !anyPod) {
      return;
    }
    for (Endpoint pod : placed.selected()) {
      Set<Integer> ports = new TreeSet<>(PORTS);
      TrafficSet traffic = numbers(rule);
      ports.removeIf(p ->
          !traffic.contains(Protocol.TCP, p) || !(names(traffic, p) || listens(pod, p, ground)));
      ports.removeIf(p -> !passes(whom.isPresent(), pod, p, ground));
      if (!ports.isEmpty()) {
        out.add(
            "PV204",
            rule.origin(),
            "a rule of %s lets %s reach %s on TCP %s"
                .formatted(
                    placed.block().name(),
                    whom.orElse("every pod of every namespace"),
                    pod.shownAs(),
                    String.join(", ", ports.stream().map(Object::toString).toList())),
            Remedy.of("say which pods may call"));
        return;
      }
    }
  }

  /** Who outside is meant; empty when nobody or not everybody is. */
  private static Optional<String> whom(Rule rule) {
    for (PeerSpec peer : rule.peers()) {
      if (peer instanceof PeerSpec.Anyone) {
        return Optional.of("everybody");
      }
      if (peer instanceof PeerSpec.InRange(IpSet range, var _)
          && (IpSet.ALL_V4.subsetOf(range) || IpSet.ALL_V6.subsetOf(range))) {
        return Optional.of("every address");
      }
    }
    return Optional.empty();
  }

  private static TrafficSet numbers(Rule rule) {
    TrafficSet out = TrafficSet.NONE;
    for (TrafficSpec spec : rule.traffic()) {
      if (spec instanceof TrafficSpec.Numeric(TrafficSet traffic)) {
        out = out.or(traffic);
      }
    }
    return out;
  }

  private static boolean names(TrafficSet traffic, int port) {
    List<int[]> ranges = traffic.numbers(Protocol.TCP).ranges();
    return ranges.stream().mapToInt(r -> r[1] - r[0] + 1).sum() <= FEW
        && ranges.stream().anyMatch(r -> r[0] <= port && port <= r[1]);
  }

  private static boolean listens(Endpoint pod, int port, Ground ground) {
    return pod.ports().stream().anyMatch(p -> p.protocol() == Protocol.TCP && p.number() == port)
        || ground.led(pod).stream().anyMatch(l -> l.target() == port);
  }

  private static boolean passes(boolean fromOutside, Endpoint pod, int port, Ground ground) {
    Sample traffic = new Sample(Protocol.TCP, port);
    if (!fromOutside) {
      return ground.judge(Stranger.POD, pod, traffic).stream()
          .anyMatch(v -> v.outcome() == Outcome.ALLOWED);
    }
    return ground.outside().stream()
        .filter(e -> CallJudge.has(e, Family.IPV4) || CallJudge.has(pod, Family.IPV6))
        .flatMap(e -> ground.judge(e, pod, traffic).stream())
        .anyMatch(v -> v.outcome() == Outcome.ALLOWED);
  }
}
