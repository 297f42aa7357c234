package io.github.polverdict.scenarios;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import io.github.polverdict.workbench.Catalogue;
import io.github.polverdict.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every engine makes of the flows of {@code scenarios/behaviours}, as a page. */
final class BehaviourMatrix {
  private static final Path FOLDER =
      Path.of(System.getProperty("project.root", "..")).resolve("scenarios/behaviours");
  private static final String SPECIFICATION = "kubernetes";

  /** A column: what it is called, the engine as it is said, and variants that come out alike. */
  private record Column(String title, String page, String cni, List<String> alike) {
    Column(String title, String page, String cni) {
      this(title, page, cni, new ArrayList<>());
    }
  }

  private final Map<String, Session> sessions = new LinkedHashMap<>();

  private BehaviourMatrix() {}

  static String page(Catalogue catalogue) throws IOException {
    return new BehaviourMatrix().written(catalogue);
  }

  private String written(Catalogue catalogue) throws IOException {
    List<Scenario> scenarios = scenarios();
    List<Column> columns = distinct(columns(catalogue), scenarios);
    StringBuilder out = new StringBuilder(head(catalogue)).append(alike(columns));
    StringBuilder why = new StringBuilder("## Why\n");
    int number = 0;
    for (Scenario scenario : scenarios) {
      out.append("\n### ").append(scenario.title()).append("\n\n| | flow |");
      columns.forEach(c -> out.append(" [%s](%s.md) |".formatted(c.title(), c.page())));
      out.append("\n|").append(" --- |".repeat(columns.size() + 2)).append('\n');
      for (Scenario.Row row : scenario.rows()) {
        out.append("| %d | %s |".formatted(++number, row.says()));
        ExplainAnswer specified = ask(scenario, row, columns.getFirst());
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (Column column : columns) {
          ExplainAnswer answer = ask(scenario, row, column);
          boolean first = column.cni().equals(SPECIFICATION);
          boolean differs = first || answer.verdict() != specified.verdict();
          out.append(differs ? " " + word(answer) + " |" : " |");
          if (differs && !first) {
            reasons
                .computeIfAbsent(reason(answer, specified), _ -> new ArrayList<>())
                .add(column.title());
          }
        }
        out.append('\n');
        why(number, row, reasons, why);
      }
    }
    return out.append('\n').append(why).toString().stripTrailing() + "\n";
  }

  private static String word(ExplainAnswer answer) {
    return answer.verdict().name().toLowerCase(Locale.ROOT);
  }

  /** The columns without variants that come out as their engine does everywhere. */
  private List<Column> distinct(List<Column> columns, List<Scenario> scenarios) {
    Map<List<String>, Column> seen = new LinkedHashMap<>();
    List<Column> out = new ArrayList<>();
    for (Column column : columns) {
      List<String> words = new ArrayList<>(List.of(column.page()));
      scenarios.forEach(
          s -> s.rows().forEach(row -> words.add(word(ask(s, row, column)) + row.line())));
      Column same = seen.putIfAbsent(words, column);
      if (same == null) {
        out.add(column);
      } else {
        same.alike().add(column.title());
      }
    }
    return out;
  }

  private static String alike(List<Column> columns) {
    String same =
        columns.stream()
            .filter(c -> !c.alike().isEmpty())
            .map(c -> String.join(", ", c.alike()) + " as " + c.title())
            .collect(Collectors.joining("; "));
    return same.isEmpty()
        ? ""
        : "Without a column of their own, as they come out alike here: " + same + ".\n";
  }

  /** The rows of the profile, the missing facts, or else the element that decided. */
  private static String reason(ExplainAnswer answer, ExplainAnswer specified) {
    Set<String> out = new LinkedHashSet<>();
    answer.quirks().forEach(q -> out.add("`" + q.quirk() + "`: " + q.says()));
    for (Doubt doubt : answer.doubts()) {
      out.add(
          doubt instanceof Doubt.Unverified(String quirk, String says)
              ? "`" + quirk + "`: " + says
              : "not known: " + doubt.text());
    }
    if (out.isEmpty()) {
      answer.cases().getFirst().nearMisses().stream().limit(1).forEach(m -> out.add(m.sentence()));
    }
    if (out.isEmpty()) {
      answer.gates().stream()
          .filter(g -> g.verdict() == answer.verdict())
          .sorted(Comparator.comparing(g -> !decides(g.direction(), specified)))
          .limit(1)
          .forEach(g -> out.add(g.decision().sentence().replace(g.plane(), "it")));
    }
    return out.isEmpty() ? "nothing enforces" : String.join("; ", out);
  }

