package io.github.polverdict.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.engine.Worlds.World;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.PolicyModel.Candidate;
import io.github.polverdict.core.model.PolicyModel.Candidates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EvaluatorsTest {
  private static final long SEED = Long.getLong("seed", 20261123L);
  private static final int WORLDS = Integer.getInteger("worlds", 2000);

  /**
   * A world of possible facts in which a path is judged: what it found, and the facts that it used.
   */
  private record Run(boolean passes, Map<Doubt, Map<Object, Integer>> facts) {}

  @Test
  void the_judge_decides_only_what_all_possible_worlds_agree_on() {
    long flows = 0;
    long unknown = 0;
    List<String> imprecise = new ArrayList<>();
    List<String> unnamed = new ArrayList<>();
    for (int i = 0; i < WORLDS; i++) {
      World world = Worlds.of(Choices.seeded(SEED + i));
      Judge judge = new Judge(world.model(), world.universe());
      Choices choose = Choices.seeded(~(SEED + i));
      for (int n = 0; n < 12; n++) {
        Path path = path(world, choose);
        PathVerdict judged = judge.judge(path);
        List<Run> runs = runs(world, path);
        Set<Boolean> real = new TreeSet<>(runs.stream().map(Run::passes).toList());
        String flow = "seed %d: %s".formatted(SEED + i, text(path));
        if (judged.outcome() == Outcome.UNKNOWN) {
          unknown++;
          if (real.size() == 1) {
            imprecise.add(flow);
          } else if (!separate(doubts(judged), runs)) {
            unnamed.add(flow + " " + doubts(judged));
          }
        } else {
          assertThat(real).as(flow).containsExactly(judged.outcome() == Outcome.ALLOWED);
        }
        flows++;
      }
    }
    assertThat(unknown).as("unknown of %d flows", flows).isBetween(flows / 100, flows / 3);
    assertThat(imprecise)
        .as("unknown although all worlds agree")
        .hasSizeLessThan((int) (flows / 1000));
    assertThat(unnamed)
        .as("doubts that do not separate the outcomes")
        .hasSizeLessThan((int) (flows / 1000));
  }

  private static Path path(World world, Choices choose) {
    List<Endpoint> all = world.universe().endpoints();
    Family family = choose.oneIn(5) ? Family.IPV6 : Family.IPV4;
    Via via = choose.oneIn(3) ? choose.of(List.of(Via.values())) : Via.POD_ADDRESS;
    Endpoint from = choose.of(all);
    Endpoint to = choose.of(all);
    int port = choose.of(Worlds.ASKED);
    int called = via == Via.POD_ADDRESS ? port : choose.of(Worlds.ASKED);
    Addresses at =
        via == Via.POD_ADDRESS
            ? to.addresses()
            : Addresses.exactly(IpSet.of(choose.of(Worlds.SPOTS)));
    boolean forwarded = via != Via.POD_ADDRESS && choose.oneIn(2);
    return switch (choose.below(8)) {
      case 0 -> new Path(from, to, Protocol.UDP, 53, 53, via, at, forwarded, family);
      case 1 -> Path.direct(from, to, Protocol.ICMP, 8 << 8, family);
      default -> new Path(from, to, Protocol.TCP, port, called, via, at, forwarded, family);
    };
  }

  private static String text(Path p) {
    String ends = p.from().id() + " -> " + p.to().id();
    return ends
        + " "
        + p.protocol()
        + " "
        + p.called()
        + ">"
        + p.port()
        + " "
        + p.via()
        + " "
        + p.family();
  }

  private static List<Run> runs(World world, Path path) {
    List<Run> out = new ArrayList<>();
    Choices.exhaust(choices -> {
      Map<Doubt, Map<Object, Integer>> facts = new HashMap<>();
      Definition.Facts asked =
          (doubt, detail, options) -> {
            Map<Object, Integer> details = facts.computeIfAbsent(doubt, _ -> new HashMap<>());
            return details.computeIfAbsent(detail, _ -> choices.below(options));
          };
      out.add(new Run(new Definition(world, asked).passes(path), facts));
      assertThat(out).as("possible worlds of %s", text(path)).hasSizeLessThan(100_000);
    });
    return out;
  }

  private static Set<String> doubts(PathVerdict judged) {
    Set<String> out = new HashSet<>();
    for (GateVerdict gate : judged.gates()) {
      if (gate.outcome() == Outcome.UNKNOWN
          && gate.decision() instanceof Decision.Undecided(var doubts)) {
        doubts.forEach(d -> out.add(text(d)));
      }
    }
    return out;
  }

  /** Whether worlds in which the named facts are the same agree. */
  private static boolean separate(Set<String> named, List<Run> runs) {
    Map<Object, Set<Boolean>> outcomes = new HashMap<>();
    for (Run run : runs) {
      Map<Doubt, Object> settled = new HashMap<>(run.facts());
      settled.keySet().removeIf(d -> !named.contains(text(d)));
      outcomes.computeIfAbsent(settled, _ -> new HashSet<>()).add(run.passes());
    }
    return outcomes.values().stream().allMatch(o -> o.size() == 1);
  }

  /** A doubt's text, the same for all that one fact settles. */
  private static String text(Doubt doubt) {
    String text = doubt instanceof Doubt.UndefinedOrder ? "order" : doubt.text();
    return text.replace("the address of the node of", "the node of")
        .replace("the address of a node", "which node it is")
        .replaceFirst("whether (the node of .*|a node) is node/n1", "$1")
        .replaceFirst("^a node$", "which node it is");
  }

  @Test
  void the_matrix_agrees_with_the_judge_on_every_pair_and_port_of_generated_worlds() {
    long flows = 0;
    long unknown = 0;
    for (int i = 0; i < WORLDS; i++) {
      World world = Worlds.of(Choices.seeded(SEED + i));
      Family family = i % 5 == 0 ? Family.IPV6 : Family.IPV4;
      Judge judge = new Judge(world.model(), world.universe());
      ReachMatrix matrix = ReachMatrix.of(world.model(), world.universe(), family);
      for (Endpoint from : world.universe().endpoints()) {
        for (Endpoint to : world.universe().endpoints()) {
          ReachMatrix.Cell cell = matrix.cell(from, to);
          List<Path> paths = new ArrayList<>();
          Worlds.ASKED.forEach(
              port -> paths.add(Path.direct(from, to, Protocol.TCP, port, family)));
          paths.add(Path.direct(from, to, Protocol.UDP, 53, family));
          paths.add(Path.direct(from, to, Protocol.ICMP, 8 << 8, family));
          for (Path path : paths) {
            Outcome judged = judge.judge(path).outcome();
            assertThat(outcome(cell, path))
                .as("seed %d: %s", SEED + i, text(path))
                .isEqualTo(judged);
            flows++;
            unknown += judged == Outcome.UNKNOWN ? 1 : 0;
          }
        }
      }
    }
    assertThat(unknown).as("unknown ones of %d flows", flows).isBetween(flows / 100, flows / 2);
  }

  @Test
  void candidates_are_certain_exactly_where_each_alone_says_the_same() {
    long unknown = 0;
    long flows = 0;
    for (int i = 0; i < WORLDS / 4; i++) {
      World first = Worlds.of(Choices.seeded(SEED + i));
      List<PolicyModel> alone =
          List.of(
              first.model(),
              Worlds.of(Choices.seeded(SEED + WORLDS + i)).model(),
              new PolicyModel(List.of(), List.of()));
      List<Candidate> candidates = new ArrayList<>();
      alone
          .subList(0, 2 + i % 2)
          .forEach(m -> candidates.add(new Candidate("c" + candidates.size(), m.planes())));
      PolicyModel together = PolicyModel.oneOf(new Candidates(candidates, Worlds.HERE), List.of());
      Judge judge = new Judge(together, first.universe());
      ReachMatrix matrix = ReachMatrix.of(together, first.universe(), Family.IPV4);
      for (Endpoint from : first.universe().endpoints()) {
        for (Endpoint to : first.universe().endpoints()) {
          Path path = Path.direct(from, to, Protocol.TCP, 80, Family.IPV4);
          Set<Outcome> each = new TreeSet<>();
          candidates.forEach(c ->
              each.add(
                  new Judge(new PolicyModel(c.planes(), List.of()), first.universe())
                      .judge(path)
                      .outcome()));
          Outcome expected = each.size() == 1 ? each.iterator().next() : Outcome.UNKNOWN;
          PathVerdict judged = judge.judge(path);
          String flow = "seed %d: %s".formatted(SEED + i, text(path));
          assertThat(judged.outcome()).as(flow).isEqualTo(expected);
          assertThat(outcome(matrix.cell(from, to), path)).as(flow).isEqualTo(expected);
          if (expected == Outcome.UNKNOWN) {
            assertThat(doubts(judged)).as(flow).isNotEmpty();
          }
          unknown += expected == Outcome.UNKNOWN ? 1 : 0;
          flows++;
        }
      }
    }
    assertThat(unknown)
        .as("unknown ones of %d flows", flows)
        .isBetween(flows / 20, flows / 20 * 19);
  }

  private static Outcome outcome(ReachMatrix.Cell cell, Path path) {
    if (cell.allowed().contains(path.protocol(), path.port())) {
      return Outcome.ALLOWED;
    }
    return cell.unknown().contains(path.protocol(), path.port()) ? Outcome.UNKNOWN : Outcome.DENIED;
  }
}
