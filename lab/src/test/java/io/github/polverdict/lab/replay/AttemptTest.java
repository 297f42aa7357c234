package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.lab.Packet;
import io.github.polverdict.lab.replay.Played.Result;
import io.github.polverdict.testkit.Scenario;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final String SILENCE = "TIMEOUT: 10.244.2.7:53";

  private static Attempt attempt(Outcome expected) {
    Scenario.Row row = new Scenario.Row(7, "", "shop/web", "shop/dns:53/UDP", Map.of());
    return new Attempt(
        "a.scn",
        row,
        new Attempt.Expected(expected, ""),
        new Packet("", "shop/web", "UDP", "10.244.2.7", 53));
  }

  @Test
  void packets_that_say_nothing_three_times_are_given_up() {
    Attempt attempt = attempt(Outcome.DENIED);
    attempt.saw(SILENCE);
    attempt.saw(SILENCE);
    assertThat(attempt.isHopeless()).isFalse();
    attempt.saw(SILENCE);
    assertThat(attempt.isHopeless()).isTrue();
    assertThat(attempt.told().result()).isEqualTo(Result.SKIPPED);
  }

  @Test
  void an_answer_in_between_begins_the_count_anew() {
    Attempt attempt = attempt(Outcome.DENIED);
    attempt.saw(SILENCE);
    attempt.saw(SILENCE);
    attempt.saw("CONNECTED");
    attempt.saw(SILENCE);
    assertThat(attempt.isHopeless()).isFalse();
  }

  @Test
  void what_comes_out_otherwise_is_never_given_up() {
    Attempt attempt = attempt(Outcome.DENIED);
    for (int i = 0; i < 5; i++) {
      attempt.saw("CONNECTED");
    }
    assertThat(attempt.isHopeless()).isFalse();
    assertThat(attempt.told().result()).isEqualTo(Result.CONTRADICTED);
  }
}