  /** Whether the specification's verdict is made at this gate. */
  private static boolean decides(Direction direction, ExplainAnswer specified) {
    return specified.gates().stream()
        .anyMatch(g ->
            g.direction() == direction
                && g.verdict() == specified.verdict()
                && g.verdict() != Outcome.ALLOWED);
  }

  private static void why(
      int number, Scenario.Row row, Map<String, List<String>> reasons, StringBuilder out) {
    if (!reasons.isEmpty()) {
      out.append("\n**%d.** %s.\n\n".formatted(number, row.says()));
      reasons.forEach((reason, engines) ->
          out.append("- %s: %s\n".formatted(String.join(", ", engines), reason)));
    }
  }

  private static String head(Catalogue catalogue) {
    StringBuilder out =
        new StringBuilder(
            """
            <!-- Generated; see the end of this section. -->

            # Engines

            What is known of each engine, with evidence, and what each makes of the same small clusters.
            Everything here is generated: the pages from the profiles under `dialects/src/main/resources`,
            the matrix by judging the flows of `scenarios/behaviours` under every engine. To write them
            anew after a profile or a behaviour changed: `./mvnw -pl scenarios -am test
            -Dtest=DialectPagesTest -Dwrite=true -Dsurefire.failIfNoSpecifiedTests=false`.

            | engine | versions | profile | rows | of which measured |
            | --- | --- | --- | --- | --- |
            """);
    for (String id : catalogue.ids()) {
      DialectAnswer answer = catalogue.of(id);
      long measured = answer.rows().stream().filter(r -> r.status().equals("measured")).count();
      String versions = answer.newest().isEmpty() ? "" : answer.oldest() + " to " + answer.newest();
      out.append(
          "| [%s](%s.md) | %s | %d | %d | %d |\n"
              .formatted(
                  answer.title(), id, versions, answer.profile(), answer.rows().size(), measured));
    }
    return out.append(
            """

            [measurements.md](measurements.md) says how rows were measured.

            ## Matrix

            A cell is the verdict on the row's flow: the specification's, and an engine's where it is
            another one. Each engine is the newest version that its profile speaks of, with its
            defaults; the reasons stand below.
            """)
        .toString();
  }

  /** The specification first, then each engine and its variants. */
  private static List<Column> columns(Catalogue catalogue) {
    List<Column> out =
        new ArrayList<>(List.of(new Column("specification", SPECIFICATION, SPECIFICATION)));
    for (String id : catalogue.ids()) {
      DialectAnswer answer = catalogue.of(id);
      if (id.equals(SPECIFICATION)) {
        continue;
      }
      String version = answer.newest().isEmpty() ? "" : "@" + answer.newest();
      out.add(new Column(id + version.replace('@', ' '), id, id + version));
      answer
          .aliases()
          .forEach((alias, settings) -> {
            if (!settings.isEmpty()) {
              out.add(new Column(alias, id, alias + version));
            }
          });
    }
    return out;
  }

  private static List<Scenario> scenarios() throws IOException {
    List<Scenario> out = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        out.add(ScenarioReader.read(file));
      }
    }
    return out;
  }

  private ExplainAnswer ask(Scenario scenario, Scenario.Row row, Column column) {
    Session session =
        sessions.computeIfAbsent(
            scenario.file() + column.cni(), _ -> Conformance.open(scenario.yaml(), column.cni()));
    return switch (new ExplainQuestion(row.from(), row.to(), "").ask(session)) {
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> answer;
      case Reply.Refused<ExplainAnswer>(var refusals) ->
          throw new AssertionError(scenario.file() + ":" + row.line() + ": " + refusals);
    };
  }
}
