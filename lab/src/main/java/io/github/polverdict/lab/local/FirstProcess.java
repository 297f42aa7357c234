package io.github.polverdict.lab.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that a lab is, as its file {@code init} says: its number, and when it started (clock
 * ticks since the machine did), which tells it from another of the same number.
 */
record FirstProcess(long number, String started) {

  static Optional<FirstProcess> of(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ");
      return Optional.of(new FirstProcess(Long.parseLong(words[0]), words[1]));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  boolean isAlive() {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(number), "stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return !words[0].equals("Z") && words[19].equals(started);
    } catch (IOException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }
}
