package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.Turn;
import java.io.Writer;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes what happens while a cluster is watched, one line for each event: text, or one JSON object
 * a line. Never flushes or closes the writer.
 *
 * @param json whether lines are JSON
 * @param palette used by text only
 */
public record Ticker(boolean json, Palette palette) {
  private static final String ABSENT = "NOT THERE";

  /**
   * A verdict that turned.
   *
   * @param revision the number of the cluster's state
   */
  public void write(Instant time, long revision, Turn turn, Writer out) {
    if (json) {
      line(
          event(time, "verdict")
              .put("revision", revision)
              .put("from", turn.from())
              .put("to", turn.to())
              .put("before", turn.before())
              .put("after", turn.after())
              .put("because", turn.because())
              .put("cause", turn.cause()),
          out);
      return;
    }
    boolean first = turn.cause().isEmpty();
    Serial.write(
        out,
        "%s  %s -> %s  %s%s  %s%s\n"
            .formatted(
                time,
                turn.from(),
                turn.to(),
                first ? "" : word(turn.before()) + " -> ",
                word(turn.after()),
                first ? "" : "by " + turn.cause() + ": ",
                turn.because()));
  }

  /** Something is not up to date since a time. */
  public void stale(Instant time, String what, Instant asOf, String why, Writer out) {
    if (json) {
      line(
          event(time, "stale").put("what", what).put("asOf", asOf.toString()).put("why", why), out);
    } else {
      Serial.write(out, "%s  stale: %s, known as of %s: %s\n".formatted(time, what, asOf, why));
    }
  }

  /** Something is up to date again. */
  public void current(Instant time, String what, Writer out) {
    if (json) {
      line(event(time, "current").put("what", what), out);
    } else {
      Serial.write(out, "%s  up to date again: %s\n".formatted(time, what));
    }
  }

  /** A gap opened or closed. */
  public void gap(Instant time, boolean opened, String what, String why, Writer out) {
    if (json) {
      line(event(time, opened ? "gap" : "gap-closed").put("what", what).put("why", why), out);
    } else if (opened) {
      Serial.write(out, "%s  not read any more: %s (%s)\n".formatted(time, what, why));
    } else {
      Serial.write(out, "%s  read again: %s\n".formatted(time, what));
    }
  }

  private static Tree event(Instant time, String event) {
    return Tree.map().put("time", time.toString()).put("event", event);
  }

  private static void line(Tree tree, Writer out) {
    Serial.jsonLine(tree, out);
  }

  private String word(Optional<Outcome> outcome) {
    return outcome.map(palette::outcome).orElse(ABSENT);
  }
}
