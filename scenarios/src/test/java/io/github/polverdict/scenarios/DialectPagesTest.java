package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import io.github.polverdict.workbench.Catalogue;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages of docs/dialects are what the tool prints of its profiles, and the matrix what it makes
 * of the behaviours; {@code -Dwrite=true} writes them anew.
 */
class DialectPagesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("project.root", "..")).resolve("docs/dialects");

  /** A page that people write. */
  private static final Set<String> WRITTEN = Set.of("measurements.md");

  private static TreeMap<String, String> pages() throws IOException {
    TreeMap<String, String> out = new TreeMap<>();
    Catalogue catalogue = Catalogue.installed();
    for (String id : catalogue.ids()) {
      out.put(id + ".md", page(catalogue.of(id)));
    }
    out.put("README.md", BehaviourMatrix.page(catalogue));
    return out;
  }

  private static String page(DialectAnswer answer) {
    StringWriter out = new StringWriter();
    new Report(Format.MARKDOWN, Palette.PLAIN).write(Layouts.DIALECT, answer, out);
    return out.toString().stripTrailing() + "\n";
  }

  @Test
  void the_pages_of_the_engines_are_up_to_date() throws IOException {
    TreeMap<String, String> pages = pages();
    if (Boolean.getBoolean("write")) {
      for (var page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    Set<String> stale = new TreeSet<>();
    for (var page : pages.entrySet()) {
      Path file = FOLDER.resolve(page.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(page.getValue())) {
        stale.add(page.getKey());
      }
    }
    assertThat(stale)
        .as(
            "pages to write anew: ./mvnw -pl scenarios -am test -Dtest=DialectPagesTest -Dwrite=true")
        .isEmpty();
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> there = new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
      there.removeAll(WRITTEN);
      assertThat(there).as("pages of no engine").isEqualTo(pages.keySet());
    }
  }
}
