package io.github.polverdict.live.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs commands to their end, and waits for what they bring about, within a time. */
final class Commands {
  static final Duration LONG = Duration.ofMinutes(4);

  private Commands() {}

  /** What a command left. */
  record Ended(List<String> command, int code, String out, String err) {
    /** The output, when a question was answered: 1 says that there are findings. */
    String answer() {
      return code == 1 ? out : orFail();
    }

    /** The output, when it succeeded. */
    String orFail() {
      if (code != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s%s"
                .formatted(String.join(" ", command), code, err.strip(), out.strip()));
      }
      return out;
    }
  }

  static Ended run(Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("lab", ".out");
      Path err = Files.createTempFile("lab", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroy);
          process.destroy();
          throw new IllegalStateException(
              String.join(" ", command) + " did not end within " + limit);
        }
        return new Ended(command, process.exitValue(), text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier so) {
    long until = System.nanoTime() + LONG.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      sleep(100);
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
