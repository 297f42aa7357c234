package io.github.polverdict.snapshot;

import static io.github.polverdict.snapshot.Texts.codes;
import static io.github.polverdict.snapshot.Texts.ids;
import static io.github.polverdict.snapshot.Texts.lines;
import static io.github.polverdict.snapshot.Texts.object;
import static io.github.polverdict.snapshot.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Severity;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

  @Test
  void every_problem_is_reported_at_once_and_the_rest_is_read() {
    Snapshot snapshot =
        read(
            String.join(
                "---\n",
                object("Pod", "a"),
                "kind: NetworkPolicy\napiVersion: v1\nmetadata: [\n",
                "- just\n- a list\n",
                "replicas: 3\n",
                "kind: Pod\nmetadata: {name: x}\n",
                "apiVersion: v1\nkind: Secret\nmetadata: {}\n",
                object("Pod", "b")));
    assertThat(ids(snapshot)).containsExactly("Pod shop/a", "Pod shop/b");
    assertThat(lines(snapshot))
        .containsExactly(
            "PV001 8:1 The document is not valid YAML: while parsing a flow node: expected the node"
                + " content, but found '<stream end>'; it is left out",
            "PV007 9:1 The document is a sequence where a mapping with kind, apiVersion and"
                + " metadata was expected; it is left out",
            "PV008 12:1 This document has neither kind nor apiVersion, so it is no Kubernetes"
                + " object; it is skipped",
            "PV009 14:1 The document has no apiVersion, which every Kubernetes object must name; it"
                + " is left out",
            "PV010 19:11 Secret is refused: metadata.name: Required value: name is required");
    assertThat(snapshot.gaps())
        .extracting(Gap::kinds)
        .containsExactly(Set.of("NetworkPolicy"), Set.of(), Set.of("Pod.*"), Set.of("Secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"a\"}, ]}   | 1:64",
        "{\"kind\": \"Pod\",\\n \"a\": [1, 2}                                               | 2:12",
        "{\"kind\": \"Pod\", \"a\": 'x' \"b\"}                                              | 1:22",
      })
  void broken_json_is_placed_in_the_text(String text, String place) {
    Snapshot snapshot = read(text.replace("\\n", "\n"));
    assertThat(lines(snapshot))
        .first()
        .asString()
        .startsWith("PV002 " + place + " The document is not valid JSON: ");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Pod")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: Pod\\nmetadata:\\n  name: a\\n   x: b      | indented wrongly",
        "kind: Pod\\nmetadata: {name: a: b}             | is not closed",
        "kind: Pod\\nmetadata: {name: a\\nspec: {}      | is not closed",
        "kind: Pod\\nname: \"a                          | a quote before it",
        "kind: Pod\\nmetadata\\nspec: {}                | a colon is missing",
        "kind: Pod\\n- a                               | in the same column",
        "kind: Pod\\nname: @a                          | in quotes",
        "kind: Pod\\n\\tname: a                        | indent with spaces",
        "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\" | was it cut off",
      })
  void broken_text_comes_with_what_to_do(String text, String help) {
    Snapshot snapshot = read(text.replace("\\n", "\n").replace("\\t", "\t"));
    assertThat(snapshot.findings().getFirst().help()).contains(help);
    assertThat(snapshot.findings().getFirst().message()).doesNotContain("(start marker at )");
  }

  @Test
  void json_before_a_broken_place_is_kept() {
    String pod =
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"%s\","
            + " \"namespace\": \"x\"}}\n";
    Snapshot snapshot = read(pod.formatted("a") + pod.formatted("b") + "{\"kind\": \"Service\", ");
    assertThat(ids(snapshot)).containsExactly("Pod x/a", "Pod x/b");
    assertThat(codes(snapshot)).containsExactly("PV002");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.mayHold("Service")).isTrue());
  }

  @Test
  void yaml_in_braces_is_read_as_yaml() {
    Snapshot snapshot =
        read("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: b,}} # fine");
    assertThat(ids(snapshot)).containsExactly("Pod b/a");
  }

  @Test
  void a_list_that_was_cut_off_may_have_held_anything() {
    String item = "- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, namespace: b}\n";
    Snapshot withoutEnd = read("apiVersion: v1\nitems:\n" + item);
    assertThat(codes(withoutEnd)).contains("PV009");
    assertThat(withoutEnd.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
    Snapshot inText =
        read("{\"kind\": \"List\", \"apiVersion\": \"v1\", \"items\": [{\"kind\": \"Pod\", ");
    assertThat(inText.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
    Snapshot byServer =
        read(
            "apiVersion: v1\n"
                + "kind: PodList\n"
                + "metadata: {continue: abc, remainingItemCount: 7}\n"
                + "items: []\n");
    assertThat(codes(byServer)).contains("PV026");
    assertThat(byServer.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Pod")));
  }

  @Test
  void an_answer_of_the_api_server_that_refuses_is_told_as_such() {
    Snapshot snapshot =
        read(
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"pods is forbidden\"}");
    assertThat(lines(snapshot))
        .contains(
            "PV032 1:1 The document is the API server's refusal, not its objects: pods is"
                + " forbidden; it is left out");
    assertThat(snapshot.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata: x | PV011 | metadata is the string x where an object was expected",
        "metadata: {name: 5, namespace: b} | PV011 | metadata.name is the number 5 where a string"
            + " was expected",
        "metadata: {name: a, namespace: on} | PV011 | metadata.namespace is the bool on where a"
            + " string was expected",
        "metadata: {name: a, labels: [x]} | PV011 | metadata.labels is an array where an object of"
            + " strings was",
        "metadata: {name: a, labels: {x: 1}} | PV011 | metadata.labels[x] is the number 1 where a"
            + " string was expected",
        "metadata: {name: a, annotations: {x: {}}} | PV011 | metadata.annotations[x] is an object"
            + " where a string was",
        "metadata: {name: a/b} | PV029 | metadata.name: Invalid value: \"a/b\": a lowercase RFC"
            + " 1123",
        "metadata: {name: A.b} | PV029 | metadata.name: Invalid value: \"A.b\": a lowercase RFC"
            + " 1123",
        "metadata: {name: a, namespace: A} | PV029 | metadata.namespace: Invalid value: \"A\": a"
            + " lowercase RFC 1123",
        "metadata: {name: a, labels: {x: 'a b'}} | PV030 | metadata.labels: Invalid value: \"a b\":"
            + " a valid label must",
        "metadata: {name: a, labels: {'-x': b}} | PV030 | metadata.labels: Invalid value: \"-x\":"
            + " name part must",
        "metadata: {name: a, annotations: {'x/': b}} | PV030 | metadata.annotations: Invalid value:"
            + " \"x/\": name part",
        "metadata: {name: \"{{ .Release.Name }}\"} | PV006 | it looks like an unrendered Helm"
            + " template",
        "metadata: {generateName: a-} | PV010 | metadata.name: Required value: name is required",
        "metadata: | PV010 | it has no metadata, so that it has no name",
      })
  void metadata_that_the_api_server_refuses(String metadata, String code, String sentence) {
    Snapshot snapshot = read("apiVersion: v1\nkind: Pod\n" + metadata + "\n");
    assertThat(snapshot.findings().getFirst())
        .satisfies(f -> {
          assertThat(f.code()).isEqualTo(code);
          assertThat(f.severity()).isEqualTo(Severity.ERROR);
          assertThat(f.message()).contains(" is refused: " + sentence);
        });
    assertThat(snapshot.documents()).isEmpty();
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Pod")));
  }

  @Test
  void a_label_without_a_value_is_the_empty_string() {
    Snapshot snapshot =
        read(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\n  labels:\n    x:\n");
    assertThat(snapshot.documents().getFirst().at("metadata", "labels").strings())
        .containsEntry("x", "");
  }

  @Test
  void annotations_may_have_no_more_than_256_kib() {
    String text =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b, annotations: {x: '%s'}}\n";
    assertThat(codes(read(text.formatted("z".repeat(262_143))))).isEmpty();
    assertThat(codes(read(text.formatted("z".repeat(262_144))))).contains("PV030");
  }

  @Test
  void a_refused_object_is_a_gap_only_in_its_namespace() {
    Snapshot snapshot =
        read("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b, labels: {x: 1}}\n");
    assertThat(snapshot.gaps().getFirst().mayTouch("b")).isTrue();
    assertThat(snapshot.gaps().getFirst().mayTouch("c")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: NetworkPolicy\\nmetadata:\\n  name: {{ .Values.name }}\\n | NetworkPolicy",
        "kind: {{ .Values.kind }}\\nspec: {}\\n                          | ''",
        "{{- if .Values.on }}\\nkind: Pod\\n{{- end }}\\n                | Pod",
        "{{ include \"all.of.it\" . }}\\n                                | ''",
        "kind: \"{{ .Values.kind }}\"\\napiVersion: v1\\n                | ''",
      })
  void templates_are_recognised(String text, String kinds) {
    Snapshot snapshot = read(text.replace("\\n", "\n"));
    assertThat(snapshot.findings().getFirst().code()).isEqualTo("PV006");
    assertThat(snapshot.findings().getFirst().help()).contains("helm template");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(
            g -> assertThat(g.kinds()).isEqualTo(kinds.isEmpty() ? Set.of() : Set.of(kinds)));
  }

  @Test
  void braces_inside_a_text_are_no_template() {
    String text = object("ConfigMap", "a") + "data: {x: \"{{ $labels.pod }} is down\"}\n";
    assertThat(read(text).findings()).isEmpty();
  }

  @Test
  void the_first_byte_that_is_not_utf8_is_placed() {
    byte[] bytes =
        (object("Pod", "a") + "---\nkind: Secret\ndata: é?x\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xE9 : bytes[i];
    }
    Snapshot snapshot = read(bytes, Limits.DEFAULT);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(lines(snapshot))
        .containsExactly(
            "PV003 6:8 The document is not UTF-8: the byte 0xE9 stands where a character must begin"
                + " or go on; it is left out");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).isEqualTo(Set.of("Secret")));
  }

  @Test
  void the_replacement_character_itself_is_utf8() {
    assertThat(read(object("ConfigMap", "a") + "data: {x: \uFFFD}\n").findings()).isEmpty();
  }

  static Stream<Charset> otherCharsets() {
    return Stream.of(
        StandardCharsets.UTF_16,
        StandardCharsets.UTF_16BE,
        StandardCharsets.UTF_16LE,
        Charset.forName("UTF-32LE"));
  }

  @ParameterizedTest
  @MethodSource("otherCharsets")
  void other_encodings_are_refused(Charset charset) {
    Snapshot snapshot = read(object("Pod", "a").getBytes(charset), Limits.DEFAULT);
    assertThat(codes(snapshot)).first().isIn("PV004", "PV005");
    assertThat(snapshot.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
  }

  @Test
  void a_binary_file_is_refused() {
    byte[] bytes = new byte[3000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 % 251);
    }
    Snapshot snapshot = read(bytes, Limits.DEFAULT);
    assertThat(lines(snapshot))
        .first()
        .asString()
        .startsWith("PV004 1:1 The document is binary, not text");
  }

  @ParameterizedTest
  @CsvSource({"1,U+0001", "133,U+0085", "8232,U+2028"})
  void control_characters_are_named(int character, String name) {
    String text = object("Pod", "a") + "x: a" + Character.toString(character) + "b\n";
    assertThat(lines(read(text)))
        .contains(
            "PV004 4:5 The document holds the control character " + name + "; it is left out");
  }

  @Test
  void a_late_zero_byte_spoils_only_its_document() {
    String late = "# " + "x".repeat(9000) + "\n---\nkind: Secret\nx: \0\n---\n";
    String text = object("Pod", "a") + late + object("Pod", "b");
    Snapshot snapshot = read(text);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a", "Pod shop/b");
    assertThat(codes(snapshot)).containsExactly("PV004");
  }

  @Test
  void an_item_of_a_list_that_is_no_object_is_left_out() {
    Snapshot snapshot =
        read(
            "apiVersion: v1\nkind: List\nitems:\n- 5\n- apiVersion: v1\n  kind: Pod\n"
                + "  metadata: {name: a, namespace: b}\n");
    assertThat(ids(snapshot)).containsExactly("Pod b/a");
    assertThat(lines(snapshot))
        .containsExactly(
            "PV007 4:3 The document has the number 5 among its items, which must be objects; it is"
                + " left out");
  }

  @Test
  void a_kind_that_no_kind_can_be_called_is_refused() {
    Snapshot snapshot = read("apiVersion: v1\nkind: Pod{\nmetadata: {name: a}\n");
    assertThat(lines(snapshot))
        .contains(
            "PV009 2:7 The document has the string Pod{ as its kind, which none is called; it is"
                + " left out");
    assertThat(snapshot.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
  }

  @Test
  void control_characters_of_the_input_are_not_passed_on_in_messages() {
    Snapshot snapshot =
        read("apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {x: \"\\e[2Jb\\nc\"}}\n");
    assertThat(lines(snapshot))
        .first()
        .asString()
        .contains("\"\\u001b[2Jb\\u000ac\": a valid label");
    assertThat(lines(read("apiVersion: \"v1\\n\"\nkind: Pod\nmetadata: {name: a}\n")))
        .contains(
            "PV009 1:13 The document has the string v1\\u000a as its apiVersion, which none is"
                + " called; it is left out");
    assertThat(
            lines(read("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: \"a\\nb\"}\n")))
        .contains(
            "PV029 3:18 Thing a\\u000ab is refused: metadata.name: Invalid value: \"a\\u000ab\":"
                + " may not contain control characters");
  }

  @Test
  void an_item_without_a_type_may_have_been_anything() {
    Snapshot snapshot = read("apiVersion: v1\nkind: List\nitems:\n- metadata: {name: a}\n");
    assertThat(codes(snapshot)).contains("PV009").doesNotContain("PV008");
    assertThat(snapshot.gaps()).singleElement().satisfies(g -> assertThat(g.kinds()).isEmpty());
  }

  @Test
  void an_empty_list_is_whole() {
    for (String rest : List.of("items: []", "items:", "metadata: {continue: null}")) {
      Snapshot snapshot = read("apiVersion: v1\nkind: PodList\n" + rest + "\n");
      assertThat(codes(snapshot)).as(rest).containsExactly("PV031");
      assertThat(snapshot.gaps()).as(rest).isEmpty();
    }
  }

  @Test
  void a_kind_that_is_no_string_is_named() {
    assertThat(lines(read("apiVersion: 1\nkind: Pod\n")))
        .contains(
            "PV009 1:13 The document has the number 1 as its apiVersion, which must be a string; it"
                + " is left out");
  }

  @Test
  void findings_have_pages() {
    List<String> codes =
        java.util.stream.IntStream.rangeClosed(1, 32).mapToObj("PV%03d"::formatted).toList();
    assertThat(codes)
        .allSatisfy(code ->
            assertThat(
                    java.nio.file.Path.of(
                        System.getProperty("project.root"), "docs/findings", code + ".md"))
                .content()
                .startsWith("# " + code + ": ")
                .contains("**What polverdict does.**")
                .contains("**What to do.**"));
  }
}
