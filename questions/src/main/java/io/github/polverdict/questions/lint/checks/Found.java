package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.lint.catalogue.Level;

/**
 * One finding.
 *
 * @param message one sentence without a full stop
 * @param object the object that it is about, as {@code NetworkPolicy shop/web}; empty for the
 *     cluster as a whole
 * @param origin the place
 */
public record Found(
    String code, Level level, String message, String object, Origin origin, Remedy remedy) {

  /** The object that an origin stands in; empty when it stands in none. */
  public static String object(Origin origin) {
    return switch (origin.place()) {
      case Origin.InFile f -> f.object();
      case Origin.InCluster c -> c.object();
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> "";
    };
  }

  /** The JSON pointer of an origin inside its object; empty for the root or no place. */
  static String pointer(Origin origin) {
    return switch (origin.place()) {
      case Origin.InFile f -> f.pointer();
      case Origin.InCluster c -> c.pointer();
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> "";
    };
  }
}
