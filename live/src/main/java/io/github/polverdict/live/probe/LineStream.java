package io.github.polverdict.live.probe;

import java.util.concurrent.CompletableFuture;

/** A program somewhere that takes lines and gives lines. */
interface LineStream extends AutoCloseable {
  /** Sends lines, each ended by a newline. Does nothing once the stream has ended. */
  void send(String lines);

  /** Completes with the reason when it ends; never exceptionally. */
  CompletableFuture<Fault> end();

  @Override
  void close();
}
