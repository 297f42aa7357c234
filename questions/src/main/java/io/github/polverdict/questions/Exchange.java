package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two benches that speak the same names and whose inputs can be exchanged. With all of {@link
 * #differing} taken from the second, the first behaves as the second.
 */
public interface Exchange {

  Bench a();

  /** The second bench, told in the names of the first. */
  Bench b();

  /** The inputs that differ, sorted; no two overlap. */
  List<Ingredient> differing();

  /** The first bench with these inputs of the second. */
  Bench mixed(Set<Ingredient> fromB);

  /** The input as each side has it. */
  Described describe(Ingredient input);

  /**
   * An input in a few words.
   *
   * @param inA empty when the first side does not have it
   * @param differs what differs between the two, one line each; may be empty
   */
  record Described(
      String inA,
      String inB,
      Optional<Origin> originA,
      Optional<Origin> originB,
      List<String> differs) {
    public Described {
      differs = List.copyOf(differs);
    }
  }
}
