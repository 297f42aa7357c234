package io.github.polverdict.dialects.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.snapshot.Documents;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
  private static final String ROW =
      "  - {id: x.some, says: it is so, effect: note, status: source}\n";
  private static final String PROFILE = "dialect: x\ntitle: X\nprofile-version: 1\nquirks:\n" + ROW;

  private static Profile read(String yaml) {
    return ProfileReader.read(Documents.yaml(yaml, "x.yaml"));
  }

  @Test
  void rows_are_read_in_their_order() {
    String other = ROW.replace("x.some", "x.other");
    assertThat(read(PROFILE + other).quirks())
        .extracting(Quirk::id)
        .containsExactly("x.some", "x.other");
  }

  @Test
  void a_second_row_of_a_name_is_refused_with_its_place() {
    assertThatThrownBy(() -> read(PROFILE + ROW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x.yaml:6")
        .hasMessageContaining("one row only of x.some");
  }

  @Test
  void a_key_that_rows_do_not_have_is_refused() {
    assertThatThrownBy(() -> read(PROFILE.replace("says:", "what: x, says:")))
        .hasMessageContaining("no key 'what'");
  }
}
