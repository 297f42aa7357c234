package io.github.polverdict.cli;

import io.github.polverdict.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify} of a lab, with leave to run probes in its pods: they are there for that. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Whether packets do in a lab what is predicted: 'polverdict verify' of it.",
    footer = {"", "Example:  polverdict lab verify -- --budget 200 -o json"})
final class LabVerifyCommand implements Callable<Integer> {
  @Mixin private LabName name = new LabName();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "OPTION",
      description = "more options of 'polverdict verify'; write -- before them")
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() {
    Lab lab = new Labs().ready(name.value());
    List<String> words = new ArrayList<>(List.of("verify", "--allow-exec"));
    words.addAll(lab.access().options());
    List<String> own = lab.access().namespaces();
    words.addAll(
        own.isEmpty() ? List.of("-A") : own.stream().flatMap(n -> Stream.of("-n", n)).toList());
    words.addAll(more);
    return Objects.requireNonNull(spec).root().commandLine().execute(words.toArray(String[]::new));
  }
}
