package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullUnmarked
class LintCommandTest extends DemoClusters {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void lint_finds_what_is_planted_in_the_demo_and_fails_by_severity() {
    Ran ran = run("lint", production);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "PV104  NetworkPolicy shop/media-streams",
            "PV501  a rule of NetworkPolicy shop/checkout-to-database",
            "PV202  a rule of NetworkPolicy shop/metrics",
            "policies.yaml:");
    assertThat(run("lint", production, "--fail-on", "critical").code()).isZero();
    assertThat(run("lint", production, "--fail-on", "never").code()).isZero();
    assertThat(run("lint", production, "--ignore", "PV1,PV5,PV7").code()).isZero();
    assertThat(run("lint", production, "--select", "PV501", "-o", "csv").out().lines()).hasSize(2);
    assertThat(run("lint", production, "--fail-on", "bad").code()).isEqualTo(2);
    assertThat(run("lint", production, "--select", "V1").code()).isEqualTo(2);
    assertThat(run("lint", production, "--as-of", "tomorrow").code()).isEqualTo(2);
    assertThat(run("lint", production, "-f", staging).code()).isEqualTo(2);
  }

  @Test
  void an_accepted_finding_is_told_apart_and_one_that_has_ended_is_a_finding() throws IOException {
    String source = accepting();
    JsonNode answer = JSON.readTree(run("lint", source, "-o", "json").out());
    assertThat(answer.get("accepted").valueStream().map(a -> a.get("reason").asString()))
        .containsExactly("streams come later");
    List<String> codes =
        answer.get("problems").valueStream().map(p -> p.get("code").asString()).toList();
    assertThat(codes).contains("PV703", "PV202");
    assertThat(run("lint", source, "--as-of", "2019-12-31").out()).contains("2 accepted");
  }

  @Test
  void sarif_names_rules_places_and_suppressions() throws IOException {
    JsonNode run = JSON.readTree(run("lint", accepting(), "-o", "sarif").out()).get("runs").get(0);
    List<String> rules =
        run.at("/tool/driver/rules").valueStream().map(r -> r.get("id").asString()).toList();
    for (JsonNode result : run.get("results")) {
      assertThat(rules.get(result.get("ruleIndex").asInt()))
          .isEqualTo(result.get("ruleId").asString());
      assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isPositive();
      assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
          .endsWith(".yaml");
      assertThat(result.at("/message/text").asString()).isNotEmpty();
    }
    assertThat(run.get("results").valueStream().filter(r -> r.has("suppressions"))).hasSize(1);
  }

  @Test
  void junit_xml_is_well_formed_and_counts_right() throws Exception {
    String xml = run("lint", accepting(), "-o", "junit").out();
    var document =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new java.io.ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    var suite = document.getElementsByTagName("testsuite").item(0).getAttributes();
    for (String[] pair :
        List.of(
            new String[] {"tests", "testcase"},
            new String[] {"failures", "failure"},
            new String[] {"skipped", "skipped"})) {
      assertThat(suite.getNamedItem(pair[0]).getNodeValue())
          .isEqualTo(Integer.toString(document.getElementsByTagName(pair[1]).getLength()));
    }
    assertThat(run("lint", production, "-o", "markdown").out()).contains("| finding | severity |");
    assertThat(run("explain", "-o", "sarif").code()).isEqualTo(2);
  }
}
