package io.github.polverdict.questions.baseline;

import java.util.List;

/**
 * What a published baseline asks for.
 *
 * @param id as its source numbers it
 * @param asks in our own words, one sentence without a full stop
 * @param items the items that hold it; none when nothing here can
 * @param unchecked what of it cannot be checked here, one sentence without a full stop; may be
 *     empty
 */
public record Control(String id, String asks, String source, List<Item> items, String unchecked) {
  public Control {
    items = List.copyOf(items);
  }
}
