package io.github.polverdict.lab.recreate;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.Set;

/**
 * Policies by which a proxy looks into TLS. An agent that has none waits for it, and no policy
 * reaches its node's pods meanwhile (docs/dialects/measurements.md, Cilium 1.20.2).
 */
public final class Proxied {
  private static final Set<String> FIELDS =
      Set.of("serverNames", "terminatingTLS", "originatingTLS");

  private Proxied() {}

  /** Whether a policy is one. */
  public static boolean is(Document policy) {
    return is(policy.root());
  }

  private static boolean is(Value value) {
    return switch (value) {
      case Mapping m ->
          m.entries().entrySet().stream()
              .anyMatch(e -> e.getKey().equals("toPorts") ? looks(e.getValue()) : is(e.getValue()));
      case Sequence s -> s.items().stream().anyMatch(Proxied::is);
      case Value.Scalar _ -> false;
    };
  }

  private static boolean looks(Value ports) {
    return ports instanceof Sequence items
        && items.items().stream()
            .anyMatch(i ->
                i instanceof Mapping m && m.entries().keySet().stream().anyMatch(FIELDS::contains));
  }
}
