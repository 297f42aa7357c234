package io.github.polverdict.snapshot.git;

import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs the program {@code git} in the working directory. */
final class Git {
  private Git() {}

  /** What became of a run. */
  private static final class Done {
    private final int code;
    private final byte[] out;

    private Done(int code, byte[] out) {
      this.code = code;
      this.out = out;
    }
  }

  static boolean succeeds(String... arguments) throws UnreadableSource {
    return run(arguments).code == 0;
  }

  static String text(String... arguments) throws UnreadableSource {
    return new String(bytes(arguments), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String... arguments) throws UnreadableSource {
    Done done = run(arguments);
    if (done.code != 0) {
      throw new UnreadableSource("git " + String.join(" ", arguments) + " failed");
    }
    return done.out;
  }

  private static Done run(String... arguments) throws UnreadableSource {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      return new Done(process.waitFor(), out);
    } catch (IOException e) {
      throw new UnreadableSource("the program git could not be started: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreadableSource("interrupted while reading from git");
    }
  }
}
