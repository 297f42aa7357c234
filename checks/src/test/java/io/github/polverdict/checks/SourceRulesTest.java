package io.github.polverdict.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule over sources is red on an offending file that joins a checkout without fault. */
class SourceRulesTest {
  private static final String BASE = "io.github.polverdict.";
  private static final String HERE = "report/src/main/java/io/github/polverdict/report/";
  private static final String PACKAGE = "package io.github.polverdict.report;\n";
  private static final JavaClasses NO_CLASSES = new ClassFileImporter().importPaths(List.of());

  @TempDir private Path root;

  static Stream<Arguments> offenders() {
    return Stream.of(
        arguments("file-length", HERE + "Long.java", PACKAGE + "class Long {}\n".repeat(400)),
        arguments(
            "method-length",
            HERE + "Tall.java",
            PACKAGE + "class Tall {\n  void tall() {\n" + "    tall();\n".repeat(49) + "  }\n}\n"),
        arguments(
            "parameters",
            HERE + "Wide.java",
            PACKAGE + "class Wide { void wide(int a, int b, int c, int d, int e, int f) {} }\n"),
        arguments(
            "line-length",
            HERE + "Broad.java",
            PACKAGE + "class Broad {} // " + "x".repeat(110) + "\n"),
        arguments(
            "cni-names",
            HERE + "Partial.java",
            PACKAGE + "class Partial { String engine = \"Cilium 1.19\"; }\n"),
        arguments(
            "null-marked",
            "report/src/main/java/io/github/polverdict/report/bare/Bare.java",
            "package io.github.polverdict.report.bare;\nclass Bare {}\n"),
        arguments(
            "finding-pages",
            HERE + "Unexplained.java",
            PACKAGE + "class Unexplained { String code = \"PV" + "998\"; }\n"),
        arguments(
            "finding-pages", "docs/findings/PV" + "997.md", "# A page that nothing leads to\n"),
        arguments("no-notes", HERE + "Later.java", PACKAGE + "class Later {} // TO" + "DO later\n"),
        arguments(
            "no-machine-paths",
            HERE + "Tied.java",
            PACKAGE + "class Tied { String to = \"/ro" + "ot/clusters\"; }\n"),
        arguments("built", HERE + "Stale.java", PACKAGE + "class Stale {}\n"));
  }

  @BeforeEach
  void a_checkout_without_fault() throws IOException {
    write(HERE + "package-info.java", "/** Knows nothing. */\n@NullMarked\n" + PACKAGE);
    write("docs/findings/PV" + "999.md", "# A page that the class below leads to\n");
    write(
        HERE + "Good.java",
        PACKAGE
            + """
            // Cilium may be named in a comment; laws is no cloud
            record Good(int a, int b, int c, int d, int e, int f) {
              static final String LAWS = "laws";
              static final String CODE = "PV%s";
              Good(int a, int b, int c, int d, int e, int f) {
                this.a = a; this.b = b; this.c = c; this.d = d; this.e = e; this.f = f;
              }
            %s}
            """
                .formatted("999", "  // long enough\n".repeat(388)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("offenders")
  void a_rule_names_its_offender(String id, String file, String text) throws IOException {
    write(file, text);
    List<Violation> found = Rules.byId(id).search().apply(house()).toList();
    String folder = String.valueOf(Path.of(file).getParent());
    assertThat(found)
        .extracting(Violation::subject)
        .filteredOn(s -> !s.endsWith("Good.java"))
        .hasSize(1)
        .first()
        .isIn(file, folder);
  }

  @Test
  void a_checkout_without_fault_passes_every_rule_but_that_it_is_built() throws IOException {
    House house = house();
    assertThat(Rules.ALL)
        .filteredOn(rule -> rule.search().apply(house).findAny().isPresent())
        .extracting(Rule::id)
        .containsExactly("built");
  }

  private House house() throws IOException {
    return new House(root, BASE, NO_CLASSES, Source.below(root));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
