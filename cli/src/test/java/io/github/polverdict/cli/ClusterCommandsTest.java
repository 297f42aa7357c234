package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What commands that need a running cluster say before they ask one. */
@NullUnmarked
class ClusterCommandsTest extends DemoClusters {
  @Test
  void auth_and_canary_ask_no_files() {
    for (String command : new String[] {"auth", "canary"}) {
      Ran ran = run(command, "-f", production);
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err()).contains(command + " asks a running cluster", "context:NAME");
    }
  }

  @Test
  void an_unknown_feature_is_refused_with_those_that_there_are() {
    Ran ran = run("auth", "context:nowhere", "--for", "flying");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("no feature 'flying'", "verify", "canary", "clean-up");
  }

  @Test
  void the_canary_does_nothing_that_was_not_allowed() {
    Ran ran = run("canary", "context:nowhere");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--allow-namespace", "--dry-run");
  }
}
