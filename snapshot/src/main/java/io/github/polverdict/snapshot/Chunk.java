package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mark;

/**
 * The text of one document as the file's {@code ---} lines separate them.
 *
 * @param line the 1-based line in the file that the text begins on
 */
record Chunk(String text, int line) {

  static BadText tooLarge(long limit, Mark mark) {
    String what = "is larger than " + limit + " bytes";
    return new BadText("PV016", what, "split it, or leave out what is no policy or workload", mark);
  }
}
