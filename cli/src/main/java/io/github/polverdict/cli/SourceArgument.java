package io.github.polverdict.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The same by a word without an option, too. */
final class SourceArgument extends SourceOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "a path, or context:NAME for a running cluster; the same as -f and --context")
  private @Nullable String word;

  @Override
  Optional<String> word() {
    return Optional.ofNullable(word);
  }
}
