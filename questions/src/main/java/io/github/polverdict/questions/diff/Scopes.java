package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which inputs may matter to a flow: those of the namespaces of its ends, and those of none. */
final class Scopes implements Choices {
  /** So few inputs are tried in every combination, wherever they belong. */
  private static final int FEW = 5;

  private final Hybrids hybrids;
  private final List<Ingredient> inputs;
  private final BitSet everywhere = new BitSet();
  private final Map<String, BitSet> ofNamespace = new HashMap<>();
  private final Map<Ends, BitSet> known = new HashMap<>();

  private record Ends(String one, String other) {}

  Scopes(Exchange exchange, Hybrids hybrids) {
    this.hybrids = hybrids;
    this.inputs = exchange.differing();
    for (int i = 0; i < inputs.size(); i++) {
      String home = inputs.size() > FEW ? exchange.home(inputs.get(i)).orElse("") : "";
      (home.isEmpty() ? everywhere : ofNamespace.computeIfAbsent(home, _ -> new BitSet())).set(i);
    }
  }

  @Override
  public int count() {
    return inputs.size();
  }

  @Override
  public BitSet scope(Spot spot) {
    return known.computeIfAbsent(
        new Ends(Risks.namespace(spot.src()), Risks.namespace(spot.dst())),
        ends -> {
          BitSet out = (BitSet) everywhere.clone();
          out.or(ofNamespace.getOrDefault(ends.one(), new BitSet()));
          out.or(ofNamespace.getOrDefault(ends.other(), new BitSet()));
          return out;
        });
  }

  @Override
  public boolean permits(BitSet set) {
    return true;
  }

  @Override
  public Hybrids.Recipe recipe(BitSet set) {
    return new Hybrids.Recipe(inputs(set), Map.of());
  }

  @Override
  public Hybrids hybrids() {
    return hybrids;
  }

  /** The inputs of a set, in their order. */
  Set<Ingredient> inputs(BitSet set) {
    Set<Ingredient> out = new LinkedHashSet<>();
    set.stream().forEach(i -> out.add(inputs.get(i)));
    return out;
  }
}
