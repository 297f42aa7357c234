package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.questions.words.Sample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** PV107: pods that are open to their own node whatever policies say. */
final class OwnNodes implements Check {
  private static final Sample ANY = new Sample(Protocol.TCP, 1);

  @Override
  public void look(Ground ground, Sink out) {
    Map<String, Passage> exempt = new LinkedHashMap<>();
    for (Placed placed : ground.blocks()) {
      if (placed.block().direction() == Direction.INGRESS && placed.block().isolates()) {
        for (Endpoint pod : placed.selected()) {
          if (!exempt.containsKey(placed.plane().name())) {
            bypass(pod, placed, ground)
                .ifPresent(passage -> {
                  exempt.put(placed.plane().name(), passage);
                  out.add(
                      "PV107",
                      placed.block().origin(),
                      "pods are open to their own node whatever policies say, %s for example: %s"
                          .formatted(pod.shownAs(), passage.origin().text()),
                      Remedy.of("keep pods of the host network few and trusted"));
                });
          }
        }
      }
    }
  }

  private static Optional<Passage> bypass(Endpoint pod, Placed placed, Ground ground) {
    Optional<Endpoint> node =
        pod.kind() == Kind.POD
            ? pod.node().flatMap(n -> ground.bench().universe().node(n))
            : Optional.empty();
    return node
        .flatMap(n -> ground.judge(n, pod, ANY))
        .filter(v -> v.outcome() == Outcome.ALLOWED)
        .stream()
        .flatMap(v -> v.paths().stream())
        .flatMap(p -> p.gates().stream())
        .filter(g -> g.plane() == placed.plane() && g.gate() == Direction.INGRESS)
        .flatMap(g ->
            g.decision() instanceof Decision.Bypassed(Passage passage)
                ? Optional.of(passage).stream()
                : Optional.<Passage>empty().stream())
        .findFirst();
  }
}
