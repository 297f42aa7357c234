package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Answers in Markdown, as comments on a pull request. */
@NullUnmarked
class CommentTest extends DemoClusters {
  private static final int MOST = 65_536;

  private static String comment(int parties) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      for (int j = 0; j < parties; j++) {
        rows.add(
            new Row(
                party(i), party(j), new Reach(TrafficSet.ALL, TrafficSet.NONE), Optional.empty()));
      }
    }
    StringWriter out = new StringWriter();
    new Report(Format.MARKDOWN, Palette.PLAIN)
        .write(
            Layouts.CONNECTIVITY,
            new ConnectivityAnswer(
                "prod", rows, List.of(), List.of(), true, List.of(), List.of(), List.of()),
            out);
    return out.toString();
  }

  private static Party party(int number) {
    return new Party("shop/<b>workload-%03d".formatted(number), Kind.POD);
  }

  @Test
  void a_comment_that_is_too_long_is_cut_says_so_and_leaves_nothing_open() {
    for (int parties = 20; parties < 60; parties++) {
      String comment = comment(parties);
      assertThat(comment.length()).as("%d parties", parties).isLessThanOrEqualTo(MOST);
      assertThat(comment.split("<details>", -1)).hasSameSizeAs(comment.split("</details>", -1));
      boolean all = comment.split("\\| everything \\|", -1).length - 1 == parties * parties;
      assertThat(comment.contains("**Cut:**")).as("%d parties", parties).isNotEqualTo(all);
    }
    assertThat(comment(40)).contains("**Cut:**");
  }

  @Test
  void names_do_not_become_markup() {
    assertThat(comment(2)).doesNotContain("<b>").contains("&lt;b>workload-001");
  }

  @Test
  void differences_are_a_table_of_causes_and_the_flows_of_each_to_open() {
    assertThat(run("diff", staging, production, "-o", "md").out())
        .contains(
            "| cause | opened | closed | known or unknown |",
            "| Because of the engine: calico 3.31.2 → cilium 1.15.19",
            "<details><summary>1. Because of the engine: ")
        .doesNotContain("**Cut:**");
  }

  @Test
  void graphs_name_every_party_and_arrow_of_the_answer() {
    assertThat(run("connectivity", "-f", production, "-o", "dot").out())
        .contains(
            "subgraph cluster_0 {",
            "\"shop/frontend[Deployment]\" -> \"shop/cart[Deployment]\" [label=\"TCP 8080\"");
    assertThat(run("connectivity", "-f", production, "-o", "mermaid").out())
        .contains("flowchart LR", "subgraph g0[\"data\"]", " -->|\"TCP 8080\"|");
    assertThat(run("diff", staging, production, "-o", "dot").out())
        .contains("[label=\"opened: TCP 5432\", color=\"#146c2e\", style=solid]");
    assertThat(run("diff", staging, production, "-o", "svg").out())
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("<text class=\"t\"", ">opened</text>")
        .endsWith("</svg>\n");
  }
}
