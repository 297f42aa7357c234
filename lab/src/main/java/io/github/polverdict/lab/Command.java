package io.github.polverdict.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A program to run, with what it gets beside its arguments. */
public final class Command {
  private final List<String> words;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Command(List<String> words) {
    this.words = List.copyOf(words);
  }

  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** This command with more arguments. */
  public Command and(List<String> more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    Command out = new Command(all);
    out.environment.putAll(environment);
    return out;
  }

  /** This command with variables of its environment. */
  public Command with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /**
   * What a program left.
   *
   * @param output what it printed, without its warnings; of one that failed also what it says of
   *     that, on standard error
   */
  public record Ended(int code, String output) {}

  /** Runs it without input and waits for its end. */
  public Ended run() {
    return run("");
  }

  /** Runs it with an input, which it reads before it says much, and waits for its end. */
  public Ended run(String input) {
    try {
      Process process = start(ProcessBuilder.Redirect.PIPE, false);
      FutureTask<String> errors = new FutureTask<>(() -> text(process.getErrorStream()));
      Thread.ofVirtual().start(errors);
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // it ended before it had read all; its code and its output say why
      }
      String output = text(process.getInputStream());
      int code = process.waitFor();
      return new Ended(code, code == 0 ? output : output + errors.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while " + words.getFirst() + " ran");
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Runs it in the place of this program: on its terminal; gives the exit code. */
  public int runHere() {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
      builder.environment().putAll(environment);
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new LabFailure("can't run " + words.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while " + words.getFirst() + " ran");
    }
  }

  /** Starts it with its outputs, as one, going to a file. */
  public Process startInto(Path file) {
    try {
      Process process = start(ProcessBuilder.Redirect.to(file.toFile()), true);
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(ProcessBuilder.Redirect output, boolean asOne) {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(asOne);
      builder.environment().putAll(environment);
      return builder.redirectOutput(output).start();
    } catch (IOException e) {
      throw new LabFailure("can't run " + words.getFirst() + ": " + e.getMessage());
    }
  }
}
