package io.github.polverdict.questions.lint.checks;

import java.util.Optional;

/**
 * What to do about one finding.
 *
 * @param says one sentence
 */
public record Remedy(String says, Optional<Patch> patch) {

  /** A change that makes the finding go away. */
  public sealed interface Patch {
    /** An object to add, as YAML. */
    record Add(String manifest) implements Patch {}

    /**
     * A change of an object.
     *
     * @param object {@code NetworkPolicy shop/web}
     * @param json a JSON Patch (RFC 6902)
     */
    record Change(String object, String json) implements Patch {}
  }

  static Remedy of(String says) {
    return new Remedy(says, Optional.empty());
  }

  static Remedy add(String says, Optional<String> manifest) {
    return new Remedy(says, manifest.map(Patch.Add::new));
  }

  static Remedy change(String says, String object, String json) {
    return new Remedy(says, Optional.of(new Patch.Change(object, json)));
  }
}
