package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What {@code -o} does in every command. */
@NullUnmarked
class OutputOptionsTest extends DemoClusters {

  @Test
  void the_help_of_each_question_and_the_error_name_the_formats_that_it_has() {
    for (String question :
        List.of("explain", "connectivity", "diff", "inspect", "lint", "verify")) {
      Ran refused = run(question, "-o", "gif");
      String help = run(question, "--help").out();
      String named = refused.err().replaceFirst("(?s).*-o takes ([a-z, ]+).*", "$1");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(named).startsWith("text, json, yaml, csv, markdown");
      assertThat(help.replaceAll("\\s+", " ")).contains("Formats: " + named.strip());
    }
  }

  @Test
  void a_file_that_cannot_be_written_is_an_error_before_anything_is_read() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    for (String file : List.of(folder + "/no/x.html", there.toString())) {
      Ran ran = run("lint", "/does/not/exist", "-o", "html=" + file);
      assertThat(ran.code()).isEqualTo(3);
      assertThat(ran.err()).startsWith("polverdict: cannot write").doesNotContain("/does/not");
    }
    assertThat(run("lint", "/does/not/exist", "-o", "html=").code()).isEqualTo(2);
    Ran saved = run("verify", production, "--dry-run", "--save", folder + "/no/run.json");
    assertThat(saved.code()).isEqualTo(3);
    assertThat(saved.err()).startsWith("polverdict: cannot write");
  }

  @Test
  void a_file_is_written_whole_and_nothing_is_left_beside_it() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Path file = Files.writeString(out.resolve("report.html"), "before");
    assertThat(run("lint", "/does/not/exist", "-o", "html=" + file).code()).isEqualTo(3);
    assertThat(file).hasContent("before");
    run("lint", production, "-o", "html=" + file);
    assertThat(Files.readString(file)).endsWith("</html>\n");
    try (Stream<Path> all = Files.list(out)) {
      assertThat(all).containsExactly(file);
    }
  }
}
