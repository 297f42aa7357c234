package io.github.polverdict.questions.verify;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.verify.Alternative.Sort;
import io.github.polverdict.questions.words.Quirks;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what each contradiction comes from. What the run itself shows comes first; then what must be
 * otherwise for the packets to be explained; and where nothing shows anything, the prediction is
 * wrong.
 */
final class Explainer {
  private static final int ROWS = 3;
  private static final String REPORT =
      "report it with the saved run (--save) and a snapshot of what the policies select";

  private final Bench bench;
  private final Substitutes substitutes;
  private final List<Function<Compared, Optional<Explanation>>> clues;

  Explainer(Bench bench, List<Compared> all, Evidence evidence) {
    this.bench = bench;
    this.substitutes = new Substitutes(evidence.alternatives(), all);
    Pattern pattern = new Pattern(all);
    Layers layers = new Layers(all);
    this.clues =
        List.of(
            new Changes(evidence)::changed,
            pattern::silentSource,
            layers::refusedByAnother,
            layers::nothingListens,
            pattern::idleAgent,
            this::canary,
            this::notRealised,
            this::rows,
            this::settings,
            this::nothing,
            pattern::idlePolicy,
            layers::outside,
            pattern::cutNodes);
  }

  Explanation explain(Compared contradiction) {
    return clues.stream()
        .flatMap(clue -> clue.apply(contradiction).stream())
        .findFirst()
        .orElseGet(() -> wrong(contradiction));
  }

  /** What passed although it is denied, in a cluster whose canary has failed before. */
  private Optional<Explanation> canary(Compared one) {
    return bench.findings().stream()
        .filter(f -> f.code().equals("PV120") && one.saw(Outcome.ALLOWED))
        .findFirst()
        .map(f -> Explanation.of(Cause.AGENT, f.message(), f.help()));
  }

  /** The engine's own word, in the policy's status, that it did not take a policy. */
  private Optional<Explanation> notRealised(Compared one) {
    String policy = one.policy();
    return bench.findings().stream()
        .filter(f -> f.code().equals("PV111") && !policy.isEmpty())
        .filter(f -> f.origin().place().text().contains(policy))
        .findFirst()
        .map(f ->
            Explanation.of(
                Cause.NOT_REALISED,
                policy + " decides it, and its status says: " + f.message(),
                f.help().isEmpty() ? "look at the policy's status" : f.help()));
  }

  private Optional<Explanation> rows(Compared one) {
    List<Alternative> rows = substitutes.explaining(one, Sort.ROW);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int most = substitutes.resolvedBy(rows.getFirst()).size();
    List<Alternative> best =
        rows.stream().filter(a -> substitutes.resolvedBy(a).size() == most).limit(ROWS).toList();
    String says = best.stream().map(Alternative::says).collect(Collectors.joining(", or if "));
    return Optional.of(
        new Explanation(
            Cause.PREDICTION_WRONG,
            "it would do what was seen if " + says,
            "say the engine's true version and settings with --cni; if they are right, " + REPORT,
            best.stream().map(Alternative::id).toList(),
            true));
  }

  private Optional<Explanation> settings(Compared one) {
    return substitutes.explaining(one, Sort.SETTINGS).stream()
        .findFirst()
        .map(a ->
            Explanation.of(
                Cause.AGENT,
                "it would do what was seen if " + a.says(),
                "compare the agents' settings with what they run with, and restart them if need be"));
  }

  private Optional<Explanation> nothing(Compared one) {
    return substitutes.explaining(one, Sort.NOTHING).stream()
        .findFirst()
        .map(a ->
            Explanation.of(
                Cause.AGENT,
                "everything that was tried does what it would do if " + a.says(),
                "look whether the engine's agents run, and run 'polverdict canary'"));
  }

  private static Explanation wrong(Compared one) {
    List<String> rows = Quirks.of(one.verdict()).stream().map(Origin.BuiltIn::quirk).toList();
    String rests =
        Stream.of(one.policy(), String.join(", ", rows))
            .filter(s -> !s.isEmpty())
            .collect(Collectors.joining(" and "));
    return new Explanation(
        Cause.PREDICTION_WRONG,
        (rests.isEmpty() ? "the prediction rests on no policy" : "the prediction rests on " + rests)
            + ", and nothing else in this run explains what was seen",
        REPORT,
        rows,
        false);
  }
}
