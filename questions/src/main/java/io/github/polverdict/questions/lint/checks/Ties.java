package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PV210: rules of one rank that disagree. */
final class Ties implements Check {
  private record Rank(int order, Direction direction, int rank) {}

  private record Part(Placed placed, Rule rule) {}

  @Override
  public void look(Ground ground, Sink out) {
    ground
        .bench()
        .model()
        .planes()
        .forEach(plane -> {
          Map<Rank, List<Part>> ranks = new HashMap<>();
          for (Placed placed : ground.blocks()) {
            if (placed.plane() == plane && placed.sure()) {
              for (Rule rule : placed.block().rules()) {
                Rank rank = new Rank(placed.order(), placed.block().direction(), rule.rank());
                ranks.computeIfAbsent(rank, _ -> new ArrayList<>()).add(new Part(placed, rule));
              }
            }
          }
          ranks.values().stream()
              .filter(parts -> parts.stream().map(p -> p.rule().action()).distinct().count() > 1)
              .forEach(parts -> disagreeing(parts, ground, out));
        });
  }

  private static void disagreeing(List<Part> parts, Ground ground, Sink out) {
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        Part a = parts.get(i);
        Part b = parts.get(j);
        boolean ordered = a.placed() == b.placed(); // rules of one block are served in order
        if (!ordered && a.rule().action() != b.rule().action()) {
          meeting(a, b, ground)
              .ifPresent(ends ->
                  out.add(
                      "PV210",
                      a.rule().origin(),
                      "%s and %s disagree over traffic of %s, and no order is defined between them"
                          .formatted(a.placed().block().name(), b.placed().block().name(), ends),
                      Remedy.of("give them different priorities or orders")));
        }
      }
    }
  }

  /** Where two rules meet: the same subject, the same peer, the same traffic. */
  private static Optional<String> meeting(Part a, Part b, Ground ground) {
    List<Endpoint> subjects = a.placed().shared(b.placed());
    if (subjects.isEmpty()) {
      return Optional.empty();
    }
    List<Endpoint> ends = new ArrayList<>(ground.inside());
    ends.addAll(ground.outside());
    Endpoint subject = subjects.getFirst();
    boolean in = a.placed().block().direction() == Direction.INGRESS;
    return ends.stream()
        .filter(e -> !e.equals(subject) && is(a, e, ground) && is(b, e, ground))
        .filter(e -> {
          Endpoint to = in ? subject : e;
          TrafficSet both = Inert.traffic(a.rule(), to).and(Inert.traffic(b.rule(), to));
          return Sample.of(both).stream()
              .flatMap(s -> ground.judge(in ? e : subject, to, s).stream())
              .flatMap(v -> v.doubts().stream())
              .anyMatch(Doubt.UndefinedOrder.class::isInstance);
        })
        .findFirst()
        .map(e -> subject.shownAs() + " with " + e.shownAs());
  }

  private static boolean is(Part part, Endpoint endpoint, Ground ground) {
    for (PeerSpec peer : part.rule().peers()) {
      if (ground.is(peer, endpoint, part.placed().plane()) == Truth.YES) {
        return true;
      }
    }
    return false;
  }
}
