package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import io.github.polverdict.report.ReportApi;
import io.github.polverdict.workbench.evidence.Sums;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/**
 * Findings against what those who read them publish; {@link FormatsTest} has the other questions.
 */
@NullUnmarked
class PublishedSchemasTest extends DemoClusters {

  @Test
  void what_is_bundled_is_what_was_published_byte_for_byte() {
    Map.of(
            "openreports.io_reports.yaml",
            "d9e81ed2ce5ce6923b1411b5b6fbafec1c33df515657c627bab8f5ff4388c156",
            "openreports.io_clusterreports.yaml",
            "9b29a60e505a314b66cffd48844c1c0ba0ae09c2b11248ce6d5f901a930f0d69",
            "junit-10.xsd",
            "a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6",
            "sarif-schema-2.1.0.json",
            "4ca040808b0e8415ce63c323702ebf2a7d96fe949d4a1f67dec2d34a5e3aecd0")
        .forEach((name, sum) -> assertThat(Sums.of(Published.bytes(name))).as(name).isEqualTo(sum));
  }

  @Test
  void reports_keep_to_the_definitions_of_openreports_and_of_policy_reports() throws IOException {
    for (String source : new String[] {staging, production, accepting()}) {
      for (String api : new String[] {"openreports.io", "wgpolicyk8s.io"}) {
        Ran ran = run("lint", source, "-o", "policyreport", "--report-api", api);
        Published.keepsToReports(ran.out());
        assertThat(Published.documents(ran.out()))
            .hasSizeGreaterThan(1)
            .allMatch(d -> d.contains("apiVersion: \"" + api + "/"));
      }
    }
  }

  @Test
  void each_namespace_has_its_report_and_what_is_accepted_is_skipped() throws IOException {
    String reports = run("lint", accepting(), "-o", "policyreport").out();
    assertThat(reports)
        .contains(
            "kind: \"ClusterReport\"",
            "  namespace: \"shop\"",
            "  result: \"skip\"",
            "    acceptedBecause: \"streams come later\"",
            "    acceptedUntil: \"2999-12-31\"");
    String nothing = run("lint", production, "--select", "PV403", "-o", "policyreport").out();
    assertThat(Published.documents(nothing))
        .singleElement()
        .asString()
        .contains("kind: \"ClusterReport\"", "fail: 0", "results: []");
  }

  @Test
  void what_the_definitions_do_not_have_is_found() {
    for (String api : new String[] {"openreports.io", "wgpolicyk8s.io"}) {
      String report =
          Published.documents(
                  run("lint", production, "-o", "policyreport", "--report-api", api).out())
              .getLast();
      for (String wrong :
          List.of(
              report.replace("result: \"fail\"", "result: \"failed\""),
              report.replace("source:", "sauce:"),
              report.replace("policy:", "polity:"),
              report.replace("fail: ", "failed: "))) {
        assertThat(wrong).isNotEqualTo(report);
        assertThat(Published.wrong(wrong)).as(wrong).isNotEmpty();
      }
    }
  }

  @Test
  void a_cluster_gets_the_reports_that_it_has() {
    assertThat(ReportApi.among(Set.of("wgpolicyk8s.io", "openreports.io", "apps")))
        .isEqualTo(ReportApi.OPENREPORTS);
    assertThat(ReportApi.among(Set.of("wgpolicyk8s.io"))).isEqualTo(ReportApi.WGPOLICYK8S);
    assertThat(ReportApi.among(Set.of())).isEqualTo(ReportApi.OPENREPORTS);
  }

  @Test
  void an_api_that_is_none_is_refused() {
    Ran ran = run("lint", production, "-o", "policyreport", "--report-api", "reports.example");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--report-api takes openreports.io or wgpolicyk8s.io");
  }

  @Test
  void findings_as_tests_keep_to_the_schema_of_jenkins() throws IOException, SAXException {
    for (String source : new String[] {staging, production, accepting()}) {
      Published.keepsToJunit(run("lint", source, "-o", "junit").out());
    }
    Published.keepsToJunit(run("lint", production, "--select", "PV403", "-o", "junit").out());
    assertThatThrownBy(
            () -> Published.keepsToJunit("<testsuites><testsuite tests=\"1\"/></testsuites>"))
        .isInstanceOf(SAXException.class);
  }

  @Test
  void findings_patches_and_suppressions_keep_to_sarif() throws IOException {
    for (String source : new String[] {staging, production, accepting()}) {
      String sarif = run("lint", source, "-o", "sarif").out();
      assertThat(sarif).contains("\"results\"");
      Published.keepsToSarif(sarif);
    }
    String nothing = run("lint", production, "--select", "PV403", "-o", "sarif").out();
    assertThat(nothing).doesNotContain("ruleId");
    Published.keepsToSarif(nothing);
  }

  @Test
  void what_is_no_sarif_does_not() {
    String wrong = "{\"version\": \"2.0.0\", \"runs\": [{\"results\": [{\"level\": \"bad\"}]}]}";
    assertThat(Published.SARIF.validate(wrong, InputFormat.JSON)).hasSizeGreaterThanOrEqualTo(3);
  }
}
