package io.github.polverdict.questions;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
   * The namespace that an end of a flow must be in for the input to matter to the flow; empty when
   * it may matter to any.
   */
  Optional<String> home(Ingredient input);

  /**
   * Rows of a profile that hold for one of the two because of the input, an engine's version or
   * setting; none for other inputs.
   */
  List<Row> rows(Ingredient input);

  /**
   * A row of an engine's profile.
   *
   * @param says what it is, with its id
   * @param otherwise the second bench as it would be if the row held as it does in the first
   */
  record Row(String says, Supplier<Judge> otherwise) {}

  /** What has no counterpart on the other side, with what it may correspond to. */
  List<Finding> unmatched();

  /**
   * An input in a few words.
   *
   * @param inA empty when the first side does not have it
   * @param differences what differs between the two; may be empty
   * @param remedy what makes the second behave like the first: a command, a manifest to apply or a
   *     sentence; empty when nothing can be said
   */
  record Described(
      String inA,
      String inB,
      Optional<Origin> originA,
      Optional<Origin> originB,
      List<Difference> differences,
      Optional<String> remedy) {
    public Described {
      differences = List.copyOf(differences);
    }
  }

  /**
   * One field that differs.
   *
   * @param says {@code spec.ingress[0].ports[0].port: 80 -> 8080}
   * @param originA where it stands in the first; empty when it is not there
   */
  record Difference(String says, Optional<Origin> originA, Optional<Origin> originB) {}
}
