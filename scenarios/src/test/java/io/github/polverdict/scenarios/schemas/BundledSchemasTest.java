package io.github.polverdict.scenarios.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.scenarios.schemas.Violations.Violation;
import io.github.polverdict.snapshot.schema.Schema;
import io.github.polverdict.snapshot.schema.SchemaValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bundled schema takes what fits it and refuses what breaks any one keyword, at its place.
 */
class BundledSchemasTest {
  private static final Map<String, Schema> ALL = Bundles.all();
  private static final int SAMPLES = 200;

  static List<Finding> refusals(Schema schema, Map<String, Object> object) {
    return SchemaValidator.refusals(Json.document(object), schema, "PV080", false);
  }

  private static String place(Finding finding) {
    return finding.origin() instanceof Origin.InFile file ? file.pointer() : "";
  }

  @TestFactory
  Stream<DynamicTest> objects_that_fit_are_taken() {
    return ALL.entrySet().stream()
        .map(e ->
            DynamicTest.dynamicTest(
                e.getKey(),
                () -> {
                  for (int seed = 0; seed < SAMPLES; seed++) {
                    double share = seed % 4 * 0.15;
                    var object = new Samples(seed, share).object(e.getKey(), e.getValue());
                    assertThat(refusals(e.getValue(), object))
                        .as("seed %d, %s", seed, Json.text(object))
                        .isEmpty();
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> what_breaks_a_keyword_is_refused_at_its_place() {
    return ALL.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> broken(e.getKey(), e.getValue())));
  }

  private static void broken(String name, Schema schema) {
    List<Violation> all = Violations.of(name, schema);
    assertThat(all).isNotEmpty();
    for (Violation violation : all) {
      assertThat(refusals(schema, violation.object()))
          .as("%s at %s: %s", violation.keyword(), violation.pointer(), violation.object())
          .anySatisfy(f -> {
            assertThat(place(f)).isEqualTo(violation.pointer());
            assertThat(f.message()).contains(violation.says());
          });
    }
  }

  @Test
  void every_rule_and_format_of_a_schema_is_looked_at() {
    List<String> rules = new ArrayList<>();
    List<String> formats = new ArrayList<>();
    for (Schema schema : ALL.values()) {
      Violations.parts(schema)
          .forEach(part -> {
            part.rules().forEach(r -> rules.add(r.get("rule").text("")));
            part.text("format").ifPresent(formats::add);
          });
    }
    assertThat(rules).isNotEmpty().allMatch(SchemaValidator::asks);
    assertThat(formats).isNotEmpty().allMatch(SchemaValidator::looksAt);
  }

  @Test
  void nothing_that_happens_to_an_object_breaks_the_validator() {
    long seed = Long.getLong("seed", 20261128L);
    ALL.forEach((name, schema) -> {
      for (int i = 0; i < SAMPLES; i++) {
        Map<String, Object> object = Mutations.mutated(name, schema, seed + i);
        assertThat(refusals(schema, object))
            .as("seed %d, %s", seed + i, Json.text(object))
            .allSatisfy(f -> assertThat(f.message()).isNotBlank());
      }
    });
  }

  @Test
  void every_keyword_that_a_schema_has_is_broken_somewhere() {
    Map<String, Integer> count = new TreeMap<>();
    ALL.forEach((name, schema) ->
        Violations.of(name, schema).forEach(v -> count.merge(v.keyword(), 1, Integer::sum)));
    System.out.println("violations by keyword: " + count);
    assertThat(count.keySet())
        .contains(
            "anyOf",
            "enum",
            "format",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "oneOf",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-list-type",
            "x-kubernetes-validations");
  }
}
