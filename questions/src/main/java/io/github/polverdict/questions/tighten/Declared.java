package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.naming.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flow that must pass.
 *
 * @param from in the words of {@code explain}
 * @param to the same, with a port where there is one
 * @param traffic what passes when {@code to} has no port; empty for every port
 */
public record Declared(String from, String to, Optional<TrafficSet> traffic) {

  /** Flows between parties as {@code connectivity} shows them. */
  public static List<Declared> between(String src, String dst, TrafficSet traffic) {
    List<Declared> out = new ArrayList<>();
    for (String from : Shown.words(src)) {
      for (String to : Shown.words(dst)) {
        out.add(new Declared(from, to, Optional.of(traffic)));
      }
    }
    return out;
  }

  /** {@code shop/web -> data/db:5432}. */
  public String words() {
    return from + " -> " + to + traffic.map(t -> " " + t).orElse("");
  }
}
