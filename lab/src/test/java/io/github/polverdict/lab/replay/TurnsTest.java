package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void findsTheOneThatEndsAnAgent() {
    List<List<String>> played = new ArrayList<>();
    assertThat(culprits(played, turn -> turn.contains("c"))).containsExactly("c");
    assertThat(played)
        .containsExactly(
            List.of("a", "b", "c", "d"),
            List.of("a", "b"),
            List.of("c", "d"),
            List.of("c"),
            List.of("c"),
            List.of("d"));
  }

  @Test
  void blamesNobodyForWhatTheTurnBeforeDid() {
    List<List<String>> played = new ArrayList<>();
    assertThat(culprits(played, _ -> played.size() <= 5)).containsExactly("a");
    assertThat(played).endsWith(List.of("b"), List.of("b"), List.of("c", "d"));
  }

  private static List<String> culprits(List<List<String>> played, Predicate<List<String>> dies) {
    List<String> out = new ArrayList<>();
    Turns<String> turns = new Turns<>(List.of(List.of("a", "b", "c", "d")));
    while (turns.more()) {
      List<String> turn = turns.next();
      played.add(turn);
      if (dies.test(turn)) {
        turns.ended(turn).ifPresent(out::add);
      }
    }
    return out;
  }
}
