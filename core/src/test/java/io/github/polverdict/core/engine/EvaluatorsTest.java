package io.github.polverdict.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorsTest {
  private static final long SEED = Long.getLong("seed", 20261123L);
  private static final int WORLDS = 4000;
  private static final List<Integer> PORTS = List.of(79, 80, 81, 85, 91);

  @Test
  void the_matrix_agrees_with_the_judge_on_every_pair_and_port_of_generated_worlds() {
    long flows = 0;
    long unknown = 0;
    for (int i = 0; i < WORLDS; i++) {
      Worlds.World world = Worlds.of(new Choices(SEED + i));
      Judge judge = new Judge(world.model(), world.universe());
      ReachMatrix matrix = ReachMatrix.of(world.model(), world.universe(), Family.IPV4);
      for (Endpoint from : world.universe().endpoints()) {
        for (Endpoint to : world.universe().endpoints()) {
          for (int port : PORTS) {
            Outcome judged = judge.judge(Path.direct(from, to, Protocol.TCP, port, Family.IPV4)).outcome();
            assertThat(outcome(matrix.cell(from, to), port))
                .as("seed %d: %s -> %s:%d", SEED + i, from.id(), to.id(), port)
                .isEqualTo(judged);
            flows++;
            unknown += judged == Outcome.UNKNOWN ? 1 : 0;
          }
        }
      }
    }
    assertThat(unknown).as("unknown ones of %d flows", flows).isBetween(flows / 100, flows / 2);
  }

  private static Outcome outcome(ReachMatrix.Cell cell, int port) {
    if (cell.allowed().contains(Protocol.TCP, port)) {
      return Outcome.ALLOWED;
    }
    return cell.unknown().contains(Protocol.TCP, port) ? Outcome.UNKNOWN : Outcome.DENIED;
  }
}
