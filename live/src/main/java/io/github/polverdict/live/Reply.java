package io.github.polverdict.live;

import io.github.polverdict.snapshot.Value.Mapping;

/** What became of one request to an API server. */
sealed interface Reply {

  /** The object that was asked for. */
  record Good(Mapping body) implements Reply {}

  /** Who asks may not see it: {@code forbidden for user "ro": needs list}. */
  record Forbidden(String why) implements Reply {}

  /** There is no such thing. */
  record Absent() implements Reply {}

  /** The list's continuation is too old. */
  record Expired() implements Reply {}

  /**
   * Nothing usable came, after all tries.
   *
   * @param why in a few words, {@code connection refused}
   * @param next what to do about it; may be empty
   */
  record Failed(String why, String next) implements Reply {}
}
