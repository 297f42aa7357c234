package io.github.polverdict.workbench.files;

import io.github.polverdict.core.kernel.Finding;
import java.util.List;

/** A file of polverdict's own that cannot be taken, with everything that is wrong with it. */
public final class BadForm extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  BadForm(List<Finding> findings) {
    super(findings.getFirst().message(), null, false, false);
    this.findings = List.copyOf(findings);
  }

  /** At least one, in the order of the text. */
  public List<Finding> findings() {
    return findings;
  }
}
