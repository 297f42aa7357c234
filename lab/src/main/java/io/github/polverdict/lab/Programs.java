package io.github.polverdict.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Programs of the user's that drivers run.
 *
 * @param path the folders in which they are looked for, as the variable PATH has them
 */
public record Programs(String path) {

  public static Programs ofThisMachine() {
    return new Programs(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /** Where a program is; empty when it is in none of the folders. */
  public Optional<Path> find(String name) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * A program that can't be done without.
   *
   * @param page tells how to get it
   */
  public Command need(String name, String page) {
    return find(name)
        .map(file -> Command.of(file.toString()))
        .orElseThrow(
            () -> new LabFailure("%s is not on PATH; %s says how to get it".formatted(name, page)));
  }

  public Command kubectl() {
    return need("kubectl", "https://kubernetes.io/docs/tasks/tools/");
  }
}
