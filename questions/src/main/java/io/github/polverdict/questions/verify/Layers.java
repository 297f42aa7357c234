package io.github.polverdict.questions.verify;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Plane.Denial;
import java.util.List;
import java.util.Optional;

/** Finds what is not about policies: who else refuses, and destinations that never answer. */
final class Layers {
  private final List<Compared> all;

  Layers(List<Compared> all) {
    this.all = all;
  }

  /** It was refused on the way, and no engine refuses there: they drop, or no policy is asked. */
  Optional<Explanation> refusedByAnother(Compared one) {
    boolean dropsOnly =
        one.verdict().paths().stream()
            .flatMap(p -> p.gates().stream().filter(Layers::mayDeny).map(g -> seen(p, g)))
            .allMatch(Denial.SILENT_DROP::equals);
    return one.saw(Sign.REFUSED_BY_POLICY) && dropsOnly
        ? Optional.of(
            Explanation.of(
                Cause.OTHER_LAYER,
                "it was refused on the way, and the engine here drops what it denies",
                "look for a mesh, a sidecar or a firewall that refuses it"))
        : Optional.empty();
  }

  private static boolean mayDeny(GateVerdict gate) {
    return switch (gate.decision()) {
      case Decision.ByRule _, Decision.ByIsolation _, Decision.Undecided _ -> true;
      case Decision.ByNothing _, Decision.Bypassed _, Decision.NeverLeaves _, Decision.NoRoute _ ->
          false;
    };
  }

  private static Denial seen(PathVerdict path, GateVerdict gate) {
    return gate.plane().traits().denial().seen(gate.gate(), path.path().family());
  }

  /** Nobody got an answer there, by a protocol in which silence says little. */
  Optional<Explanation> nothingListens(Compared one) {
    boolean silent =
        one.saw(Sign.DROPPED) && one.trial().flow().protocol() != Protocol.TCP && !reached(one);
    return silent && !declared(one)
        ? Optional.of(
            Explanation.of(
                Cause.NOTHING_LISTENS,
                "nobody got an answer there, and no container declares the port",
                "nothing, unless something should listen there"))
        : Optional.empty();
  }

  /** What is outside may have a firewall of its own. */
  Optional<Explanation> outside(Compared one) {
    boolean outside =
        !one.verdict().paths().isEmpty()
            && one.verdict().paths().stream().allMatch(p -> p.path().to().kind() == Kind.EXTERNAL);
    return outside && one.saw(Outcome.DENIED) && !reached(one)
        ? Optional.of(
            Explanation.of(
                Cause.OTHER_LAYER,
                "nobody got an answer of that outside address",
                "look whether it answers at all, and for firewalls on the way out"))
        : Optional.empty();
  }

  private boolean reached(Compared one) {
    return all.stream().anyMatch(c -> c.callsTheSame(one) && c.saw(Outcome.ALLOWED));
  }

  /** A Service's port is declared by the Service. */
  private static boolean declared(Compared one) {
    Optional<Endpoint> to = one.to();
    return to.isEmpty()
        || to.get().ports().stream()
            .anyMatch(p ->
                p.protocol() == one.trial().flow().protocol()
                    && p.number() == one.trial().flow().port());
  }
}
