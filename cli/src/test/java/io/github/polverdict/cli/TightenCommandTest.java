package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class TightenCommandTest extends DemoClusters {
  private static final String FLOWS =
      """
      from,to
      ingress-nginx/ingress-nginx-controller,svc/shop/frontend:80
      shop/frontend,svc/shop/cart:80
      shop/checkout,svc/data/orders-db:5432
      monitoring/prometheus,shop/*:metrics
      """;

  private String flows(String text) throws IOException {
    return Files.writeString(folder.resolve("flows.csv"), text).toString();
  }

  @Test
  void policies_go_to_standard_output_with_the_proof_as_a_comment() throws IOException {
    Ran ran = run("tighten", production, "--flows", flows(FLOWS));
    assertThat(ran.out()).startsWith("# PROVED  all of 4 declared flows pass");
    assertThat(ran.out())
        .contains("# ", "written as numbers", "---\napiVersion: networking.k8s.io/v1");
    assertThat(ran.code()).isZero();
    Path file = Files.writeString(folder.resolve("new.yaml"), ran.out());
    assertThat(run("lint", file.toString()).code()).isNotEqualTo(3);
  }

  @Test
  void policies_go_to_files_and_the_answer_is_told() throws IOException {
    Path to = folder.resolve("policies");
    Ran ran = run("tighten", staging, "--flows", flows(FLOWS), "--to", to.toString());
    assertThat(ran.out()).startsWith("PROVED").contains("delete   kubectl delete networkpolicy");
    assertThat(Files.readString(to.resolve("shop/cart.yaml"))).contains("port: metrics");
  }

  @Test
  void a_comment_has_the_proof_what_changes_and_what_to_delete() throws IOException {
    String markdown = run("tighten", production, "--flows", flows(FLOWS), "-o", "md").out();
    assertThat(markdown)
        .startsWith("# Policies for " + production)
        .contains("**PROVED** all of 4 declared flows pass")
        .contains("| closes | shop/checkout[Deployment] |", "| opens | ")
        .contains("- names of ports are written as numbers")
        .contains("- `kubectl delete networkpolicy -n shop ");
    String open = "from,to\nshop/checkout,data/orders-db:5432\nshop/media,data/orders-db:5432\n";
    Ran not = run("tighten", production, "--flows", flows(open), "-o", "md");
    assertThat(not.code()).isEqualTo(1);
    assertThat(not.out())
        .contains("**NOT PROVED**", "| open | shop/frontend[Deployment] | shop/checkout");
  }

  @Test
  void what_no_policy_can_speak_of_is_told_with_what_becomes_of_it() throws IOException {
    assertThat(run("tighten", production, "--flows", flows(FLOWS), "-o", "json").out())
        .contains("selects nodes and pods on their network; what passes between them and covered")
        .contains("node/ip-10-0-1-17.ec2.internal -> ")
        .contains("speaks of ICMP and other protocols without ports; what of them passes");
    assertThat(run("tighten", staging, "--flows", flows(FLOWS), "-o", "json").out())
        .contains("ICMP and other protocols without ports stop between");
    String onNode = "from,to\nkube-system/calico-node,shop/cart:8080\n";
    Ran alone = run("tighten", staging, "--flows", flows(onNode));
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("no workload is covered", "is on its node's network");
    Ran host = run("tighten", staging, "--flows", flows(onNode + "shop/frontend,shop/cart:8080\n"));
    assertThat(host.code()).isEqualTo(1);
    assertThat(host.out()).contains("on its node's network", "NOT PROVED");
    String pinged = "from,to\nshop/frontend,shop/cart:8080\nshop/frontend,shop/cart:icmp\n";
    Ran ping = run("tighten", staging, "--flows", flows(pinged), "-o", "md");
    assertThat(ping.code()).isEqualTo(1);
    assertThat(ping.out()).contains("a NetworkPolicy speaks of ports of TCP, UDP and SCTP");
  }

  @Test
  void a_folder_is_filled_whole_or_not_at_all() throws IOException {
    Path to = Files.createDirectory(folder.resolve("policies"));
    String cut = flows("from,to\nshop/frontend,shop/cart:icmp\nshop/frontend,shop/cart:http\n");
    Ran open = run("tighten", staging, "--flows", cut, "--to", to.toString());
    assertThat(open.code()).isEqualTo(1);
    assertThat(open.err()).contains("not proved: nothing was written to");
    assertThat(to).isEmptyDirectory();
    Files.writeString(to.resolve("stale.yaml"), "");
    Ran full = run("tighten", staging, "--flows", flows(FLOWS), "--to", to.toString());
    assertThat(full.code()).isEqualTo(3);
    assertThat(full.err()).contains("not an empty folder");
  }

  @Test
  void todays_listing_can_be_declared() throws IOException {
    String listing =
        run("connectivity", "-f", staging, "-n", "shop", "-o", "csv")
            .out()
            .lines()
            .filter(line -> !line.contains("UNKNOWN") && !line.contains("calico-node"))
            .collect(Collectors.joining("\n"));
    Ran ran = run("tighten", staging, "-n", "shop", "--flows", flows(listing), "-o", "csv");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).doesNotContain("lacking", "opens,shop");
    Ran same = run("tighten", staging, "-n", "shop", "--from-connectivity", "-o", "csv");
    assertThat(same.code()).isZero();
  }

  @Test
  void wrong_input_is_told_with_its_place() throws IOException {
    assertThat(run("tighten", staging).code()).isEqualTo(2);
    Ran typo = run("tighten", staging, "--flows", flows("from,to\nshop/wbe,shop/cart:80\n"));
    assertThat(typo.code()).isEqualTo(2);
    assertThat(typo.err()).contains("no workload shop/wbe (declared: shop/wbe -> shop/cart:80)");
    Ran conn = run("tighten", staging, "--flows", flows("src,dst,conn\na/b,c/d,TPC 80\n"));
    assertThat(conn.code()).isEqualTo(3);
    assertThat(conn.err()).contains("flows.csv:2: 'TPC 80' is not like");
  }
}
