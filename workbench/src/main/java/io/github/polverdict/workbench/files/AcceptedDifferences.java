package io.github.polverdict.workbench.files;

import io.github.polverdict.questions.diff.Acceptance;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the differences between two clusters that somebody accepts. */
public final class AcceptedDifferences {
  /** The kind of such a file. */
  public static final String KIND = "AcceptedDifferences";

  private AcceptedDifferences() {}

  /** The acceptances of one document. */
  public static List<Acceptance> of(Form form) {
    return form.forms("accepted").stream().map(AcceptedDifferences::one).toList();
  }

  private static Acceptance one(Form form) {
    Set<What> what = new HashSet<>();
    form.choice("what", What.class).ifPresent(what::add);
    String from = form.text("from").orElse("");
    String to = form.text("to").orElse("");
    String cause = form.text("cause").orElse("");
    String only = form.text("only").orElse("");
    if (from.isEmpty() && to.isEmpty() && cause.isEmpty() && only.isEmpty()) {
      form.refuse("from", "it would accept everything", "say from, to, cause or only");
    }
    return new Acceptance(Exemptions.of(form), from, to, what, cause, only);
  }
}
