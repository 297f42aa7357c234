package io.github.polverdict.lab.local;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.LabFailure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can enforce in a lab of this machine's processes: the rows of {@code engines.txt}. */
final class Engines {
  private Engines() {}

  /**
   * One of them.
   *
   * @param spec as {@code --cni} takes it
   * @param folder of its scripts and, with {@link #files}, of its Go module
   * @param files what is built for it
   */
  record Engine(String spec, String folder, List<String> files) {
    boolean isBuilt() {
      return !files.isEmpty();
    }
  }

  static List<Engine> all() {
    return Home.table("engines.txt").stream()
        .map(row ->
            new Engine(
                row.get(0),
                row.get(1),
                Arrays.stream(row.get(2).split(" ")).filter(f -> !f.isEmpty()).toList()))
        .toList();
  }

  /** The one that was asked for; a version that is left out is the newest that there is. */
  static Engine of(CniSpec wanted) {
    return like(wanted).getLast();
  }

  /** Those that were asked for, the oldest first: one, or all versions where none is said. */
  static List<Engine> like(CniSpec wanted) {
    String text = wanted.name() + (wanted.version().isEmpty() ? "" : "@" + wanted.version());
    List<Engine> out =
        all().stream()
            .filter(e -> e.spec().equals(text) || e.spec().startsWith(text + "@"))
            .toList();
    if (out.isEmpty()) {
      throw new LabFailure(
          "a lab can't have "
              + text
              + "; what it can have: "
              + all().stream().map(Engine::spec).collect(Collectors.joining(", ")));
    }
    return out;
  }
}
