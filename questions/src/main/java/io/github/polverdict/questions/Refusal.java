package io.github.polverdict.questions;

import java.util.List;

/**
 * Why a question can't be asked as it was put.
 *
 * @param code stable, {@code PVnnn}
 * @param message what is wrong, in the asker's terms
 * @param suggestions what may have been meant, best first; may be empty
 */
public record Refusal(String code, String message, List<String> suggestions) {
  public Refusal {
    suggestions = List.copyOf(suggestions);
  }
}
