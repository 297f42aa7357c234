package io.github.polverdict.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The exceptions that the house grants itself, each with its reason: {@code rule | subject |
 * reason}.
 */
record Exceptions(List<Granted> granted) {

  record Granted(String rule, String subject, String reason) {}

  static Exceptions read(Path file) throws IOException {
    List<Granted> granted = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s*\\|\\s*", 3);
      if (parts.length < 3 || parts[2].isBlank()) {
        throw new IllegalArgumentException(file + ": no reason: " + line);
      }
      granted.add(new Granted(parts[0].strip(), parts[1], parts[2].strip()));
    }
    return new Exceptions(List.copyOf(granted));
  }

  boolean allow(Rule rule, Violation violation) {
    return granted.stream()
        .anyMatch(g -> g.rule.equals(rule.id()) && g.subject.equals(violation.subject()));
  }

  /** Those that none of these rules' violations needs any more. */
  List<Granted> unneeded(Map<Rule, List<Violation>> broken) {
    return granted.stream()
        .filter(g ->
            broken.entrySet().stream()
                .filter(entry -> entry.getKey().id().equals(g.rule))
                .flatMap(entry -> entry.getValue().stream())
                .noneMatch(violation -> violation.subject().equals(g.subject)))
        .toList();
  }
}
