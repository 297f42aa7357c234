package io.github.polverdict.snapshot;

import static io.github.polverdict.snapshot.Texts.codes;
import static io.github.polverdict.snapshot.Texts.ids;
import static io.github.polverdict.snapshot.Texts.lines;
import static io.github.polverdict.snapshot.Texts.object;
import static io.github.polverdict.snapshot.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML as kubectl reads it; the outcomes were compared with kubectl 1.32. */
class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1, <<: {a: 2}}                 | a=2",
        "{<<: {a: 2}, a: 1}                 | a=1",
        "{<<: [{a: 1}, {a: 2, b: 3}]}       | a=1 b=3",
        "{<<: {a: 1}, <<: {b: 2}}           | a=1 b=2",
        "{\"<<\": x}                        | <<=x",
        "{x: &b {a: 1, b: 2}, <<: *b, b: 3} | a=1 b=3",
      })
  void merge_keys_override_what_stands_before_them(String mapping, String members) {
    Map<String, String> strings = Documents.yaml("m: " + mapping, "x").at("m").strings();
    String found =
        String.join(" ", strings.entrySet().stream().map(Object::toString).sorted().toList());
    assertThat(found).isEqualTo(members);
  }

  @Test
  void an_alias_has_the_place_of_its_anchor() {
    Field spec = Documents.yaml("a: &x\n  k: v\nb: *x\n&y c: *y\n", "x.yaml").field();
    assertThat(spec.get("b").get("k").origin())
        .isEqualTo(new Origin.InFile("", "x.yaml", "/b/k", 2, 6));
    assertThat(spec.get("c").string()).contains("c");
  }

  @Test
  void the_last_anchor_of_a_name_counts() {
    assertThat(Documents.yaml("a: &x 1\nb: &x 2\nc: *x", "x").at("c").integer()).contains(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: &x [*x]     | 2:8 The document is not valid YAML: the anchor x contains itself; it is"
            + " left out",
        "a: *nope       | 2:4 The document is not valid YAML: the anchor nope is not defined above;"
            + " it is left out",
        "<<: 3          | 2:1 The document is not valid YAML: a merge key << needs a mapping or a"
            + " sequence of mappings; it is left out",
        "<<: [1]        | 2:1 The document is not valid YAML: a merge key << needs a mapping or a"
            + " sequence of mappings; it is left out",
        "? {a: b}\\n: c | 2:3 The document is no Kubernetes object: a key of a mapping must be a"
            + " plain word or a string; it is left out",
        "~: c           | 2:1 The document is no Kubernetes object: a key of a mapping must be a"
            + " plain word or a string; it is left out",
        "a: b: c        | 2:5 The document is not valid YAML: mapping values are not allowed here;"
            + " it is left out",
        "a: [b, c       | 3:1 The document is not valid YAML: while parsing a flow sequence:"
            + " expected ',' or ']', but got <stream end>; it is left out",
        "a: @b          | 2:4 The document is not valid YAML: while scanning for the next token:"
            + " found character '@' that cannot start any token. (Do not use @ for indentation); it"
            + " is left out",
        "a: \"\\x\"     | 2:7 The document is not valid YAML: while scanning a double-quoted"
            + " scalar: expected escape sequence of 2 hexadecimal numbers, but found: \"; it is"
            + " left out",
        "&+ c: d        | 2:1 The document is not valid YAML: + is no name for an anchor; it is"
            + " left out",
      })
  void what_kubectl_refuses_is_refused_with_its_place(String line, String finding) {
    String text = "kind: Pod\n" + line.replace("\\n", "\n") + "\n";
    assertThat(lines(read(text)))
        .contains("PV001 " + finding)
        .noneMatch(l -> l.startsWith("PV00[2-9]"));
    assertThat(read(text).gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Pod")));
  }

  @Test
  void a_separator_may_have_a_comment_but_no_text() {
    String text =
        object("Pod", "a")
            + "--- # next\n"
            + object("Pod", "b")
            + "--- {x: 1}\n"
            + object("Secret", "c");
    Snapshot snapshot = read(text);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a", "Pod shop/b");
    assertThat(lines(snapshot))
        .containsExactly(
            "PV001 8:1 The document follows a separator --- with text behind it: {x: 1}; it is left"
                + " out");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Secret")));
  }

  @Test
  void text_after_the_end_of_a_document_is_ignored_as_kubectl_ignores_it_but_said() {
    Snapshot snapshot = read(object("Pod", "a") + "...\n" + object("NetworkPolicy", "b"));
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(lines(snapshot))
        .containsExactly(
            "PV027 5:1 What follows the line ... is not read, as kubectl does not read it either");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("NetworkPolicy")));
  }

  @Test
  void empty_documents_comments_and_null_are_nothing() {
    Snapshot snapshot =
        read(
            "---\n---\n# Source: x\n---\nnull\n---\n~\n---\n"
                + object("Pod", "a")
                + "...\n# end\n");
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(snapshot.findings()).isEmpty();
  }

  @Test
  void a_repeated_key_is_named_with_both_places_and_the_document_left_out() {
    Snapshot snapshot =
        read(
            "apiVersion: v1\n"
                + "kind: Pod\n"
                + "metadata:\n"
                + "  name: a\n"
                + "  labels:\n"
                + "    x: one\n"
                + "    y: two\n"
                + "    x: three\n");
    assertThat(lines(snapshot))
        .containsExactly(
            "PV012 8:5 The key x stands twice in one mapping, first at 6:5; the document is left"
                + " out",
            "PV031 1:1 No Kubernetes object was read");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Pod")));
    assertThat(codes(read("{\"kind\": \"Pod\", \"a\": 1, \"b\": 2, \"a\": 3}"))).contains("PV012");
    assertThat(codes(read("apiVersion: v1\nkind: Pod\n8080: a\n\"8080\": b\n"))).contains("PV012");
  }

  @Test
  void line_breaks_of_windows_and_a_byte_order_mark_are_fine() {
    String text = "\uFEFF" + object("Pod", "a") + "---\n\uFEFF" + object("Pod", "b");
    Snapshot snapshot = read(text.replace("\n", "\r\n"));
    assertThat(ids(snapshot)).containsExactly("Pod shop/a", "Pod shop/b");
    assertThat(snapshot.find("Pod", "shop", "b").orElseThrow().at("metadata", "name").origin())
        .isEqualTo(new Origin.InFile("Pod shop/b", "<stdin>", "/metadata/name", 7, 18));
  }

  @Test
  void block_and_folded_texts_may_hold_what_looks_like_more_documents() {
    String data = "data:\n  x: |\n    a\n    ---\n    kind: b\n  z: >-\n    c\n    d\n";
    Snapshot snapshot = read(object("ConfigMap", "a") + data);
    Document map = snapshot.documents().getFirst();
    assertThat(map.at("data").strings()).isEqualTo(Map.of("x", "a\n---\nkind: b\n", "z", "c d"));
  }

  @Test
  void a_mapping_reads_in_the_order_of_the_text_however_large() {
    StringBuilder text = new StringBuilder("m:\n");
    List<String> keys = new java.util.ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      keys.add("k" + (i * 7919 % 1000));
      text.append("  ").append(keys.getLast()).append(": ").append(i).append('\n');
    }
    Field m = Documents.yaml(text.toString(), "x").at("m");
    assertThat(m.members().keySet()).containsExactlyElementsOf(keys);
    assertThat(m.get(keys.get(777)).integer()).contains(777);
    assertThat(m.get("k1000").present()).isFalse();
  }
}
