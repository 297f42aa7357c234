package io.github.polverdict.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.engine.ReachMatrix.Cell;
import io.github.polverdict.core.engine.Worlds.World;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BigClusterTest {

  /** The bound is processor time, so that other work on the machine does not count. */
  @Test
  void a_thousand_pods_that_policies_tell_apart_are_swept_in_two_seconds() {
    World world = BigCluster.of(1000, 50, 500);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    ReachMatrix matrix = ReachMatrix.of(world.model(), world.universe(), Family.IPV4);
    List<Cell> cells = new ArrayList<>();
    world
        .universe()
        .endpoints()
        .forEach(from -> matrix.forEachTarget(from, (_, cell) -> cells.add(cell)));
    long millis =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;

    assertThat(matrix.classes()).isGreaterThan(1000);
    assertThat(cells).hasSize(1034 * 1034);
    assertThat(millis).isLessThan(2000);
  }

  @Test
  void the_sweep_says_what_the_judge_says() {
    World world = BigCluster.of(300, 10, 200);
    Judge judge = new Judge(world.model(), world.universe());
    ReachMatrix matrix = ReachMatrix.of(world.model(), world.universe(), Family.IPV4);
    Choices choose = Choices.seeded(11);
    List<Endpoint> all = world.universe().endpoints();
    int denied = 0;
    for (int i = 0; i < 3000; i++) {
      Path path =
          Path.direct(
              choose.of(all), choose.of(all), Protocol.TCP, 8000 + choose.below(82), Family.IPV4);
      Outcome judged = judge.judge(path).outcome();
      Cell cell = matrix.cell(path.from(), path.to());
      assertThat(cell.allowed().contains(Protocol.TCP, path.port()))
          .as("%s -> %s:%d", path.from().id(), path.to().id(), path.port())
          .isEqualTo(judged == Outcome.ALLOWED);
      assertThat(cell.unknown().isEmpty()).isTrue();
      denied += judged == Outcome.DENIED ? 1 : 0;
    }
    assertThat(denied).isBetween(300, 2900);
  }

  @Test
  void pods_that_no_policy_tells_apart_are_one_class() {
    World world = BigCluster.of(5000, 20, 20);
    ReachMatrix matrix = ReachMatrix.of(world.model(), world.universe(), Family.IPV4);
    assertThat(matrix.classes()).as("20 namespaces, the nodes, the outside").isEqualTo(22);
  }
}
