package io.github.polverdict.live.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The manifests of deploy/rbac, as they are and with one right less. */
final class Rbac {
  static final Path FOLDER = Lab.FOLDER.resolve("../../../../../deploy/rbac").normalize();

  private Rbac() {}

  /**
   * A manifest with one verb less on a resource that has a rule of its own there.
   *
   * @param right {@code create pods/exec}
   * @param manifest its name
   * @param folder where the changed manifest is written
   */
  static Path without(String right, String manifest, Path folder) {
    String[] words = right.split(" ");
    String rule = "  resources: [" + words[1] + "]\n  verbs: [";
    String text = LabFlow.text(FOLDER.resolve(manifest));
    int at = text.indexOf(rule) + rule.length();
    int end = text.indexOf(']', at);
    List<String> verbs = new ArrayList<>(List.of(text.substring(at, end).split(", ")));
    if (!verbs.remove(words[0])) {
      throw new IllegalStateException(manifest + " does not grant " + right);
    }
    if (verbs.isEmpty()) {
      verbs.add("none"); // a rule without verbs is refused
    }
    try {
      return Files.writeString(
          folder.resolve("one-less.yaml"),
          text.substring(0, at) + String.join(", ", verbs) + text.substring(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
