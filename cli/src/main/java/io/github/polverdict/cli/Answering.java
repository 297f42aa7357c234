package io.github.polverdict.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that answers a question. */
abstract class Answering implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  private @Nullable Desk desk;

  abstract ExitCode answer();

  @Override
  public final Integer call() {
    return answer().number();
  }

  final CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }

  final PrintWriter out() {
    return spec().commandLine().getOut();
  }

  final Desk desk() {
    Desk known = desk;
    if (known == null) {
      known = new Desk(spec().commandLine().getErr());
      desk = known;
    }
    return known;
  }
}
