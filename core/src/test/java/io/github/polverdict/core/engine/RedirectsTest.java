package io.github.polverdict.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.engine.Worlds.World;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Redirect;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Service.Backend;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls that go to other endpoints than the called ones, under generated policies. */
class RedirectsTest {
  private static final long SEED = Long.getLong("seed", 20261128L);
  private static final int WORLDS = Integer.getInteger("worlds", 1000);

  @Test
  void the_matrix_follows_redirects_as_the_judge_does() {
    long unknown = 0;
    long moved = 0;
    for (int i = 0; i < WORLDS; i++) {
      Choices choose = Choices.seeded(SEED + i);
      World world = Worlds.of(choose);
      PolicyModel model = redirecting(world, choose);
      Judge judge = new Judge(model, world.universe());
      Judge plain = new Judge(world.model(), world.universe());
      ReachMatrix matrix = ReachMatrix.of(model, world.universe(), Family.IPV4);
      for (Endpoint from : world.universe().endpoints()) {
        for (Endpoint to : world.universe().endpoints()) {
          for (int port : Worlds.ASKED) {
            Outcome judged = judge.judge(flow(from, to, port)).outcome();
            ReachMatrix.Cell cell = matrix.cell(from, to);
            Outcome swept =
                cell.allowed().contains(Protocol.TCP, port)
                    ? Outcome.ALLOWED
                    : cell.unknown().contains(Protocol.TCP, port)
                        ? Outcome.UNKNOWN
                        : Outcome.DENIED;
            String text = "seed %d: %s -> %s:%d".formatted(SEED + i, from.id(), to.id(), port);
            assertThat(swept).as(text).isEqualTo(judged);
            unknown += judged == Outcome.UNKNOWN ? 1 : 0;
            moved += plain.judge(flow(from, to, port)).outcome() == judged ? 0 : 1;
          }
        }
      }
    }
    assertThat(moved).as("verdicts that redirects change").isGreaterThan(WORLDS / 2);
    assertThat(unknown).as("unknown ones").isPositive();
  }

  @Test
  void a_call_that_surely_goes_elsewhere_is_judged_as_one_of_the_endpoint_that_gets_it() {
    long seen = 0;
    for (int i = 0; i < WORLDS; i++) {
      Choices choose = Choices.seeded(SEED + i);
      World world = Worlds.of(choose);
      Universe universe = world.universe();
      Endpoint outside = universe.endpoint("outside").orElseThrow();
      Endpoint backend = universe.endpoints().getFirst();
      Map<String, List<Backend>> to = new HashMap<>();
      Worlds.NODES.forEach(n -> to.put(n, List.of(new Backend(backend.id(), 81))));
      Redirect redirect = redirect(Worlds.SPOTS.get(4), 80, to, List.of());
      Judge judge = new Judge(with(world.model(), List.of(redirect)), universe);
      for (Endpoint from : universe.endpoints()) {
        boolean judged =
            world.model().planes().getFirst().nodes().isEmpty()
                && from.node().isPresent()
                && from.kind() != Kind.NETWORK_SET;
        if (judged) {
          Verdict verdict = judge.judge(flow(from, outside, 80));
          Path path = Path.direct(from, backend, Protocol.TCP, 81, Family.IPV4);
          assertThat(verdict.outcome())
              .as("seed %d: %s", SEED + i, from.id())
              .isEqualTo(judge.judge(path).outcome());
          assertThat(verdict.paths()).hasSize(1);
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(WORLDS);
  }

  private static Flow flow(Endpoint from, Endpoint to, int port) {
    return new Flow(from, new Flow.Target.ToEndpoint(to), Protocol.TCP, port, Family.IPV4);
  }

  private static PolicyModel with(PolicyModel model, List<Redirect> redirects) {
    return new PolicyModel(
        model.planes().stream()
            .map(p ->
                new Plane(
                    p.name(),
                    p.nodes(),
                    p.view(),
                    p.tiers(),
                    p.passages(),
                    p.traits(),
                    p.otherwise(),
                    redirects))
            .toList(),
        List.of());
  }

  private static PolicyModel redirecting(World world, Choices choose) {
    List<Redirect> redirects = new ArrayList<>();
    for (int r = 0; r <= choose.below(2); r++) {
      Map<String, List<Backend>> to = new HashMap<>();
      for (String node : Worlds.NODES) {
        if (!choose.oneIn(3)) {
          List<Backend> backends = new ArrayList<>();
          for (int b = 0; b < choose.below(3); b++) {
            backends.add(
                new Backend(
                    choose.of(world.universe().endpoints()).id(), choose.of(Worlds.NUMBERS)));
          }
          to.put(node, backends);
        }
      }
      List<Doubt> onlyIf =
          choose.oneIn(4) ? List.of(new Doubt.KnownAtRuntime("a fact", Worlds.HERE)) : List.of();
      redirects.add(
          redirect(choose.of(Worlds.SPOTS.subList(0, 6)), choose.of(Worlds.ASKED), to, onlyIf));
    }
    return with(world.model(), redirects);
  }

  private static Redirect redirect(
      IpAddress called, int port, Map<String, List<Backend>> to, List<Doubt> onlyIf) {
    return new Redirect(
        new Redirect.Called.Address(IpSet.of(called)),
        Protocol.TCP,
        port,
        new PeerSpec.Selected(new Selector.OfKind(Set.of(Kind.POD, Kind.HOST_POD, Kind.NODE))),
        to,
        onlyIf,
        Worlds.HERE);
  }
}
