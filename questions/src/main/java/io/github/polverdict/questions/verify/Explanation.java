package io.github.polverdict.questions.verify;

import java.util.List;

/**
 * Why a flow did not do what was predicted.
 *
 * @param sentence what shows that, without a full stop
 * @param todo what to do about it, without a full stop
 * @param rows ids of the rows of profiles that are wrong, if it is one of them; best first
 * @param certain whether something beside the flow itself shows it; else it is what is left
 */
public record Explanation(
    Cause cause, String sentence, String todo, List<String> rows, boolean certain) {
  public Explanation {
    rows = List.copyOf(rows);
  }

  static Explanation of(Cause cause, String sentence, String todo) {
    return new Explanation(cause, sentence, todo, List.of(), true);
  }
}
