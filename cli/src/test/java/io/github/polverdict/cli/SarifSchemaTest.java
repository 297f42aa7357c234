package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SARIF against the schema that OASIS publishes for 2.1.0. */
@NullUnmarked
class SarifSchemaTest extends DemoClusters {
  private static Schema schema;

  @BeforeAll
  static void readTheSchema() throws IOException {
    try (InputStream in =
        SarifSchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in);
    }
  }

  @Test
  void findings_patches_and_suppressions_keep_to_it() throws IOException {
    for (String source : new String[] {staging, production, accepting()}) {
      String sarif = run("lint", source, "-o", "sarif").out();
      assertThat(sarif).contains("\"results\"");
      assertThat(schema.validate(sarif, InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void a_file_without_findings_keeps_to_it() {
    String sarif = run("lint", production, "--select", "PV403", "-o", "sarif").out();
    assertThat(sarif).doesNotContain("ruleId");
    assertThat(schema.validate(sarif, InputFormat.JSON)).isEmpty();
  }

  @Test
  void what_is_no_sarif_does_not() {
    String wrong = "{\"version\": \"2.0.0\", \"runs\": [{\"results\": [{\"level\": \"bad\"}]}]}";
    assertThat(schema.validate(wrong, InputFormat.JSON)).hasSizeGreaterThanOrEqualTo(3);
  }
}
