package io.github.polverdict.scenarios.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An engine's own code, as a program in {@code scenarios/oracle} runs it. It answers a line of JSON
 * for each line with a {@link World}.
 */
final class Oracle implements AutoCloseable {
  private final String engine;
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  /** What the engine does at each gate: allowed, denied, or nothing where there is no gate. */
  record Verdict(String egress, String ingress) {}

  /** Its verdicts in the order of the flows, and the policies that the agent does not take. */
  record Answer(List<Verdict> verdicts, List<String> rejected) {}

  /**
   * Starts the program that a system property names; without one the test is left out.
   *
   * @param engine whose code it is, and which release: {@code cilium@1.20.2}
   */
  static Oracle of(String engine, String property) throws IOException {
    Path program = Path.of(System.getProperty(property, ""));
    boolean there = Files.isExecutable(program) && Files.isRegularFile(program);
    if (!there) {
      System.out.printf(
          "%s is not asked: say -D%s=PROGRAM (.ci/oracle builds it)%n", engine, property);
    }
    assumeTrue(there, "there is no program of " + engine);
    return new Oracle(engine, program);
  }

  private Oracle(String engine, Path program) throws IOException {
    this.engine = engine;
    process =
        new ProcessBuilder(program.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  String engine() {
    return engine;
  }

  Answer ask(World world) {
    try {
      questions.write(world.line());
      questions.write('\n');
      questions.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the oracle ended at " + world.line());
      }
      JsonNode answer = World.JSON.readTree(line);
      if (!answer.path("error").asString("").isEmpty()) {
        throw new IllegalStateException(answer.path("error").asString("") + ": " + world.line());
      }
      List<Verdict> verdicts = new ArrayList<>();
      for (JsonNode flow : answer.path("flows")) {
        verdicts.add(
            new Verdict(flow.path("egress").asString(""), flow.path("ingress").asString("")));
      }
      List<String> rejected = new ArrayList<>();
      answer.path("rejected").forEach(r -> rejected.add(r.asString("")));
      return new Answer(verdicts, rejected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.destroy();
  }
}
