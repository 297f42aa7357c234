package io.github.polverdict.questions.verify;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Bench;
import java.util.Optional;

/** Finds what changed between the choice of the flows and the last packet. */
final class Changes {
  private final Optional<Bench> after;

  Changes(Evidence evidence) {
    this.after = evidence.after();
  }

  Optional<Explanation> changed(Compared one) {
    return after.flatMap(bench -> changed(one, bench));
  }

  private static Optional<Explanation> changed(Compared one, Bench bench) {
    Optional<Trial> now = Recorded.of(one.trial()).in(bench.universe());
    if (now.isEmpty() || !hasAddress(now.get(), bench.universe())) {
      return explanation("an end of the flow is not what it was when it was chosen");
    }
    return bench.judge().judge(now.get().flow()).outcome() == one.verdict().outcome()
        ? Optional.empty()
        : explanation("what decides the flow was changed while it was tried");
  }

  private static boolean hasAddress(Trial trial, Universe universe) {
    return switch (trial.flow().to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          universe
              .endpoint(to.id())
              .filter(e -> e.addresses().set().contains(trial.at()))
              .isPresent();
      case Flow.Target.ToService _ -> true;
    };
  }

  private static Optional<Explanation> explanation(String sentence) {
    return Optional.of(Explanation.of(Cause.CHANGED, sentence, "verify again"));
  }
}
