package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.verify.Agreement;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyQuestion;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** verify without a cluster: the choice of flows, and saved runs that are judged again. */
@NullUnmarked
class VerifyCommandTest extends DemoClusters {

  /** A saved run in which every packet did what was predicted, but for some. */
  private String saved(String contradicted) throws IOException {
    Path file = folder.resolve("run.json");
    run("verify", "-f", production, "--dry-run", "--budget", "200", "--save", file.toString());
    String text = Files.readString(file);
    StringBuilder out = new StringBuilder();
    String from = "";
    String predicted = "";
    for (String line : text.lines().toList()) {
      from = line.contains("\"from\"") ? line : from;
      predicted = line.contains("\"predicted\"") ? line : predicted;
      if (line.contains("\"observed\"")) {
        boolean passes = predicted.contains("ALLOWED") != from.contains(contradicted);
        String sign = passes ? "CONNECTED" : "DROPPED";
        out.append("\"probed\": {\"sign\": \"%s\", \"tries\": 1, ".formatted(sign))
            .append("\"tookMillis\": 4, \"detail\": \"<seen>\"},\n");
      }
      out.append(line).append('\n');
    }
    Files.writeString(file, out);
    return file.toString();
  }

  private Ran judged(String run, String... more) {
    List<String> args = new java.util.ArrayList<>();
    args.addAll(List.of("verify", "-f", production, "--from-observations", run));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void the_choice_of_flows_is_shown_without_sending_anything() {
    Ran ran = run("verify", production, "--dry-run", "--budget", "50");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("UNTRIED").contains("50 of 1,", "comes from outside");
    assertThat(ran.out().lines()).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void a_run_without_contradiction_ends_with_0_and_one_with_a_contradiction_with_1()
      throws IOException {
    assertThat(judged(saved("nobody")).code()).isZero();
    Ran ran = judged(saved("shop/cart"));

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).startsWith("CONTRADICTED").contains("cause", "do  ");
    assertThat(ran.out().lines()).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void nothing_is_sent_unless_it_is_allowed_and_where_is_said() {
    assertThat(run("verify", "-f", production).err()).contains("packets need a running cluster");
    assertThat(run("verify", "context:nowhere").err()).contains("--allow-exec");
    assertThat(run("verify", "context:nowhere", "--allow-exec").err()).contains("-n NAME", "-A");
  }

  @Test
  void verify_sends_from_no_node_and_takes_no_leave_for_that() {
    Ran ran = run("verify", "context:nowhere", "-A", "--allow-exec", "--allow-namespace");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--allow-namespace is for packets from nodes");
  }

  @Test
  void a_run_in_which_no_packet_told_anything_verifies_nothing_and_ends_with_3()
      throws IOException {
    Path file = folder.resolve("untried.json");
    run("verify", "-f", production, "--dry-run", "--save", file.toString());
    Ran untried = judged(file.toString());
    assertThat(untried.code()).isEqualTo(3);
    assertThat(untried.err())
        .contains("nothing is verified, no packet decided a flow: ")
        .contains("comes from outside of the cluster");
    String lost =
        Files.readString(Path.of(saved("nobody"))).replaceAll("CONNECTED|DROPPED", "INCONCLUSIVE");
    assertThat(judged(Files.writeString(file, lost).toString()).err())
        .contains("nothing is verified, no packet decided a flow: <seen>");
  }

  @Test
  void what_packets_showed_is_told_also_when_the_cluster_cannot_be_read_afterwards()
      throws Exception {
    Session session =
        Workbench.installed()
            .open(
                FileSource.of(List.of(production), InputStream.nullInputStream()).read(),
                Optional.empty(),
                Grouping.WORKLOAD);
    VerifyQuestion question = new VerifyQuestion(Set.of(), List.of(), 20, 1);
    Choice choice = question.choose(session, List.of(), _ -> Optional.empty());
    List<Observation> seen =
        choice.trials().stream()
            .map(t -> {
              boolean passes = session.outcome(t.flow()) == Outcome.ALLOWED;
              Sign wrong = passes ? Sign.DROPPED : Sign.CONNECTED;
              return new Observation(t, wrong, 1, Duration.ofMillis(4), "");
            })
            .toList();
    VerifyAnswer answer =
        VerifyCommand.compared(
            question,
            session,
            choice,
            seen,
            () -> {
              throw new Complaint(ExitCode.UNREADABLE, "connection refused");
            });

    assertThat(answer.with(Agreement.CONTRADICTED)).hasSize(20);
    assertThat(answer.notes())
        .contains("whether the cluster changed meanwhile is not known: connection refused");
  }

  @Test
  void json_keeps_the_published_schema_and_is_read_again_to_the_same_answer() throws IOException {
    Path root = Path.of(System.getProperty("project.root", ".."));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(root.resolve("docs/schema/polverdict-v1.schema.json")));
    Path again = folder.resolve("again.json");
    String first = judged(saved("shop/cart"), "-o", "json", "--save", again.toString()).out();

    assertThat(schema.validate(first, InputFormat.JSON)).isEmpty();
    assertThat(judged(again.toString(), "-o", "json").out()).isEqualTo(first);
  }

  @Test
  void a_file_that_is_no_saved_run_is_refused_with_its_name() throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), "{\"question\": \"lint\"}");
    Ran ran = judged(file.toString());

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("x.json is no answer of verify");
    assertThat(judged(Files.writeString(file, "{").toString()).code()).isEqualTo(3);
    String damaged = Files.readString(Path.of(saved("nobody"))).replace("DROPPED", "LOST");
    assertThat(judged(Files.writeString(file, damaged).toString()).err())
        .contains("expected a Sign and found 'LOST'");
  }

  @Test
  void what_was_contradicted_before_is_tried_first() throws IOException {
    String before = saved("shop/cart");
    String csv =
        run("verify", production, "--dry-run", "--budget", "3", "--since", before, "-o", "csv")
            .out();

    assertThat(csv.lines().skip(1)).hasSize(3).allMatch(l -> l.startsWith("shop/cart"));
  }

  /** A pod of the same name may have another address, and its old one another pod. */
  @Test
  void an_address_that_is_not_the_destinations_any_more_is_not_called() throws IOException {
    String before = saved("shop/cart");
    Path moved =
        Files.writeString(
            folder.resolve("moved.json"),
            Files.readString(Path.of(before))
                .replaceAll("\"at\" : \"[^\"]*", "\"at\" : \"10.99.9.9"));
    Path now = folder.resolve("now.json");
    String[] since = {
      "verify",
      production,
      "--dry-run",
      "--budget",
      "3",
      "-o",
      "csv",
      "--since",
      moved.toString(),
      "--save",
      now.toString()
    };
    String csv = run(since).out();

    assertThat(csv.lines().skip(1)).hasSize(3).allMatch(l -> l.startsWith("shop/cart"));
    assertThat(Files.readString(now)).contains("\"at\" : \"10.").doesNotContain("10.99.9.9");
  }

  @Test
  void junit_has_a_case_for_each_flow_class() throws Exception {
    String junit = judged(saved("shop/cart"), "-o", "junit").out();
    Document xml = xml(junit);
    Published.keepsToJunit(junit);

    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(200);
    assertThat(xml.getElementsByTagName("failure").getLength())
        .isEqualTo(Integer.parseInt(xml.getDocumentElement().getAttribute("failures")))
        .isPositive();
  }

  @Test
  void the_page_needs_no_network_and_holds_no_text_as_markup() throws IOException {
    String page = judged(saved("shop/cart"), "-o", "html").out();

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("&lt;seen&gt;")
        .doesNotContain("<seen>");
    assertThat(page).doesNotContain("http://", "https://", "src=", "@import", "url(");
    assertThat(page).contains("<details>", "aria-live", "light dark");
    assertThat(page.split("<tr class=", -1)).hasSize(201);
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }
}
