package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code polverdict baseline}, on the demo's clusters. */
class BaselineCommandTest extends DemoClusters {
  private static final String HEAD = "apiVersion: polverdict.io/v1\nkind: Baseline\n";

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Ran check(String... more) {
    return baseline("check", more);
  }

  private static Ran generate(String... more) {
    return baseline("generate", more);
  }

  private static Ran plan(String... more) {
    return baseline("plan", more);
  }

  private static Ran baseline(String what, String... more) {
    return run(Stream.concat(Stream.of("baseline", what), Stream.of(more)).toArray(String[]::new));
  }

  /** The same cluster with the manifests that were generated for it. */
  private Ran checkWith(Ran generated, String cluster, String... more) throws IOException {
    String manifests = file("generated.yaml", generated.out());
    return check(
        Stream.concat(Stream.of("-f", cluster, "-f", manifests), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void a_namespace_without_a_default_fails_with_the_flow_that_proves_it() {
    Ran ran = check(staging, "-o", "csv");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("data,ingress,deny,UNMET,(any pod elsewhere) -> data/orders-db-")
        .contains("shop,ingress,deny,MET,")
        .contains("shop,dns,allow,MET,")
        .doesNotContain("kube-system,ingress");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cilium@1.15",
        "cilium@1.20",
        "calico@3.31",
        "antrea@2.4",
        "ovn-kubernetes@1.1",
        "aws-vpc-cni@1.3.1"
      })
  void what_is_generated_makes_the_check_pass(String engine) throws IOException {
    for (String cluster : List.of(staging, production)) {
      Ran made = generate(cluster, "--cni", engine, "--preset", "nsa-cisa");
      assertThat(made.code()).as(made.err()).isZero();
      Ran checked =
          checkWith(made, cluster, "--cni", engine, "--preset", "nsa-cisa", "--fail-on-unknown");
      assertThat(checked.code()).as(checked.out()).isZero();
      assertThat(checked.out()).contains("4 of 4 namespaces meet it");
    }
  }

  @Test
  void where_nothing_enforces_the_check_fails_and_nothing_is_generated() {
    Path to = folder.resolve("out");
    Ran checked = check(production, "--cni", "unenforced");
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out())
        .contains("FAIL  the cluster  enforcement")
        .contains("nothing enforces");
    Ran made = generate(production, "--cni", "unenforced", "--to", to.toString());
    assertThat(made.code()).isEqualTo(1);
    assertThat(made.out()).isEmpty();
    assertThat(made.err())
        .contains("nothing enforces policies here")
        .contains("nothing was written");
    assertThat(to).doesNotExist();
  }

  @Test
  void a_policy_that_opens_a_pod_keeps_the_form_from_being_written_and_is_named()
      throws IOException {
    String open =
        file(
            "open.yaml",
            """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: wide-open, namespace: data}
            spec: {podSelector: {}, ingress: [{}]}
            """);
    Ran ran = generate("-f", staging, "-f", open, "--form", "network-policy");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("data ingress:").contains("NetworkPolicy data/wide-open");
  }

  @Test
  void layouts_are_folders_that_are_written_whole() throws IOException {
    for (String layout : List.of("files", "kustomize", "helm")) {
      Path to = folder.resolve("out-" + layout);
      Ran ran = generate(production, "--layout", layout, "--to", to.toString());
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.out()).isEmpty();
    }
    assertThat(folder.resolve("out-files/001-cluster-baseline.yaml")).exists();
    assertThat(folder.resolve("out-kustomize/kustomization.yaml"))
        .content()
        .contains("- 001-cluster-baseline.yaml");
    assertThat(folder.resolve("out-helm/Chart.yaml")).content().contains("apiVersion: v2");
    assertThat(folder.resolve("out-helm/templates/001-cluster-baseline.yaml")).exists();
    Ran again = generate(production, "--to", folder.resolve("out-files").toString());
    assertThat(again.code()).isEqualTo(3);
    assertThat(again.err()).contains("not an empty folder");
  }

