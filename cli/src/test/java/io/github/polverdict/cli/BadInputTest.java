package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is wrong gives neither a verdict nor a stack trace, and nothing of it gets lost. */
@NullUnmarked
class BadInputTest extends DemoClusters {
  private static final String FLOW = "shop/cart,data/orders-db:5432\n";

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void a_change_that_cannot_be_read_is_no_change_without_effect() throws IOException {
    String broken = file("change.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  - a\n  b: c\n");
    Ran ran = run("diff", staging, "--apply", broken);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("PV001", "change.yaml:5:3");
    assertThat(ran.out()).contains("became unknown").doesNotContain("comes out the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "connectivity", "inspect"})
  void an_input_without_any_object_is_not_read(String question) throws IOException {
    Ran ran = run(question, file("nothing.yaml", "# helm template has failed\n---\n"));
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("PV031", "No Kubernetes object was read", "nothing.yaml");
    assertThat(ran.out()).doesNotContain("nobody reaches anybody");
  }

  @Test
  void a_refusal_for_what_was_not_read_is_no_finding() throws IOException {
    Ran ran = run("baseline", "generate", file("nothing.yaml", ""), "--cni", "calico@3.31");
    assertThat(ran.code()).isEqualTo(3);
    Ran history = run("snapshot", staging, "--history", file("history", "no folder"));
    assertThat(history.code()).isEqualTo(3);
    assertThat(history.err()).contains("there is a file of that name");
  }

  @Test
  void a_name_that_may_stand_in_what_was_not_read_is_no_mistake_of_the_asker() throws IOException {
    String[] flow = {"explain", production, "--from", "shop/gone", "--to", "data/orders-db:5432"};
    assertThat(run(flow).code()).isEqualTo(2);
    file("production/more.yaml", "kind: [\n");
    Ran ran = run(flow);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("no workload shop/gone", "not all was read");
  }

  @Test
  void a_policy_whose_kind_is_misspelt_makes_unknown_what_it_may_touch() throws IOException {
    String[] flow = {"explain", production, "--from", "shop/frontend", "--to", "shop/cart:8080"};
    assertThat(run(flow).out()).startsWith("ALLOWED");
    file(
        "production/more.yaml",
        """
        apiVersion: networking.k8s.io/v1
        kind: networkpolicy
        metadata: {name: closed, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress]}
        """);
    Ran ran = run(flow);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).startsWith("UNKNOWN");
    assertThat(ran.err())
        .contains("no matches for kind \"networkpolicy\"", "more.yaml:2:7")
        .contains("did you mean NetworkPolicy?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFFfrom,to\r\n", "\"from\",\"to\"\n", " from , to \n"})
  void flows_are_read_as_spreadsheets_write_them(String header) throws IOException {
    Ran ran = run("explain", production, "--flows", file("flows.csv", header + FLOW));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).startsWith("DENIED");
    String declared = file("flows.csv", header.replace("from", "src").replace(" ", ""));
    assertThat(run("tighten", production, "-n", "shop", "--flows", declared).err())
        .contains("the header must begin with from,to; found '");
  }

  @Test
  void flows_that_are_none_are_said_to_be() throws IOException {
    Ran none = run("explain", production, "--flows", file("flows.csv", "from,to\n"));
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.err()).contains("no flow below the header");

    Path latin = folder.resolve("latin.csv");
    Files.write(latin, ("from,to\ncaf\u00e9," + FLOW).getBytes(StandardCharsets.ISO_8859_1));
    Ran other = run("explain", production, "--flows", latin.toString());
    assertThat(other.code()).isEqualTo(3);
    assertThat(other.err()).contains("it is not UTF-8");

    Ran both = run("explain", "-", "--flows", "-");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("both the source and the flows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "completion bash", "demo"})
  void an_answer_that_is_lost_on_its_way_out_is_an_error(String command) {
    assertThat(told(command, new IOException("No space left on device")))
        .contains("could not be written");
  }

  @Test
  void memory_that_does_not_suffice_is_said_without_a_stack_trace() {
    assertThat(told("--help", new OutOfMemoryError("Java heap space")))
        .startsWith("polverdict: there is not enough memory")
        .hasLineCount(1);
    assertThat(told("--help", new StackOverflowError())).contains("please report it");
  }

  /** What is said on stderr when standard output fails, with exit code 3. */
  private static String told(String command, Throwable failure) {
    Writer failing =
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) throws IOException {
            if (failure instanceof IOException disk) {
              throw disk;
            }
            throw (Error) failure;
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(failing), new PrintWriter(err, true), command.split(" "));
    assertThat(code).isEqualTo(3);
    return err.toString();
  }

  @Test
  void a_path_that_the_system_cannot_have_is_a_mistake_on_the_command_line() {
    Ran ran = run("lint", production, "-o", "json=a\0b");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("is no path here");
  }

  @Test
  void what_cannot_be_written_or_is_misspelt_is_told_by_the_option_that_says_it() {
    Ran saved = run("snapshot", "/does/not/exist", "-o", folder + "/no/x.pvs");
    assertThat(saved.code()).isEqualTo(3);
    assertThat(saved.err()).contains("there is no folder").doesNotContain("/does/not");

    Ran engine = run("diff", staging, "--set-cni", "calicoo");
    assertThat(engine.code()).isEqualTo(2);
    assertThat(engine.err()).contains("--set-cni: no engine 'calicoo'");

    Ran form = run("baseline", "generate", production, "--form", "calico");
    assertThat(form.code()).isEqualTo(2);
    assertThat(form.err()).contains("there is no form 'calico'; there are");
  }

  @Test
  void differences_that_are_all_accepted_are_not_called_none() throws IOException {
    String accepted =
        file(
            "accepted.yaml",
            """
            apiVersion: polverdict.io/v1
            kind: AcceptedDifferences
            accepted:
              - {from: "*", owner: us, reason: two engines, expires: 2999-12-31}
            """);
    Ran ran = run("diff", staging, production, "--accepted", accepted);
    assertThat(ran.out().replaceAll("\\s+", " "))
        .contains("every flow between what both have comes out the same, but for 96 accepted");
  }
}
