package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What following {@code polverdict baseline} must not break, on a small cluster. */
class BaselineHarmTest extends DemoClusters {
  private static final String CLUSTER =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: data}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      spec: {podCIDR: 10.0.0.0/24}
      status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: kube-dns, namespace: kube-system}
      spec:
        clusterIP: 10.96.0.10
        selector: {k8s-app: kube-dns}
        ports: [{name: u, port: 53, protocol: UDP}, {name: t, port: 53, protocol: TCP}]
      """;

  private static final String DNS = pod("kube-system", "coredns", 2, "k8s-app: kube-dns", 53);
  private static final String WEB = pod("shop", "web", 3, "app: web, part: shop", 8080);
  private static final String DB = pod("shop", "db", 4, "app: db, part: shop", 5432);

  /** The database may not look up names; all else of its namespace is open. */
  private static final String DEAF =
      """
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Egress]
        egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]
      """;

  private static final String HOOK =
      """
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: hook, namespace: shop}
      spec: {clusterIP: 10.96.0.20, selector: {app: web}, ports: [{port: 443, targetPort: 8080}]}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: h}
      webhooks:
        - name: h.example.com
          admissionReviewVersions: [v1]
          sideEffects: None
          clientConfig: {service: {name: hook, namespace: shop, port: 443}}
      """;

  private static String pod(String namespace, String name, int address, String labels, int port) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s, labels: {%s}}
    spec:
      nodeName: n1
      containers: [{name: c, image: x, ports: [{containerPort: %d}, {containerPort: %d, protocol: UDP}]}]
    status: {podIP: 10.0.0.%d, podIPs: [{ip: 10.0.0.%d}], phase: Running}
    """
        .formatted(name, namespace, labels, port, port, address, address);
  }

  private static String cache(String image, String options) {
    return """
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: node-local-dns, namespace: kube-system}
    spec:
      selector: {matchLabels: {k8s-app: node-local-dns}}
      template:
        metadata: {labels: {k8s-app: node-local-dns}}
        spec: {hostNetwork: true, containers: [{name: c, image: %s, args: [%s]}]}
    """
        .formatted(image, options);
  }

  private String file(String name, String... parts) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", parts)).toString();
  }

  private String cluster(String... more) throws IOException {
    return file("cluster.yaml", CLUSTER, DNS, WEB, DB, String.join("", more));
  }

  private Ran generate(String cluster, String engine, String... more) {
    List<String> words = new ArrayList<>(List.of("baseline", "generate", cluster, "--cni", engine));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cilium@1.20", "calico@3.31", "antrea@2.4"})
  void namespaces_one_by_one_stay_closed_after_each_other_and_after_all(String engine)
      throws IOException {
    String cluster = cluster();
    String data = generate(cluster, engine, "-n", "data").out();
    Ran shop =
        generate(file("with.yaml", CLUSTER, DNS, WEB, DB, "---\n", data), engine, "-n", "shop");
    assertThat(shop.out()).contains("polverdict-baseline--shop").doesNotContain("- data");
    String both = file("both.yaml", CLUSTER, DNS, WEB, DB, "---\n", data, "---\n", shop.out());
    Ran checked = run("baseline", "check", both, "--cni", engine);
    assertThat(checked.code()).as(checked.out()).isZero();
    String all = generate(cluster, engine).out();
    assertThat(all).doesNotContain("--data");
    Ran whole = generate(both, engine);
    assertThat(whole.out()).isEqualTo(all);
    assertThat(whole.err())
        .contains("an earlier run left what is no longer written: kubectl delete ")
        .contains("polverdict-baseline--data")
        .contains("polverdict-baseline--shop");
  }

  @Test
  void only_pods_of_namespaces_are_selected_and_not_the_endpoints_of_the_engine_itself()
      throws IOException {
    assertThat(generate(cluster(), "cilium@1.20").out())
        .containsSubsequence("k8s:io.kubernetes.pod.namespace", "Exists", "NotIn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"calico@3.31", "antrea@2.4", "cilium@1.15"})
  void what_lets_one_pod_look_up_names_isolates_no_other(String engine) throws IOException {
    Ran made = generate(cluster(DEAF), engine, "--preset", "cis-5.3");
    assertThat(made.code()).as(made.err()).isZero();
    String after = file("after.yaml", CLUSTER, DNS, WEB, DB, DEAF, "---\n", made.out());
    Ran web =
        run(
            "explain",
            "-f",
            after,
            "--from",
            "shop/web",
            "--to",
            "198.51.100.7:443",
            "--cni",
            engine);
    assertThat(web.out()).as(web.err()).contains("ALLOWED");
  }

  @Test
  void where_labels_cannot_tell_pods_apart_nothing_is_written() throws IOException {
    String twins = pod("shop", "db", 4, "app: web, part: shop, role: db", 5432);
    String deaf = DEAF.replace("app: db", "role: db").replace("name: db,", "name: other,");
    String plain = pod("shop", "web", 3, "app: web, part: shop, role: db, x: one", 8080);
    String open = pod("shop", "open", 5, "app: web, part: shop, role: db, x: one, z: w", 8081);
    String not =
        deaf.replace(
            "matchLabels: {role: db}", "matchExpressions: [{key: z, operator: DoesNotExist}]");
    String cluster = file("twins.yaml", CLUSTER, DNS, twins, plain, open, not);
    Ran made = generate(cluster, "calico@3.31", "--preset", "cis-5.3");
    assertThat(made.code()).as(made.out()).isEqualTo(1);
    assertThat(made.out()).isEmpty();
    assertThat(made.err())
        .contains("would cut what the baseline leaves open")
        .contains("shop/open[Pod] -> ")
        .contains("passes now, or may, and would be denied, for no rule of the 3 policies")
        .contains("isolate shop/open for egress");
  }

  /** Who is closed by default can still lose what a policy of lower rank lets through. */
  @Test
  void what_a_baseline_policy_allows_is_not_cut_by_what_takes_pods_out_of_it() throws IOException {
    String lower =
        """
        ---
        apiVersion: policy.networking.k8s.io/v1alpha1
        kind: BaselineAdminNetworkPolicy
        metadata: {name: default}
        spec:
          subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}
          egress:
            - action: Allow
              to: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: data}}}]
            - action: Deny
              to: [{namespaces: {}}]
            - action: Deny
              to: [{networks: [0.0.0.0/0]}]
        """;
    String named =
        CLUSTER
            .replace(
                "metadata: {name: shop}",
                "metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop}}")
            .replace(
                "metadata: {name: data}",
                "metadata: {name: data, labels: {kubernetes.io/metadata.name: data}}");
    String ledger = pod("data", "ledger", 6, "app: ledger", 5432);
    String cluster = file("lower.yaml", named, DNS, WEB, ledger, lower);
    Ran made = generate(cluster, "ovn-kubernetes@1.1", "--preset", "cis-5.3");
    assertThat(made.out()).isEmpty();
    assertThat(made.err()).contains("shop/web[Pod] -> data/ledger[Pod] TCP 1 passes now");
    assertThat(made.code()).isEqualTo(1);
  }

  @Test
  void the_cache_on_the_node_is_asked_at_the_addresses_that_its_options_say() throws IOException {
    String own = cache("mirror.example/cache:1", "-localip, '169.254.25.10,10.96.0.10'");
    Ran calico = generate(cluster(own), "calico@3.31");
    assertThat(calico.out()).contains("169.254.25.10/32", "10.96.0.10/32");
    assertThat(calico.out()).doesNotContain("169.254.20.10");
    Ran cilium = generate(cluster(own), "cilium@1.18");
    assertThat(cilium.code()).as(cilium.err()).isZero();
    assertThat(cilium.out()).contains("169.254.25.10/32").containsSubsequence("toEntities", "host");
  }

  /** Manifests without a pod of their own say no node; whichever it will be has its cache. */
  @ParameterizedTest
  @ValueSource(strings = {"cilium@1.18", "cilium@1.15"})
  void the_cache_on_the_node_is_there_for_workloads_whose_node_is_not_known(String engine)
      throws IOException {
    String workload =
        """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: c, image: x}]}
        """;
    String cache = cache("registry.k8s.io/dns/k8s-dns-node-cache:1.23", "-localip, 169.254.20.10");
    String cluster = cluster(cache, workload);
    Ran made = generate(cluster, engine);
    assertThat(made.code()).as(made.err()).isZero();
    String both = file("both.yaml", CLUSTER, DNS, WEB, DB, cache, workload, "---\n", made.out());
    assertThat(run("baseline", "check", both, "--cni", engine).code()).isZero();
    String deaf =
        made.out().replace("- host", "- remote-node").replace("169.254.20.10", "169.254.20.9");
    String without = file("without.yaml", CLUSTER, DNS, WEB, DB, cache, workload, "---\n", deaf);
    Ran checked = run("baseline", "check", without, "--cni", engine);
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.out()).contains("(a pod to come) and 2 more -> 169.254.20.10 UDP 53");
  }

  @Test
  void a_cache_on_the_node_whose_addresses_are_not_told_leaves_lookups_open() throws IOException {
    String unread = cache("registry.k8s.io/dns/k8s-dns-node-cache:1.23", "-conf, /etc/Corefile");
    Ran made = generate(cluster(unread), "calico@3.31");
    assertThat(made.code()).isEqualTo(1);
    assertThat(made.err()).contains("the input shows no -localip is UNKNOWN");
  }

  @Test
  void the_plan_tells_cuts_of_ports_without_names_and_of_pods_that_declare_none()
      throws IOException {
    String silent =
        pod("data", "silent", 6, "app: silent", 1).replaceAll("ports: \\[.*?]}]", "env: []}]");
    Ran plan = run("baseline", "plan", cluster(silent), "--cni", "calico@3.31", "-o", "csv");
    assertThat(plan.out())
        .contains("shop/web[Pod],shop/db[Pod],\"TCP 5432,UDP 5432\"")
        .contains("shop/web[Pod],data/silent[Pod],\"everything but UDP 4789");
    Ran two =
        run("baseline", "plan", cluster(), "--cni", "calico@3.31", "-n", "shop", "-n", "data");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("-n names the canary: say one namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"calico@3.31", "cilium@1.20", "antrea@2.4"})
  void webhooks_are_called_from_the_addresses_that_are_said(String engine) throws IOException {
    String preset = "apiVersion: polverdict.io/v1\nkind: Baseline\npreset: nsa-cisa\n";
    String said = file("said.yaml", preset, "controlPlane: [10.20.0.0/28]\n");
    Ran made = generate(cluster(HOOK), engine, "-b", said);
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("10.20.0.0/28", "8080");
    Ran open = generate(cluster(HOOK), engine, "--preset", "nsa-cisa");
    assertThat(open.code()).isEqualTo(1);
    assertThat(open.err()).contains("say the addresses of the API servers as controlPlane");
  }

  @Test
  void names_of_nothing_are_refused_or_told() throws IOException {
    for (String command : List.of("check", "generate")) {
      for (String name : List.of("shpo", "kube-system")) {
        Ran ran = run("baseline", command, cluster(), "--cni", "cilium@1.20", "-n", name);
        assertThat(ran.code()).as(command).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("namespace").contains(name);
      }
    }
    String baseline =
        file(
            "baseline.yaml",
            """
            apiVersion: polverdict.io/v1
            kind: Baseline
            preset: kubernetes-default
            systemNamespaces: {names: [kube-system, "cattle-*"]}
            groups: [{name: g, namespaces: {names: [shpo]}, defaults: {egress: any}}]
            ingressControllers: [{namespace: ingress, matchLabels: {app: nginx}}]
            """);
    Ran told = run("baseline", "check", cluster(), "--cni", "cilium@1.20", "-b", baseline);
    assertThat(told.out())
        .contains("group g chooses no namespace")
        .contains("no pod of ingress is labelled");
    Ran made = generate(cluster(), "cilium@1.20", "-b", baseline);
    assertThat(made.err())
        .contains("a namespace that is made later gets the default deny, also if it would be in")
        .contains("systemNamespaces");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.20.0.2:0", "10.20.0.2:65536", "10.20.0.2:99999", "10.20.0.2"})
  void an_api_server_listens_on_a_port_that_there_is(String word) throws IOException {
    String baseline =
        file(
            "baseline.yaml",
            "apiVersion: polverdict.io/v1\nkind: Baseline\npreset: nsa-cisa\napiServers: [\"",
            word + "\"]\n");
    Ran ran = run("baseline", "check", cluster(), "-b", baseline);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("is no ADDRESS:PORT");
  }
}
