package io.github.polverdict.workbench.baseline;

import io.github.polverdict.questions.baseline.BaselineAnswer;
import java.util.Optional;

/** Why no manifests make a cluster meet a baseline; a sentence for the user. */
public final class CannotGenerate extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<BaselineAnswer> shown;
  private final boolean asked;

  CannotGenerate(String sentence, Optional<BaselineAnswer> shown) {
    this(sentence, shown, false);
  }

  private CannotGenerate(String sentence, Optional<BaselineAnswer> shown, boolean asked) {
    super(sentence);
    this.shown = shown;
    this.asked = asked;
  }

  /** What was asked makes no sense here. */
  static CannotGenerate asked(String sentence) {
    return new CannotGenerate(sentence, Optional.empty(), true);
  }

  /** Whether what was asked makes no sense here, whatever the cluster comes to. */
  public boolean isOfQuestion() {
    return asked;
  }

  /** What the cluster would come to with the best that was found; empty when nothing was tried. */
  public Optional<BaselineAnswer> shown() {
    return shown;
  }
}
