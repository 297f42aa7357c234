package io.github.polverdict.questions;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
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

  /**
   * The first bench with these inputs of the second.
   *
   * @param fields of some of them only these fields, by number; of the others all
   */
  Bench mixed(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields);

  /** The first bench with these inputs of the second, whole. */
  default Bench mixed(Set<Ingredient> fromB) {
    return mixed(fromB, Map.of());
  }

  /** How many fields of an input differ that can be exchanged on their own. */
  int fields(Ingredient input);

  /** What differs in one of them, {@code spec.ports[0].port: 80 -> 8080}. */
  String field(Ingredient input, int number);

  /**
   * The input as each side has it.
   *
   * @param fields those that matter, by number, which alone are told; all when there are none
   */
  Described describe(Ingredient input, BitSet fields);

  /**
   * The namespace that an end of a flow must be in for the input to matter to the flow; empty when
   * it may matter to any.
   */
  Optional<String> home(Ingredient input);

  /**
   * Rows of profiles by which the input may act: of another engine all that hold on either side, of
   * another version or setting those that hold on one; none for other inputs.
   */
  List<Row> rows(Ingredient input);

  /**
   * A row of an engine's profile.
   *
   * @param says what it is, with its id and on which side it holds
   * @param ofA whether it is of the first's engine
   * @param otherwise the bench of that side as it would be if the row were as on the other side
   */
  record Row(String id, String says, boolean ofA, Supplier<Judge> otherwise) {}

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
