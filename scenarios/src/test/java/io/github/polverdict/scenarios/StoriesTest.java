package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The stories of policies that worked in one cluster and not in another, S1 to S24 of Calico,
 * Cilium and Weave Net and 1 to 21 of the others: each is told by a scenario that names it.
 */
class StoriesTest {
  private static final Pattern NAMED =
      Pattern.compile("[Ss]tor(?:y|ies) ((?:S?[0-9]+(?:, | and |(?=\\W)))+)");

  @Test
  void everyStoryIsToldByAScenario() throws IOException {
    List<String> all =
        Stream.concat(
                IntStream.rangeClosed(1, 24).mapToObj(i -> "S" + i),
                IntStream.rangeClosed(1, 21).mapToObj(String::valueOf))
            .toList();
    Set<String> told = told();
    assertThat(all.stream().filter(s -> !told.contains(s)).toList()).isEmpty();
  }

  private static Set<String> told() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("project.root")));
    Set<String> out = new LinkedHashSet<>();
    try (Stream<Path> files = Files.walk(root.resolve("scenarios"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".scn")).sorted().toList()) {
        Matcher named = NAMED.matcher(Files.readString(file));
        while (named.find()) {
          Pattern.compile("S?[0-9]+")
              .matcher(named.group(1))
              .results()
              .forEach(r -> out.add(r.group()));
        }
      }
    }
    return out;
  }
}