  @Test
  void staged_twins_are_written_where_the_engine_has_them_and_said_where_not() {
    Ran staged = generate(staging, "--staged");
    assertThat(staged.out()).contains("kind: StagedGlobalNetworkPolicy");
    Ran none = generate(production, "--staged");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("cannot be staged here; instead: set policy-audit-mode");
    Ran old = run("baseline", "generate", staging, "--staged", "--cni", "calico@3.29");
    assertThat(old.code()).isEqualTo(1);
    assertThat(old.err()).contains("instead: judge observed flows");
  }

  @Test
  void generating_again_gives_the_same() throws IOException {
    String first = generate(production).out();
    String manifests = file("first.yaml", first);
    assertThat(generate("-f", production, "-f", manifests).out()).isEqualTo(first);
  }

  /** A baseline that leaves the ingress controller's namespace alone until 2027-06-30. */
  private String exempting() throws IOException {
    return file(
        "baseline.yaml",
        HEAD
            + """
            preset: kubernetes-default
            exceptions:
              - namespaces: {names: [ingress-*]}
                items: [ingress, egress]
                owner: team-edge
                reason: the controller calls every namespace
                ticket: OPS-17
                expires: 2027-06-30
            """);
  }

  @Test
  void an_exception_that_has_ended_is_a_finding_and_tightens_nothing() throws IOException {
    String baseline = exempting();
    Ran valid = generate(production, "-b", baseline, "--as-of", "2027-06-30");
    Ran ended = generate(production, "-b", baseline, "--as-of", "2027-07-01");
    assertThat(valid.code()).as(valid.err()).isZero();
    assertThat(ended.out()).isEqualTo(valid.out()).contains("- ingress-nginx");
    assertThat(ended.err()).contains("the exception of team-edge").contains("ended on 2027-06-30");
    Ran met = checkWith(valid, production, "-b", baseline, "--as-of", "2027-06-30");
    assertThat(met.code()).as(met.out()).isZero();
    assertThat(met.out()).contains("waived");
    Ran over = checkWith(valid, production, "-b", baseline, "--as-of", "2027-07-01");
    assertThat(over.code()).isEqualTo(1);
    assertThat(over.out()).contains("1 exception has ended");
  }

