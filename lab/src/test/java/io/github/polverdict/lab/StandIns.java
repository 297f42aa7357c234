package io.github.polverdict.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Programs in the place of real ones: each notes what it is called with, a line a call, and does
 * what a script says.
 */
public record StandIns(Path folder) {

  /** A program with its script, in which {@code $*} are the arguments. */
  public StandIns with(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    String note = "echo \"" + name + " $*\" >>'" + folder.resolve("calls") + "'";
    Files.writeString(file, String.join("\n", "#!/bin/sh", note, script, ""));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " can't be made executable");
    }
    return this;
  }

  public Programs programs() {
    return new Programs(folder.toString());
  }

  /** What has been called, in order. */
  public List<String> calls() throws IOException {
    Path file = folder.resolve("calls");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
