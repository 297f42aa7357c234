package io.github.polverdict.scenarios.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The API server's own code for custom resources, as {@code scenarios/oracle/apiserver} runs it.
 */
final class ApiServer implements AutoCloseable {
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  /**
   * Starts the program.
   *
   * @param definitions a file that names definitions, a line {@code name file version} for each
   */
  ApiServer(Path program, Path definitions) throws IOException {
    process =
        new ProcessBuilder(program.toString(), definitions.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** What it says of the object; nothing when it takes it. */
  List<String> refusals(String schema, Map<String, Object> object) throws IOException {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("schema", schema);
    question.put("object", object);
    questions.write(Json.text(question));
    questions.write('\n');
    questions.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IllegalStateException("the oracle ended at " + Json.text(question));
    }
    Object errors = Objects.requireNonNull(Json.parsed(line).get("errors"), line);
    return Json.list(errors).stream().map(String::valueOf).toList();
  }

  @Override
  public void close() throws IOException {
    questions.close();
    process.destroy();
  }
}
