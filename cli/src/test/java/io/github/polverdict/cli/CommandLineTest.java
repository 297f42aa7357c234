package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullUnmarked
class CommandLineTest extends DemoClusters {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void a_denied_flow_is_explained_in_twelve_lines_with_place_near_miss_client_and_pin() {
    Ran ran =
        run("explain", "-f", production, "--from", "shop/checkout", "--to", "data/orders-db:5432");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out().lines()).hasSizeLessThanOrEqualTo(12);
    assertThat(ran.out())
        .startsWith("DENIED")
        .contains(
            "policies.yaml:", "address ranges do not match pods", "times out", "cilium 1.15.19");
  }

  @Test
  void the_same_flow_passes_in_staging() {
    Ran ran =
        run("explain", "-f", staging, "--from", "shop/checkout", "--to", "data/orders-db:5432");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("ALLOWED");
  }

  @Test
  void json_has_verdict_gates_doubts_and_pins_at_its_top() {
    JsonNode answer =
        JSON.readTree(
            run(
                    "explain",
                    "-f",
                    production,
                    "--from",
                    "shop/checkout",
                    "--to",
                    "data/orders-db:5432",
                    "-o",
                    "json")
                .out());
    assertThat(answer.get("verdict").asString()).isEqualTo("DENIED");
    assertThat(answer.get("gates").get(0).propertyNames())
        .contains("direction", "verdict", "decision", "origin");
    assertThat(answer.get("doubts").isArray()).isTrue();
    assertThat(answer.get("pins").get(0).get("dialect").asString()).isEqualTo("cilium");
  }

  @Test
  void many_flows_come_out_as_csv_and_a_flow_that_is_not_understood_says_so() throws IOException {
    Path flows =
        Files.writeString(
            folder.resolve("flows.csv"),
            "from,to\nshop/frontend,shop/cart:8080\nshop/frontend,example.com:443\n");
    Ran ran = run("explain", "-f", staging, "--flows", flows.toString(), "-o", "csv");
    assertThat(ran.out().lines())
        .hasSize(3)
        .first()
        .isEqualTo("from,to,verdict,egress,ingress,because");
    assertThat(ran.out())
        .contains("shop/frontend,shop/cart:8080,ALLOWED,ALLOWED,ALLOWED,", "NOT UNDERSTOOD");
    assertThat(ran.code()).isEqualTo(3);
  }

  @Test
  void connectivity_is_in_the_common_notation_and_the_same_from_run_to_run() {
    Ran ran = run("connectivity", "-f", staging, "-o", "csv");
    assertThat(ran.out())
        .startsWith("src,dst,conn\n")
        .contains("shop/frontend[Deployment],shop/cart[Deployment],TCP 8080\n");
    assertThat(run("connectivity", "-f", staging, "-o", "csv")).isEqualTo(ran);
  }

  @Test
  void listings_can_be_narrowed_by_namespace_and_label() {
    Ran ran = run("connectivity", "-f", staging, "-n", "data", "-o", "csv");
    assertThat(ran.out().lines().skip(1)).allMatch(l -> l.contains("data/"));
    assertThat(
            run("connectivity", "-f", staging, "-l", "app=media", "-o", "csv")
                .out()
                .lines()
                .skip(1))
        .isNotEmpty()
        .allMatch(l -> l.contains("shop/media"));
    assertThat(run("connectivity", "-f", staging, "-n", "data", "-A", "-o", "csv"))
        .isEqualTo(run("connectivity", "-f", staging, "-o", "csv"));
  }

  @Test
  void diff_names_the_engine_and_the_namespaces_label_as_causes() {
    Ran ran = run("diff", staging, production);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("Because of the engine", "Because of the labels of namespace monitoring");
    assertThat(run("diff", staging, staging).code()).isZero();
  }

  @Test
  void a_file_is_written_whole_or_not_at_all() throws IOException {
    Path file = folder.resolve("out.csv");
    Ran ran = run("connectivity", "-f", staging, "-o", "csv=" + file);
    assertThat(ran.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("src,dst,conn\n");
    Ran lost = run("connectivity", "-f", staging, "-o", "csv=" + folder.resolve("no/such/out.csv"));
    assertThat(lost.code()).isEqualTo(3);
    assertThat(lost.err()).contains("there is no folder");
    try (var left = Files.list(folder)) {
      assertThat(left.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void a_pipe_is_written_to_and_not_replaced() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    Path read = folder.resolve("read.csv");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    Process reader =
        new ProcessBuilder("cat", pipe.toString()).redirectOutput(read.toFile()).start();
    try {
      assertThat(run("connectivity", "-f", staging, "-o", "csv=" + pipe).code()).isZero();
      assertThat(Files.isRegularFile(pipe)).isFalse();
      assertThat(reader.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(read)).startsWith("src,dst,conn\n");
    } finally {
      reader.destroy();
    }
  }

  @Test
  void what_is_wrong_with_the_command_line_is_said_with_what_to_do() {
    assertThat(run("explain", "-f", staging, "--from", "shop/nobody", "--to", "shop/cart:8080"))
        .satisfies(r -> assertThat(r.code()).isEqualTo(2))
        .satisfies(r -> assertThat(r.err()).contains("shop/nobody").doesNotContain("Exception"));
    assertThat(run("inspect", "-f", staging, "--cni", "cillium").err())
        .contains("no engine 'cillium'", "cilium");
    assertThat(run("inspect", "-f", staging, "--cni", "cilium,enable-polcy=always").err())
        .contains("enable-policy");
    assertThat(run("inspect").code()).isEqualTo(2);
    assertThat(run("conectivity").code()).isEqualTo(2);
    assertThat(run("inspect", "-f", staging, "-o", "xml").code()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_read_is_named_and_shows_in_the_exit_code() throws IOException {
    assertThat(run("inspect", "-f", folder.resolve("nothing").toString()).code()).isEqualTo(3);
    Path broken =
        Files.writeString(
            folder.resolve("staging/broken.yaml"),
            "apiVersion: networking.k8s.io/v1\n"
                + "kind: NetworkPolicy\n"
                + "metadata: {name: x, namespace: shop}\n"
                + "spec: {podSelector: {}, ingress: [{ports: [{port: 80, endPort: 70}]}]}\n");
    Ran ran =
        run("explain", "-f", staging, "--from", "monitoring/prometheus", "--to", "shop/cart:8080");
    assertThat(ran.out()).startsWith("UNKNOWN");
    assertThat(ran.err()).contains("PV080", broken.toString(), "endPort must be");
    assertThat(ran.code()).isEqualTo(3);
  }

  @Test
  void a_policy_of_a_kind_that_is_not_judged_makes_unknown_what_it_may_touch() throws IOException {
    Files.writeString(
        folder.resolve("production/cnp.yaml"),
        "apiVersion: cilium.io/v2\n"
            + "kind: CiliumNetworkPolicy\n"
            + "metadata: {name: l7, namespace: shop}\n"
            + "spec: {}\n");
    Ran touched =
        run("explain", "-f", production, "--from", "shop/frontend", "--to", "shop/cart:8080");
    assertThat(touched.out()).startsWith("UNKNOWN").contains("CiliumNetworkPolicy shop/l7");
    assertThat(touched.code()).isEqualTo(3);
    assertThat(
            run(
                    "explain",
                    "-f",
                    production,
                    "--from",
                    "monitoring/prometheus",
                    "--to",
                    "kube-system/coredns:53/udp")
                .out())
        .startsWith("ALLOWED");
  }

  @Test
  void undecided_has_an_exit_code_of_its_own_on_request() {
    String[] flow = {
      "explain",
      "-f",
      staging,
      "--cni",
      "weave@2.8.1",
      "--from",
      "shop/cart",
      "--to",
      "svc/shop/cart:80"
    };
    assertThat(run(flow).code()).isZero();
    String[] strict = java.util.Arrays.copyOf(flow, flow.length + 1);
    strict[flow.length] = "--fail-on-unknown";
    assertThat(run(strict).code()).isEqualTo(4);
  }

  @Test
  void the_default_of_every_namespace_is_told_in_every_format() {
    Ran text = run("inspect", "-f", production, "--matrix");
    assertThat(text.out())
        .contains("NAMESPACE", "NetworkPolicy shop/default-deny", "open     ingress-nginx,");
    assertThat(run("inspect", "-f", production, "--matrix", "-o", "csv").out())
        .startsWith("namespace,direction,default,new_pods,pods,open,because\n")
        .contains("shop,ingress,DENY,DENY,5,false,NetworkPolicy shop/default-deny\n");
    assertThat(run("inspect", "-f", production, "--matrix", "-o", "markdown").out())
        .contains("| shop | 5 | DENY | DENY | NetworkPolicy shop/default-deny |");
    assertThat(run("inspect", "-f", production, "-o", "markdown").out())
        .contains("Enforced: yes, by cilium 1.15.19", "## Policies");
    assertThat(run("inspect", "-f", production, "-o", "csv").out())
        .startsWith("what,name,status,count,why,place\n")
        .contains("enforcement,cilium 1.15.19,ENFORCED,", "\nstance,shop ingress,DENY,5,");
    assertThat(run("inspect", "-f", production, "-o", "md").out())
        .isEqualTo(run("inspect", "-f", production, "-o", "markdown").out());
    assertThat(run("connectivity", "-f", production, "-o", "sarif").code()).isEqualTo(2);
  }

  @Test
  void a_table_of_what_is_known_of_an_engine_is_printed_with_evidence() {
    Ran ran = run("inspect", "--dialect", "cilium");
    assertThat(ran.out())
        .contains("cilium.endport", "version < 1.16", "https://github.com/cilium/cilium/");
    assertThat(run("inspect", "--dialect", "canal", "-o", "markdown").out())
        .contains("# Calico", "| `canal` | `calico,networking=flannel` |", "### calico.endport");
    assertThat(run("inspect", "--dialect", "weave", "-o", "csv").out())
        .startsWith("id,effect,status,when,says,evidence\n");
    assertThat(run("inspect", "--dialect", "nothing").code()).isEqualTo(2);
  }

  @Test
  void completion_scripts_know_the_commands() {
    assertThat(run("completion", "bash").out()).contains("connectivity", "--fail-on-unknown");
    assertThat(run("completion", "fish").code()).isEqualTo(2);
  }
}
