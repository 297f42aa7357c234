package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.Party;
import java.util.List;
import java.util.Optional;

/**
 * What a baseline would cut, and in which order to apply it.
 *
 * @param form what would be applied, in a few words
 * @param trial how that is tried before it takes effect
 * @param namespaces those that get something, those that lose least first; the canary before all
 * @param observed the flows of a file, in its order; none without one
 */
public record PlanAnswer(
    String source,
    String baseline,
    String form,
    String trial,
    List<Impact> namespaces,
    List<Observed> observed,
    List<Pin> pins,
    List<Missing> missing) {

  /**
   * What one namespace loses.
   *
   * @param canary whether to begin with it
   * @param observed how many flows of the file from or to it are cut
   */
  public record Impact(String namespace, boolean canary, List<Cut> cuts, int observed) {
    public Impact {
      cuts = List.copyOf(cuts);
    }
  }

  /**
   * Traffic that passes now, or may pass, and would not.
   *
   * @param traffic what of it the destination declares or a Service leads to; all of it outside,
   *     and where nothing is declared
   */
  public record Cut(
      Party src, Party dst, TrafficSet traffic, String because, Optional<Origin> origin) {}

  /** A flow of a file, now and then; without outcomes it was not understood. */
  public record Observed(
      String from, String to, Optional<Outcome> now, Optional<Outcome> then, String because) {
    /** Whether its words mean something here. */
    public boolean understood() {
      return now.isPresent() && then.isPresent();
    }

    /** Whether it would be cut. */
    public boolean cut() {
      return then.filter(Outcome.DENIED::equals).isPresent()
          && now.filter(o -> o != Outcome.DENIED).isPresent();
    }
  }

  public PlanAnswer {
    namespaces = List.copyOf(namespaces);
    observed = List.copyOf(observed);
    pins = List.copyOf(pins);
    missing = List.copyOf(missing);
  }
}
