package io.github.polverdict.workbench.baseline;

import io.github.polverdict.questions.baseline.BaselineAnswer;
import java.util.Optional;

/** Why no manifests make a cluster meet a baseline; a sentence for the user. */
public final class CannotGenerate extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<BaselineAnswer> shown;

  CannotGenerate(String sentence, Optional<BaselineAnswer> shown) {
    super(sentence);
    this.shown = shown;
  }

  /** What the cluster would come to with the best that was found; empty when nothing was tried. */
  public Optional<BaselineAnswer> shown() {
    return shown;
  }
}
