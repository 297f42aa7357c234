package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Cell;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Part;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Side;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Pages for a browser as text; how they behave in one is tested by .ci/web. */
@NullUnmarked
class PagesTest extends DemoClusters {
  private static final String MARKUP = "</script><script>alert(1)</script>\"'&<img src=x>";

  @Test
  void markup_in_names_and_labels_is_text_in_the_data_and_in_the_page() {
    Side side = new Side(new Party(MARKUP, Kind.POD), MARKUP, Map.of(MARKUP, MARKUP));
    Cell cell =
        new Cell(List.of(new Part(Outcome.ALLOWED, TrafficSet.ALL, Optional.empty(), List.of())));
    ConnectivityAnswer answer =
        new ConnectivityAnswer(
            MARKUP, List.of(), List.of(), List.of(), true, List.of(), List.of(), List.of());
    StringWriter page = new StringWriter();
    new Report(Format.HTML, Palette.PLAIN)
        .write(
            Layouts.MATRIX,
            new ConnectivityMatrix(answer, List.of(side), List.of(side), List.of(List.of(cell))),
            page);

    assertThat(page.toString())
        .doesNotContain("<script>alert", "<img")
        .contains("\\u003c/script>\\u003cscript>alert(1)")
        .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
  }

  @Test
  void an_explanation_of_one_flow_is_one_file_that_asks_for_nothing() {
    Published.keepsToItself(
        run(
                "explain",
                "-f",
                production,
                "--from",
                "shop/checkout",
                "--to",
                "data/orders-db:5432",
                "-o",
                "html")
            .out());
  }
}
