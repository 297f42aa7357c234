package io.github.polverdict.live.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A program on this machine. */
final class ProcessStream implements LineStream {
  private final Process process;
  private final CompletableFuture<Fault> end = new CompletableFuture<>();

  ProcessStream(List<String> command, Consumer<String> lines) {
    try {
      this.process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> read(lines));
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      in.lines().forEach(lines);
    } catch (IOException | UncheckedIOException _) {
      // it ended
    }
    end.complete(Fault.passing("the process ended"));
  }

  Process process() {
    return process;
  }

  @Override
  public void send(String lines) {
    try {
      process.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException _) {
      end.complete(Fault.passing("the process ended"));
    }
  }

  @Override
  public CompletableFuture<Fault> end() {
    return end;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
