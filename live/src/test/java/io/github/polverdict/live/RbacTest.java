package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rights that are asked for are those that are used. */
class RbacTest {
  private static final Pattern RULE =
      Pattern.compile(
          "- apiGroups: \\[(?<groups>[^]]*)]\\s+resources:(?: \\[(?<short>[^]]*)]|(?<long>(?:\\s+-"
              + " \\S+)+))[^\\n]*\\s+verbs:"
              + " \\[(?<verbs>[^]]*)](?:\\s+resourceNames:(?<names>(?:\\s+- \\S+)+))?");

  @Test
  void theClusterRoleListsExactlyTheTablesResources() throws IOException {
    TreeSet<String> granted = granted(part(0), "list");
    TreeSet<String> used = new TreeSet<>(Resource.all().stream().map(Resource::id).toList());
    assertThat(granted).isEqualTo(used);
  }

  @Test
  void theClusterRoleForLintListsExactlyTheSurroundings() throws IOException {
    assertThat(granted(part(2), "list"))
        .isEqualTo(new TreeSet<>(Resource.surroundings().stream().map(Resource::id).toList()));
  }

  @Test
  void theClusterRoleForWatchingWatchesExactlyWhatIsListedButByName() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    Resource.all().stream().filter(r -> !r.byName()).forEach(r -> used.add(r.id()));
    assertThat(granted(Files.readString(file("watch.yaml")), "watch")).isEqualTo(used);
  }

  private static TreeSet<String> granted(String role, String verb) {
    TreeSet<String> granted = new TreeSet<>();
    Matcher rule = RULE.matcher(role);
    while (rule.find()) {
      assertThat(rule.group("verbs")).isEqualTo(verb);
      for (String group : rule.group("groups").split(", ")) {
        words(rule.group("short") == null ? rule.group("long") : rule.group("short"))
            .forEach(r -> granted.add(group.equals("\"\"") ? r : r + "." + group));
      }
    }
    return granted;
  }

  @Test
  void ofConfigMapsExactlyTheNamesThatAreAskedForAreGranted() throws IOException {
    Matcher rule = RULE.matcher(part(0));
    List<String> names = List.of();
    while (rule.find()) {
      names = rule.group("names") == null ? names : words(rule.group("names")).toList();
    }
    Resource configMaps =
        Resource.all().stream().filter(r -> r.id().equals("configmaps")).findFirst().orElseThrow();
    assertThat(names).isEqualTo(configMaps.names());
  }

  @Test
  void noRuleGrantsSecretsOrMoreThanReading() throws IOException {
    assertThat(Files.readString(file("watch.yaml"))).doesNotContain("secrets", "\"*\"", "list");
    assertThat(Files.readString(file("read.yaml")))
        .doesNotContain("secrets")
        .doesNotContain("\"*\"")
        .doesNotContain("watch");
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split("[\\s,-]*[\\s,]+(?:- )?")).filter(s -> !s.isBlank());
  }

  /** A document of the file. */
  private static String part(int number) throws IOException {
    return Files.readString(file("read.yaml")).split("\n---\n")[number];
  }

  private static Path file(String name) {
    return Path.of(System.getProperty("project.root", ".."), "deploy", "rbac", name);
  }
}