  @Test
  void what_is_wrong_with_a_baseline_is_told_before_anything_is_read() throws IOException {
    String baseline =
        file(
            "baseline.yaml",
            HEAD
                + """
                defaults: {ingress: allow, sameNamespace: deny, dns: deny}
                groups:
                  - name: a
                    namespaces: {}
                    defaults: {egress: deny}
                exceptions:
                  - namespaces: {names: [shop]}
                    items: [everything]
                    reason: because
                    expires: tomorrow
                """);
    Ran ran = check("nowhere", "-b", baseline);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err())
        .contains(":3:54: defaults.dns: cannot be deny; it may be allow or any")
        .contains("deny contradicts ingress: allow")
        .contains("no namespace is chosen")
        .contains("there is no item 'everything'")
        .contains("the key owner is missing")
        .contains("must be a day of the form YYYY-MM-DD")
        .doesNotContain("nowhere");
  }

  @Test
  void groups_that_contradict_each_other_are_refused_with_the_namespace() throws IOException {
    String baseline =
        file(
            "baseline.yaml",
            HEAD
                + """
                groups:
                  - name: team
                    namespaces: {matchLabels: {team: shop}}
                    defaults: {egress: deny}
                  - name: front
                    namespaces: {names: [shop]}
                    defaults: {egress: allow}
                """);
    Ran ran = check(production, "-b", baseline);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("namespace shop is in group team, which says egress: deny")
        .contains("and in group front, which says egress: allow");
  }

  @Test
  void the_rows_of_a_preset_say_what_cannot_be_checked() {
    Ran ran = check(production, "--preset", "pci-segmentation");
    assertThat(ran.out()).contains("11.4.5: not checked: judged here, not tested");
    Ran none = check(production, "--preset", "pci");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("there are kubernetes-default, cis-5.3, nsa-cisa");
  }

  @Test
  void one_namespace_alone_can_be_checked_and_given_its_default() {
    Ran ran = generate(production, "-n", "data");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("name: polverdict-baseline--data")
        .contains("operator: In")
        .contains("- data")
        .doesNotContain("NotIn");
  }

  @Test
  void the_plan_says_which_observed_flows_would_be_cut_and_begins_with_the_canary()
      throws IOException {
    String flows =
        file(
            "flows.csv",
            """
            from,to
            shop/frontend,shop/cart:8080
            ingress-nginx/ingress-nginx-controller,shop/frontend:8080
            """);
    Ran ran = plan(production, "--flows", flows, "-n", "monitoring");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("1 of 2 observed flows would be cut")
        .contains("CUT    ingress-nginx/ingress-nginx-controller -> shop/frontend:8080")
        .contains("(generated:")
        .contains("begin with monitoring")
        .doesNotContain("CUT    shop/frontend");
    String unheard = file("unheard.csv", "from,to\nshop/nobody,198.51.100.7:443\n");
    Ran lost = plan(production, "--flows", unheard);
    assertThat(lost.code()).isEqualTo(3);
    assertThat(lost.out()).contains("0 of 1 observed flows would be cut, 1 not understood");
    Ran calm = plan(production, "-n", "nowhere");
    assertThat(calm.code()).isEqualTo(2);
    assertThat(calm.err()).contains("the baseline is not for a namespace 'nowhere'");
  }

  @Test
  void the_schema_of_the_file_takes_what_the_guide_shows() throws IOException {
    Path root = Path.of(System.getProperty("project.root", ".."));
    String guide = Files.readString(root.resolve("docs/guide/baseline.md"));
    int from = guide.indexOf("```yaml\n") + "```yaml\n".length();
    String example = guide.substring(from, guide.indexOf("```", from));
    String baseline = file("baseline.yaml", example);
    Ran ran = check(production, "-b", baseline, "--as-of", "2027-01-01");
    assertThat(ran.code()).as(ran.err()).isEqualTo(1);
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(root.resolve("docs/schema/baseline-v1.schema.json")));
    assertThat(schema.validate(example, InputFormat.YAML)).isEmpty();
    assertThat(schema.validate(example + "more: 1\n", InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void the_tier_baseline_is_written_where_it_does_what_is_wanted_and_says_how_it_differs()
      throws IOException {
    String closed =
        file(
            "baseline.yaml",
            HEAD
                + """
                defaults: {egress: deny, dns: allow}
                exceptions:
                  - namespaces: {names: [data]}
                    items: [dns]
                    owner: team-data
                    reason: the database calls nobody
                    expires: 2999-01-01
                """);
    String[] form = {"--cni", "calico@3.32", "--form", "cluster-network-policy"};
    Ran made = generate(staging, "-b", closed, form[0], form[1], form[2], form[3]);
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("tier: Baseline").contains("operator: NotIn");
    assertThat(made.err()).contains("takes it out of the tier Baseline");
    Ran open = generate(staging, form[0], form[1], form[2], form[3]);
    assertThat(open.code()).isEqualTo(1);
    assertThat(open.err()).contains("monitoring ingress: (outside) -> monitoring/prometheus");
    Ran unread = generate(production, "--form", "cluster-network-policy");
    assertThat(unread.err()).contains("an engine here does not read ClusterNetworkPolicies");
  }

  @Test
  void pods_of_one_namespace_reach_each_other_where_a_group_wants_it() throws IOException {
    String baseline =
        file(
            "baseline.yaml",
            HEAD
                + """
                preset: kubernetes-default
                groups:
                  - name: together
                    namespaces: {names: [monitoring, data]}
                    defaults: {sameNamespace: allow}
                """);
    for (String engine : List.of("cilium@1.20", "calico@3.31", "antrea@2.4")) {
      Ran made = generate(production, "-b", baseline, "--cni", engine);
      assertThat(made.code()).as(made.err()).isZero();
      Ran checked = checkWith(made, production, "-b", baseline, "--cni", engine);
      assertThat(checked.code()).as(checked.out()).isZero();
      assertThat(checked.out()).contains("SAME");
    }
  }
}
