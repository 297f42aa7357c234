package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.report.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every question in every format: written as those who read it publish, or refused. */
@NullUnmarked
class FormatsTest extends DemoClusters {
  private static final Path PAGE =
      Path.of(System.getProperty("project.root", "..")).resolve("docs/guide/reports.md");
  private static final String BEGIN = "<!-- formats -->\n";
  private static final String END = "<!-- end of formats -->\n";

  /** The questions of the command line with the formats that they have. */
  private static Map<String, Set<Format>> questions() {
    Map<String, Set<Format>> out = new LinkedHashMap<>();
    collect(new CommandLine(new Main()), "", out);
    return out;
  }

  private static void collect(CommandLine command, String name, Map<String, Set<Format>> out) {
    for (CommandSpec mixin : command.getCommandSpec().mixins().values()) {
      if (mixin.userObject() instanceof OutputOptions own) {
        out.put(name, own.formats());
      }
    }
    command.getSubcommands().forEach((word, sub) -> collect(sub, (name + " " + word).strip(), out));
  }

  private static String table() {
    StringBuilder out = new StringBuilder("| |");
    Stream.of(Format.values()).forEach(f -> out.append(" ").append(f).append(" |"));
    out.append("\n|---|").append(":-:|".repeat(Format.values().length)).append('\n');
    questions()
        .forEach((question, formats) -> {
          out.append("| `").append(question).append("` |");
          Stream.of(Format.values()).forEach(f -> out.append(formats.contains(f) ? " ● |" : " |"));
          out.append('\n');
        });
    return out.toString();
  }

  @Test
  void the_guide_has_the_table_of_what_the_program_writes() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("write")) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
      return;
    }
    assertThat(page.substring(begin, end))
        .as("write it anew: ./mvnw -pl cli -am test -Dtest=FormatsTest -Dwrite=true")
        .isEqualTo(table());
  }

  @Test
  void what_a_question_does_not_have_is_refused_with_what_it_has() {
    questions()
        .forEach((question, formats) -> {
          for (Format format : Format.values()) {
            if (!formats.contains(format)) {
              List<String> args = new ArrayList<>(List.of(question.split(" ")));
              args.addAll(List.of("-o", format.toString()));
              if (question.equals("parity")) {
                args.addAll(List.of("--under", "kubernetes", "--under", "weave"));
              }
              Ran ran = run(args.toArray(String[]::new));
              String taken =
                  Stream.of(Format.values())
                      .filter(formats::contains)
                      .map(Format::toString)
                      .collect(Collectors.joining(", "));
              assertThat(ran.code()).as(question + " " + format).isEqualTo(2);
              assertThat(ran.err())
                  .contains(question + " has no " + format + ", which is for ")
                  .contains("; -o takes " + taken + "\n");
            }
          }
        });
  }

  /** How to ask each question that files answer. */
  private Map<String, List<String>> asked() throws IOException {
    Path flows =
        Files.writeString(
            folder.resolve("flows.csv"),
            "from,to\nshop/checkout,data/orders-db:5432\nshop/nobody,shop/cart:80\n");
    Path declared =
        Files.writeString(
            folder.resolve("declared.csv"), "from,to\nshop/checkout,data/orders-db:5432\n");
    Path expected =
        Files.writeString(
            folder.resolve("expected.yaml"),
            """
            apiVersion: polverdict.io/v1
            kind: Expectations
            expect:
            - {verdict: denied, from: shop/cart, to: data/orders-db}
            - {name: fails, verdict: allowed, from: shop/checkout, to: "data/orders-db:5432"}
            - {name: tests nothing, verdict: allowed, from: shop/nobody, to: "shop/cart:80"}
            """);
    Map<String, List<String>> out = new LinkedHashMap<>();
    out.put("explain", List.of("-f", production, "--flows", flows.toString()));
    out.put("connectivity", List.of("-f", production));
    out.put("inspect", List.of("-f", production));
    out.put("lint", List.of(accepting()));
    out.put("parity", List.of("-f", staging, "--under", "calico@3.31", "--under", "cilium@1.19"));
    out.put("diff", List.of(staging, production));
    out.put("baseline check", List.of(production, "--preset", "nsa-cisa"));
    out.put(
        "baseline plan", List.of(production, "--preset", "nsa-cisa", "--flows", flows.toString()));
    out.put("assert", List.of(production, "-e", expected.toString()));
    out.put("tighten", List.of(production, "--flows", declared.toString()));
    out.put("config", List.of());
    return out;
  }

  @Test
  void what_a_question_has_is_written_as_its_readers_ask() throws Exception {
    for (Map.Entry<String, List<String>> question : asked().entrySet()) {
      for (Format format : questions().get(question.getKey())) {
        List<String> args = new ArrayList<>(List.of(question.getKey().split(" ")));
        args.addAll(question.getValue());
        args.addAll(List.of("-o", format.toString()));
        Ran ran = run(args.toArray(String[]::new));
        assertThat(ran.code()).as(args + ran.err()).isIn(0, 1, 3);
        assertThat(ran.out()).as(args.toString()).isNotBlank();
        switch (format) {
          case JUNIT -> Published.keepsToJunit(ran.out());
          case SARIF -> Published.keepsToSarif(ran.out());
          case POLICYREPORT -> {
            Published.keepsToReports(ran.out());
            args.addAll(List.of("--report-api", "wgpolicyk8s.io"));
            Published.keepsToReports(run(args.toArray(String[]::new)).out());
          }
          case HTML -> Published.keepsToItself(ran.out());
          case JSON -> Published.keepsToAnswers(ran.out());
          case SVG -> assertThat(ran.out()).startsWith("<svg");
          case TEXT, YAML, CSV, MARKDOWN, DOT, MERMAID -> {}
        }
      }
    }
  }
}
