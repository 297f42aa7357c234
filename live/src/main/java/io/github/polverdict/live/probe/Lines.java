package io.github.polverdict.live.probe;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Cuts bytes into lines and hands each on, without its end; counts the bytes. */
final class Lines extends OutputStream {
  private static final int LONGEST = 64 * 1024;

  private final Consumer<String> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final LongAdder bytes;

  Lines(Consumer<String> sink, LongAdder bytes) {
    this.sink = sink;
    this.bytes = bytes;
  }

  @Override
  public synchronized void write(int b) {
    bytes.increment();
    if (b == '\n') {
      sink.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else if (line.size() < LONGEST) {
      line.write(b);
    }
  }
}
