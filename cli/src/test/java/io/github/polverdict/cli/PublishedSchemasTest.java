package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.polverdict.report.ReportApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/**
 * Findings against what those who read them publish: Jenkins' schema of JUnit's XML (junit-10.xsd
 * of jenkinsci/xunit-plugin, MIT), and the definitions of OpenReports and PolicyReports. SARIF has
 * a test of its own.
 */
@NullUnmarked
class PublishedSchemasTest extends DemoClusters {
  private static Schema reports;

  @BeforeAll
  static void readTheSchemas() throws IOException {
    try (InputStream in = resource("policy-reports.json")) {
      reports = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    }
  }

  private static javax.xml.validation.Schema jenkins() throws IOException, SAXException {
    try (InputStream in = resource("junit-10.xsd")) {
      return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(new StreamSource(in));
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        PublishedSchemasTest.class.getResourceAsStream("/schema/" + name), name);
  }

  private static List<String> documents(String manifests) {
    return Arrays.stream(manifests.split("(?m)^---$")).filter(d -> !d.isBlank()).toList();
  }

  /** Fails when it is not JUnit's XML as Jenkins reads it. */
  static void keeps(String xml) throws IOException, SAXException {
    jenkins().newValidator().validate(new StreamSource(new StringReader(xml)));
  }

  @Test
  void reports_keep_to_the_definitions_of_openreports_and_of_policy_reports() throws IOException {
    for (String source : new String[] {staging, production, accepting()}) {
      for (String api : new String[] {"openreports.io", "wgpolicyk8s.io"}) {
        Ran ran = run("lint", source, "-o", "policyreport", "--report-api", api);
        assertThat(documents(ran.out())).hasSizeGreaterThan(1);
        for (String document : documents(ran.out())) {
          assertThat(reports.validate(document, InputFormat.YAML)).as(document).isEmpty();
          assertThat(document).contains("apiVersion: \"" + api + "/");
        }
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
    assertThat(documents(nothing))
        .singleElement()
        .asString()
        .contains("kind: \"ClusterReport\"", "fail: 0", "results: []");
  }

  @Test
  void what_the_definitions_do_not_have_is_found() {
    String report = documents(run("lint", production, "-o", "policyreport").out()).getFirst();
    for (String wrong :
        List.of(
            report.replace("result: \"fail\"", "result: \"failed\""),
            report.replace("source:", "sauce:"),
            report.replace("fail: ", "failed: "))) {
      assertThat(wrong).isNotEqualTo(report);
      assertThat(reports.validate(wrong, InputFormat.YAML)).isNotEmpty();
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
      keeps(run("lint", source, "-o", "junit").out());
    }
    keeps(run("lint", production, "--select", "PV403", "-o", "junit").out());
    assertThatThrownBy(() -> keeps("<testsuites><testsuite tests=\"1\"/></testsuites>"))
        .isInstanceOf(SAXException.class);
  }
}
