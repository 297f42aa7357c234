package io.github.polverdict.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldChecksTest {

  private static List<String> messages(String yaml, BiPredicate<FieldChecks, Field> check) {
    FieldChecks checks = new FieldChecks("PV123");
    Field field = Documents.yaml("spec: " + yaml, "x.yaml").at("spec");
    boolean fine = check.test(checks, field);
    assertThat(fine).isEqualTo(!checks.refused());
    return checks.findings().stream().map(Finding::message).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5      | string | spec: cannot unmarshal number 5 into a field of type string",
        "yes    | string | spec: cannot unmarshal bool yes into a field of type string",
        "[a]    | string | spec: cannot unmarshal array into a field of type string",
        "{a: b} | array  | spec: cannot unmarshal object into a field of type array",
        "[a]    | object | spec: cannot unmarshal array into a field of type object",
        "\"true\" | bool   | spec: cannot unmarshal string true into a field of type bool",
        "1.5    | int32  | spec: cannot unmarshal number 1.5 into a field of type int32",
        "2147483648 | int32 | spec: cannot unmarshal number 2147483648 into a field of type int32",
        "\"80\"   | int32  | spec: cannot unmarshal string 80 into a field of type int32",
        "true   | port   | spec: cannot unmarshal bool true into a field of type int32 or string",
      })
  void a_wrong_type_is_named_with_the_one_expected(String yaml, String type, String message) {
    assertThat(messages(yaml, (c, f) -> ofType(c, f, type))).containsExactly(message);
  }

  @ParameterizedTest
  @CsvSource({
    "~,string",
    "x,string",
    "0x10,int32",
    "1e3,int32",
    "off,bool",
    "[],array",
    "{},object",
    "http,port"
  })
  void the_right_type_and_null_are_fine(String yaml, String type) {
    assertThat(messages(yaml, (c, f) -> ofType(c, f, type))).isEmpty();
  }

  private static boolean ofType(FieldChecks checks, Field field, String type) {
    return switch (type) {
      case "string" -> checks.isString(field);
      case "array" -> checks.isList(field);
      case "object" -> checks.isMap(field);
      case "bool" -> checks.isBool(field);
      case "int32" -> checks.isInteger(field);
      default -> checks.portOrName(field);
    };
  }

  @ParameterizedTest
  @CsvSource({"80", "65535", "http", "a", "1a", "a-b-c", "abcdefghijklmno"})
  void a_port_is_a_number_or_a_service_name(String yaml) {
    assertThat(messages(yaml, FieldChecks::portOrName)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0     | spec: Invalid value: 0: must be between 1 and 65535, inclusive",
        "65536 | spec: Invalid value: 65536: must be between 1 and 65535, inclusive",
        "\"80\"  | spec: Invalid value: \"80\": must contain at least one letter (a-z)",
        "a--b  | spec: Invalid value: \"a--b\": must not contain consecutive hyphens",
        "a-    | spec: Invalid value: \"a-\": must not begin or end with a hyphen",
        "-a    | spec: Invalid value: \"-a\": must not begin or end with a hyphen",
        "abcdefghijklmnop | spec: Invalid value: \"abcdefghijklmnop\": must be no more than 15"
            + " characters",
        "Http  | spec: Invalid value: \"Http\": must contain only alpha-numeric characters (a-z,"
            + " 0-9), and hyphens (-)",
      })
  void a_port_that_the_api_server_refuses(String yaml, String message) {
    assertThat(messages(yaml, FieldChecks::portOrName)).containsExactly(message);
  }

  @Test
  void an_unknown_field_is_refused_with_the_known_one_that_it_is_most_like() {
    FieldChecks checks = new FieldChecks("PV123");
    Field field =
        Documents.yaml("spec:\n  podselector: {}\n  ingres: []\n  colour: x\n", "x.yaml")
            .at("spec");
    checks.onlyFields(field, Set.of("podSelector", "ingress", "egress"));
    assertThat(checks.findings())
        .extracting(Finding::message, Finding::help)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "unknown field \"spec.podselector\"", "did you mean podSelector?"),
            org.assertj.core.groups.Tuple.tuple(
                "unknown field \"spec.ingres\"", "did you mean ingress?"),
            org.assertj.core.groups.Tuple.tuple(
                "unknown field \"spec.colour\"", "known here are egress, ingress, podSelector"));
    assertThat(checks.findings().get(1).origin())
        .isEqualTo(new Origin.InFile("", "x.yaml", "/spec/ingres", 3, 11));
  }

  @Test
  void a_missing_field_has_the_place_of_what_it_is_missing_in() {
    FieldChecks checks = new FieldChecks("PV123");
    Field rule =
        Documents.yaml("spec:\n  rules:\n  - a: 1\n", "x.yaml")
            .at("spec", "rules")
            .items()
            .getFirst();
    assertThat(checks.required(rule.get("cidr"))).isFalse();
    assertThat(checks.required(rule.get("a"))).isTrue();
    assertThat(checks.findings())
        .containsExactly(
            new Finding(
                "PV123",
                io.github.polverdict.core.kernel.Severity.ERROR,
                "spec.rules[0].cidr: Required value",
                "the API server refuses this object; correct it, or leave it out",
                new Origin.InFile("", "x.yaml", "/spec/rules/0/cidr", 3, 5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "[]", "~"})
  void an_empty_value_is_as_good_as_none_where_one_is_required(String yaml) {
    assertThat(messages(yaml, FieldChecks::required)).containsExactly("spec: Required value");
  }

  @Test
  void a_value_must_be_among_the_supported_ones() {
    assertThat(messages("tcp", (c, f) -> c.oneOf(f, List.of("TCP", "UDP"))))
        .containsExactly("spec: Unsupported value: \"tcp\": supported values: \"TCP\", \"UDP\"");
    assertThat(messages("UDP", (c, f) -> c.oneOf(f, List.of("TCP", "UDP")))).isEmpty();
  }

  @Test
  void every_rule_of_a_label_selector_is_checked() {
    String yaml =
        """

          matchLabels: {"-a": ok, b: "not ok", c: 5, d: , example.com/e: ""}
          matchExpressions:
          - {key: f, operator: In}
          - {key: g, operator: Exists, values: [x]}
          - {key: h, operator: Gt, values: ["1"]}
          - {operator: DoesNotExist}
          - {key: i, operator: NotIn, values: [1, "-"]}
          - {key: j, operator: In, values: [""]}
          extra: 1
        """;
    assertThat(
            messages(yaml, FieldChecks::labelSelector).stream()
                .map(m -> m.replaceFirst(" \\(e\\.g\\..*", "")))
        .containsExactly(
            "unknown field \"spec.extra\"",
            "spec.matchLabels.-a: Invalid value: \"-a\": name part must consist of alphanumeric"
                + " characters, '-', '_' or '.', and must start and end with an alphanumeric"
                + " character",
            "spec.matchLabels.b: Invalid value: \"not ok\": a valid label must be an empty string"
                + " or consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                + " with an alphanumeric character",
            "spec.matchLabels.c: cannot unmarshal number 5 into a field of type string",
            "spec.matchExpressions[0].values: Required value: must be specified when `operator` is"
                + " 'In' or 'NotIn'",
            "spec.matchExpressions[1].values: Forbidden: may not be specified when `operator` is"
                + " 'Exists' or 'DoesNotExist'",
            "spec.matchExpressions[2].operator: Invalid value: \"Gt\": not a valid selector"
                + " operator",
            "spec.matchExpressions[3].key: Invalid value: \"\": name part must be non-empty",
            "spec.matchExpressions[3].key: Invalid value: \"\": name part must consist of"
                + " alphanumeric characters, '-', '_' or '.', and must start and end with an"
                + " alphanumeric character",
            "spec.matchExpressions[4].values[0]: cannot unmarshal number 1 into a field of type"
                + " string",
            "spec.matchExpressions[4].values[1]: Invalid value: \"-\": a valid label must be an"
                + " empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                + " start and end with an alphanumeric character");
  }

  @ParameterizedTest
  @CsvSource({
    "a,''",
    "a.b,must not contain dots",
    "A,a lowercase RFC 1123 label must",
    "'',a lowercase RFC 1123 label"
  })
  void a_label_of_the_domain_name_system(String name, String problem) {
    assertThat(Syntax.dnsLabel(name))
        .hasSize(problem.isEmpty() ? 0 : 1)
        .allMatch(m -> m.startsWith(problem));
  }

  @Test
  void names_have_their_longest_lengths() {
    assertThat(Syntax.dnsLabel("a".repeat(63))).isEmpty();
    assertThat(Syntax.dnsLabel("a".repeat(64)))
        .containsExactly("must be no more than 63 characters");
    assertThat(Syntax.dnsSubdomain(("a".repeat(62) + ".").repeat(4) + "a")).isEmpty();
    assertThat(Syntax.dnsSubdomain("a".repeat(254)))
        .containsExactly("must be no more than 253 characters");
    assertThat(Syntax.labelValue("b".repeat(63))).isEmpty();
    assertThat(Syntax.labelValue("b".repeat(64)))
        .containsExactly("must be no more than 63 characters");
    assertThat(Syntax.qualifiedName("x.io/" + "c".repeat(64)))
        .containsExactly("name part must be no more than 63 characters");
    assertThat(Syntax.qualifiedName("a/b/c"))
        .singleElement()
        .asString()
        .contains("optional DNS subdomain prefix");
    assertThat(Syntax.qualifiedName("/b")).containsExactly("prefix part must be non-empty");
    assertThat(Syntax.rfc1035Label("1a")).hasSize(1);
    assertThat(Syntax.pathSegment("a/b%c"))
        .containsExactly("may not contain '/'", "may not contain '%'");
  }

  @Test
  void a_path_reads_as_the_api_server_writes_it() {
    Field field =
        Documents.yaml("spec: {a: [{b.c/d: [1]}]}", "x.yaml")
            .at("spec", "a")
            .items()
            .getFirst()
            .get("b.c/d")
            .items()
            .getFirst();
    assertThat(field.path()).isEqualTo("spec.a[0][b.c/d][0]");
    assertThat(field.pointer()).isEqualTo("/spec/a/0/b.c~1d/0");
  }

  @Test
  void a_null_label_is_the_empty_string() {
    assertThat(Documents.yaml("spec: {a: , b: x}", "x.yaml").at("spec").strings())
        .containsEntry("a", "")
        .hasSize(2);
  }
}
