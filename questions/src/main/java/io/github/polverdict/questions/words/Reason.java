package io.github.polverdict.questions.words;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Optional;

/**
 * Why something is decided as it is.
 *
 * @param policy the policy that the deciding element belongs to; empty when to none
 * @param sentence what it does, without a full stop
 * @param origin where it stands; empty when nothing stands anywhere
 * @param also further policies that isolate alike
 */
public record Reason(String policy, String sentence, Optional<Origin> origin, List<String> also) {
  public Reason {
    also = List.copyOf(also);
  }

  static Reason of(String sentence) {
    return new Reason("", sentence, Optional.empty(), List.of());
  }

  static Reason of(String sentence, Origin origin) {
    return new Reason("", sentence, Optional.of(origin), List.of());
  }
}
