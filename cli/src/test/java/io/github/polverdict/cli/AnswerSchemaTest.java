package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.Turn;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Ticker;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JSON answers against the published schema, which allows no key that it does not have. */
@NullUnmarked
class AnswerSchemaTest extends DemoClusters {
  private static Schema schema;

  @BeforeAll
  static void readTheSchema() throws IOException {
    Path root = Path.of(System.getProperty("project.root", ".."));
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(root.resolve("docs/schema/polverdict-v1.schema.json")));
  }

  private static void keeps(String... args) {
    String answer = run(args).out();
    assertThat(schema.validate(answer, InputFormat.JSON)).as(String.join(" ", args)).isEmpty();
  }

  @Test
  void explanations() throws IOException {
    Path flows =
        Files.writeString(folder.resolve("flows.csv"), "from,to\nshop/cart,shop/media:8443\n");
    String to = "data/orders-db:5432";
    keeps("explain", "-f", production, "--from", "shop/checkout", "--to", to, "-o", "json");
    keeps("explain", "-f", production, "--flows", flows.toString(), "-o", "json");
  }

  @Test
  void what_reaches_what_and_what_differs() {
    keeps("connectivity", "-f", staging, "-o", "json");
    keeps("diff", staging, production, "-o", "json");
    keeps(
        "parity", "-f", staging, "--under", "calico@3.31", "--under", "weave@2.8.1", "-o", "json");
  }

  @Test
  void inspections() {
    keeps("inspect", "-f", production, "-o", "json");
    keeps("inspect", "-f", production, "--matrix", "-o", "json");
    keeps("inspect", "--dialect", "cilium", "-o", "json");
  }

  @Test
  void findings() throws IOException {
    keeps("lint", accepting(), "-o", "json");
    keeps("lint", "--list", "-o", "json");
  }

  @Test
  void settings() {
    keeps("config", "-o", "json");
  }

  @Test
  void each_line_of_watch() {
    StringWriter out = new StringWriter();
    Ticker ticker = new Ticker(true, Palette.PLAIN);
    Instant now = Instant.parse("2026-11-28T12:00:00Z");
    ticker.write(now, 1, turn(Optional.empty(), Optional.of(Outcome.ALLOWED), ""), out);
    ticker.write(now, 2, turn(Optional.of(Outcome.ALLOWED), Optional.empty(), "Pod gone"), out);
    ticker.stale(now, "pods", now, "refused", out);
    ticker.current(now, "pods", out);
    ticker.gap(now, true, "pods", "refused", out);
    ticker.gap(now, false, "pods", "", out);
    assertThat(out.toString().lines())
        .hasSize(6)
        .allSatisfy(line -> assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty());
  }

  private static Turn turn(Optional<Outcome> before, Optional<Outcome> after, String cause) {
    return new Turn("shop/web", "data/db:5432", before, after, "because", cause);
  }

  @Test
  void baselines() throws IOException {
    Path flows =
        Files.writeString(folder.resolve("flows.csv"), "from,to\nshop/cart,shop/media:8443\n");
    keeps("baseline", "check", production, "--preset", "pci-segmentation", "-o", "json");
    keeps("baseline", "plan", production, "--flows", flows.toString(), "-o", "json");
  }

  @Test
  void a_key_too_many_does_not() {
    String answer = run("connectivity", "-f", staging, "-o", "json").out();
    String more = answer.replaceFirst("\\{", "{\"more\": 1,");
    assertThat(schema.validate(more, InputFormat.JSON)).isNotEmpty();
  }
}
