package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.List;

/**
 * Traffic and what causes its difference.
 *
 * @param ways the smallest sets that make the difference, each enough; none when none was found
 * @param fields the smallest sets of fields of their inputs that do, where some can be divided
 */
record Found(Piece piece, List<List<Ingredient>> ways, List<List<Chosen>> fields) {

  /**
   * A field of an input, by number, or the input as a whole.
   *
   * @param field -1 for an input that is not divided
   */
  record Chosen(Ingredient input, int field) {}
}
