package io.github.polverdict.live.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The program that probes where a flow comes from. It needs a shell there, and Python, bash, nc or
 * agnhost; it writes nothing.
 */
final class Agent {
  /** Its command line. */
  static final List<String> COMMAND =
      List.of("sh", "-c", text("launch.sh"), "polverdict", text("agent.sh"), text("agent.py"));

  private Agent() {}

  private static String text(String resource) {
    try (InputStream in = Agent.class.getResourceAsStream(resource)) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().filter(l -> !l.startsWith("#")).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
