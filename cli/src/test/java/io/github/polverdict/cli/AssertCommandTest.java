package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class AssertCommandTest extends DemoClusters {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

  private String expectations(String... items) throws IOException {
    Path file = folder.resolve("expectations.yaml");
    String head = "apiVersion: polverdict.io/v1\nkind: Expectations\nnamespace: shop\nexpect:\n";
    return Files.writeString(file, head + String.join("\n", items) + "\n").toString();
  }

  private static final String HOLDS =
      "- {name: back end, verdict: allowed, from: frontend, to: cart, ports: http}";
  private static final String FAILS =
      "- {name: database, verdict: allowed, from: checkout, to: 'svc/data/orders-db:5432'}";
  private static final String EMPTY = "- {name: typo, verdict: denied, from: chekout, to: cart}";

  @Test
  void the_exit_code_says_whether_all_hold() throws IOException {
    assertThat(run("assert", production, "--expect", expectations(HOLDS)).code()).isZero();
    assertThat(run("assert", production, "--expect", expectations(HOLDS, FAILS)).code())
        .isEqualTo(1);
    assertThat(run("assert", production, "--expect", expectations(EMPTY)).code()).isEqualTo(1);
    assertThat(run("assert", staging, "--expect", expectations(FAILS)).code()).isZero();
  }

  @Test
  void the_file_is_what_dash_f_names_beside_a_source() throws IOException {
    String file = expectations(HOLDS);
    assertThat(run("assert", production, "-f", file).code()).isZero();
    assertThat(run("assert", "-f", production, "-e", file).code()).isZero();
    assertThat(run("assert", "-f", production).err()).contains("--expect FILE");
    assertThat(run("assert", "-e", file).err()).contains("say what to read");
  }

  @Test
  void a_failing_line_names_the_policy_its_place_and_the_row_of_the_profile() throws IOException {
    String out = run("assert", production, "-e", expectations(HOLDS, FAILS, EMPTY)).out();
    assertThat(out)
        .contains("FAILS    database", "TCP 5432 is\n", "DENIED", "policies.yaml:17:3")
        .contains("cilium.policytypes-ignored-when-rules-present")
        .contains("EMPTY    typo", "did you mean", "holds    back end")
        .contains("1 of 3 expectations holds; 1 fails, 1 tests nothing");
  }

  @Test
  void junit_counts_failures_errors_and_cases() throws Exception {
    String xml =
        run("assert", production, "-e", expectations(HOLDS, FAILS, EMPTY), "-o", "junit").out();
    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo("3");
    assertThat(root.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(root.getElementsByTagName("error").getLength()).isEqualTo(1);
    String markdown = run("assert", production, "-e", expectations(FAILS), "-o", "markdown").out();
    assertThat(markdown).contains("| FAILS | database |");
  }

  @Test
  void an_unknown_is_no_pass() throws IOException {
    String file = expectations("- {verdict: denied, from: anything, to: data/orders-db}");
    Files.writeString(folder.resolve("production/broken.yaml"), "kind: NetworkPolicy\nspec: [\n");
    Ran ran = run("assert", production, "-e", file, "--fail-on-unknown");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).doesNotContain("1 of 1 expectation holds");
  }

  @Test
  void what_is_recorded_holds_until_something_changes() {
    String file = folder.resolve("today.yaml").toString();
    Ran ran = run("assert", production, "--record", file);
    assertThat(ran.out()).contains("today.yaml: ", " expectations");
    Ran same = run("assert", production, "--expect", file);
    assertThat(same.out()).doesNotContain("FAILS", "EMPTY", "UNKNOWN");
    assertThat(same.code()).isZero();
    assertThat(run("assert", staging, "--expect", file).out()).contains("FAILS");
  }

  @Test
  void packets_need_a_cluster_and_leave() throws IOException {
    Ran ran = run("assert", production, "-e", expectations(HOLDS), "--probe", "--allow-exec");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("packets need a running cluster");
  }

  @Test
  void errors_of_the_file_are_told_with_their_places() throws IOException {
    String file = expectations("- {verdict: denied, form: cart, to: cart}");
    Ran ran = run("assert", production, "-e", file);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("expectations.yaml:5:", "did you mean from?");
  }

  @Test
  void the_guides_example_is_taken_and_fits_the_published_schema() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/guide/assert.md"));
    String yaml = guide.split("```yaml\n", 2)[1].split("```", 2)[0];
    Path file = Files.writeString(folder.resolve("guide.yaml"), yaml);
    assertThat(run("assert", production, "-e", file.toString()).code()).isEqualTo(1);
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(ROOT.resolve("docs/schema/expectations-v1.schema.json")));
    assertThat(schema.validate(yaml, InputFormat.YAML)).isEmpty();
    assertThat(schema.validate(yaml.replace("ports:", "port:"), InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void the_answer_keeps_the_published_schema() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(ROOT.resolve("docs/schema/polverdict-v1.schema.json")));
    String answer =
        run("assert", production, "-e", expectations(HOLDS, FAILS, EMPTY), "-o", "json").out();
    assertThat(schema.validate(answer, InputFormat.JSON)).isEmpty();
  }
}
