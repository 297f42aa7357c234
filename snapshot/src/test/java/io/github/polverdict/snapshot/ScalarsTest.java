package io.github.polverdict.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The right-hand sides are what {@code sigs.k8s.io/yaml} 1.6.0 (YAMLToJSON) printed for the
 * left-hand sides.
 */
class ScalarsTest {

  private static Field value(String scalar) {
    return Documents.yaml("a: " + scalar, "x").at("a");
  }

  @ParameterizedTest
  @CsvSource({
    "y,true",
    "Y,true",
    "yes,true",
    "YES,true",
    "on,true",
    "On,true",
    "true,true",
    "TRUE,true",
    "n,false",
    "N,false",
    "no,false",
    "No,false",
    "off,false",
    "OFF,false",
    "False,false",
  })
  void plain_words_of_yaml_1_1_are_booleans(String scalar, boolean json) {
    assertThat(value(scalar).bool()).contains(json);
    assertThat(value("\"" + scalar + "\"").string()).contains(scalar);
    assertThat(value("'" + scalar + "'").bool()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "00,0",
    "-0,0",
    "+12,12",
    "-7,-7",
    "010,8",
    "-010,-8",
    "0o17,15",
    "0O17,15",
    "0x1F,31",
    "0X1f,31",
    "0b11,3",
    "-0b11,-3",
    "+0x10,16",
    "1_000,1000",
    "0x_1F,31",
    "1__0,10",
    "0_8,8",
    "08,8",
    "09,9",
    "1e3,1000",
    "1.0,1",
    "12e03,12000",
    "-5.0,-5",
    "1.,1",
    "0.0,0",
    "2147483647,2147483647",
    "+-0,STRING",
    "0b12,STRING",
    "0b,STRING",
    "0x,STRING",
    "0xG,STRING",
    "0x1p4,STRING",
    "1e,STRING",
    "_1,STRING",
    "+,STRING",
    "-_5,-5",
    "!!int \"5\",5",
    "!!float 5,5",
  })
  void numbers_without_a_fraction_are_integers(String scalar, String json) {
    if (json.equals("STRING")) {
      assertThat(value(scalar).string()).contains(scalar);
    } else {
      assertThat(value(scalar).integer()).contains(Integer.parseInt(json));
    }
  }

  @ParameterizedTest
  @CsvSource({
    ".5",
    "1.5",
    "-1.5",
    "+.5",
    "1e-3",
    "1e21",
    "12345678901234567890123",
    ".5_0",
    "100.50"
  })
  void other_numbers_are_not(String scalar) {
    assertThat(value(scalar).value())
        .isInstanceOfSatisfying(
            Value.Scalar.class, s -> assertThat(s.type()).isEqualTo(Value.Type.FLOAT));
    assertThat(value(scalar).integer()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1",
    "10.0.0.0/8",
    "1Gi",
    "500m",
    "190:20:30",
    "2001-12-14",
    "2001-12-14T21:59:43Z",
    "1.20.3",
    "._5",
    ".5_",
    "1e309",
    "tRUE",
    "yEs",
    "oN",
    "nULL",
    "~a",
    "=",
    "truely",
    "0xffffffffffffffffff",
    "-0x8000000000000001",
    "!foo 5",
    "!!str 5",
    "!!binary NQ==",
    "fd00::1",
    "\"5\"",
  })
  void all_else_is_text(String scalar) {
    String text = scalar.replaceAll("^!.* ", "").replaceAll("[\"']", "").replace("NQ==", "5");
    assertThat(value(scalar).string()).contains(text);
  }

  @ParameterizedTest
  @CsvSource({"~", "null", "Null", "NULL", "!!null ~", "''"})
  void null_is_absent(String scalar) {
    assertThat(value(scalar).present()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "8080,8080",
    "010,8",
    "0x10,16",
    "1_000,1000",
    "yes,true",
    "Off,false",
    "1.5,1.5",
    "1e3,1000",
    "1234567.5,1.2345675e+06",
    "1e-5,1e-05",
    "-.0,-0",
    "2001-12-14,2001-12-14",
    "\"08\",08",
    ".inf,.inf",
  })
  void a_key_is_the_text_of_its_value(String key, String json) {
    assertThat(Documents.yaml("a: {" + key + ": x}", "x").at("a").members()).containsOnlyKeys(json);
  }

  @ParameterizedTest
  @CsvSource({
    "!!int 1.5",
    "!!bool maybe",
    "!!null x",
    "!!float x",
    ".nan",
    "-.inf",
    "!!binary ===x"
  })
  void what_the_tag_or_json_forbids_is_refused(String scalar) {
    Snapshot snapshot = Texts.read("kind: NetworkPolicy\nspec: " + scalar);
    assertThat(snapshot.findings()).extracting(Finding::code).contains("PV001");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.mayHold("NetworkPolicy")).isTrue());
  }

  @Test
  void a_very_long_number_is_text_at_once() {
    assertThat(value("9".repeat(1_000_000)).string()).isPresent();
    assertThat(value("." + "9".repeat(1_000_000)).string()).isPresent();
  }
}
