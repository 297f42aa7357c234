package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which inputs may matter to a flow: those of the namespaces of its ends, and those of none. */
final class Scopes {
  /** So few inputs are tried in every combination, wherever they belong. */
  private static final int FEW = 5;

  private final List<Ingredient> inputs;
  private final BitSet everywhere = new BitSet();
  private final Map<String, BitSet> ofNamespace = new HashMap<>();
  private final Map<Ends, BitSet> known = new HashMap<>();

  private record Ends(String one, String other) {}

  Scopes(Exchange exchange) {
    this.inputs = exchange.differing();
    for (int i = 0; i < inputs.size(); i++) {
      String home = inputs.size() > FEW ? exchange.home(inputs.get(i)).orElse("") : "";
      (home.isEmpty() ? everywhere : ofNamespace.computeIfAbsent(home, _ -> new BitSet())).set(i);
    }
  }

  List<Ingredient> inputs() {
    return inputs;
  }

  /** The numbers of the inputs that may matter to a spot. */
  BitSet of(Spot spot) {
    return known.computeIfAbsent(
        new Ends(Risks.namespace(spot.src()), Risks.namespace(spot.dst())),
        ends -> {
          BitSet out = (BitSet) everywhere.clone();
          out.or(ofNamespace.getOrDefault(ends.one(), new BitSet()));
          out.or(ofNamespace.getOrDefault(ends.other(), new BitSet()));
          return out;
        });
  }

  /** Whether every input of the set is in the scope. */
  boolean covers(BitSet scope, BitSet set) {
    BitSet rest = (BitSet) set.clone();
    rest.andNot(scope);
    return rest.isEmpty();
  }
}
