package io.github.polverdict.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiJsonTest {

  @Test
  void everyJsonTypeKeepsItsTypeAndItsText() throws ApiJson.Malformed {
    assertThat(
            read(
                "{\"s\":\"80\",\"i\":80,\"f\":1.5,\"t\":true,\"n\":null,\"l\":[1,{}],\"u\":\"\\u00e9\"}"))
        .isEqualTo(
            new Mapping(
                Map.of(
                    "s", new Scalar("80", Type.STRING, Mark.NONE),
                    "i", new Scalar("80", Type.INTEGER, Mark.NONE),
                    "f", new Scalar("1.5", Type.FLOAT, Mark.NONE),
                    "t", new Scalar("true", Type.BOOLEAN, Mark.NONE),
                    "n", new Scalar("null", Type.NULL, Mark.NONE),
                    "u", new Scalar("é", Type.STRING, Mark.NONE),
                    "l",
                        new Sequence(
                            List.of(
                                new Scalar("1", Type.INTEGER, Mark.NONE),
                                new Mapping(Map.of(), Mark.NONE)),
                            Mark.NONE)),
                Mark.NONE));
  }

  @Test
  void keysStayInTheOrderOfTheText() throws ApiJson.Malformed {
    assertThat(read("{\"z\":1,\"a\":2,\"m\":3}").entries().keySet()).containsExactly("z", "a", "m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "42",
        "{",
        "{\"a\":",
        "{\"a\":1,}",
        "{} {}",
        "<html>",
        "{\"items\":[{\"a\":1}"
      })
  void whatIsNotOneWholeObjectIsMalformed(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ApiJson.Malformed.class);
  }

  @Test
  void tooDeepNestingIsMalformedAndNoStackOverflow() {
    String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(ApiJson.Malformed.class);
  }

  @Test
  void theMessageSaysWhereAndNeverRepeatsTheText() {
    assertThatThrownBy(() -> read("{\"token\": s3cret}"))
        .hasMessageContaining("byte")
        .message()
        .doesNotContain("s3cret");
  }

  private static Mapping read(String text) throws ApiJson.Malformed {
    return ApiJson.read(text.getBytes(UTF_8));
  }
}
