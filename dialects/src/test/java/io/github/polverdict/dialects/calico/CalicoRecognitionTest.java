package io.github.polverdict.dialects.calico;

import static io.github.polverdict.dialects.Seen.daemonSet;
import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static io.github.polverdict.dialects.Seen.live;
import static io.github.polverdict.dialects.Seen.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tells that Calico enforces, and how it is set up. */
class CalicoRecognitionTest {
  private static final String TAGGED = agent("docker.io/calico/node:v3.31.2", "");

  private static String agent(String image, String env) {
    return daemonSet(
        "calico-node", "[{name: calico-node, image: '" + image + "', env: [" + env + "]}]");
  }

  private static String felix(String name, String spec) {
    return "apiVersion: crd.projectcalico.org/v1\nkind: FelixConfiguration\nmetadata: {name: "
        + name
        + "}\nspec: {"
        + spec
        + "}";
  }

  private static String installation(String spec) {
    return "apiVersion: operator.tigera.io/v1\n"
        + "kind: Installation\n"
        + "metadata: {name: default}\n"
        + "spec: {"
        + spec
        + "}";
  }

  private static String pod(String name, String node, String image) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: kube-system
      ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: calico-node, uid: u}]
    spec: {nodeName: %s, containers: [{name: calico-node, image: '%s'}]}
    """
        .formatted(name, node, image);
  }

  private static Sighting only(Snapshot snapshot) {
    List<Sighting> all = engines(snapshot);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static List<String> reasons(Sighting sighting) {
    return sighting.because().stream().map(Reason::says).toList();
  }

  @Test
  void the_container_calico_node_tells_the_engine_and_its_tag_the_version() {
    Sighting calico = only(files(TAGGED));

    assertThat(calico.dialect()).isEqualTo("calico");
    assertThat(calico.version()).isEqualTo("3.31.2");
    assertThat(calico.settings()).isEmpty();
    assertThat(calico.nodes()).isEmpty();
    assertThat(reasons(calico))
        .containsExactly("DaemonSet kube-system/calico-node runs docker.io/calico/node:v3.31.2");
  }

  @Test
  void without_a_tag_the_version_is_what_calico_writes_down_itself() {
    String digest = "quay.io/calico/node@sha256:" + "0".repeat(64);
    String written =
        "apiVersion: crd.projectcalico.org/v1\n"
            + "kind: ClusterInformation\n"
            + "metadata: {name: default}\n"
            + "spec: {calicoVersion: v3.29.1}";

    assertThat(only(files(agent(digest, ""))).version()).isEmpty();
    assertThat(only(files(agent(digest, ""), written)).version()).isEqualTo("3.29.1");
    assertThat(only(files(TAGGED, written)).version()).isEqualTo("3.31.2");
  }

  @Test
  void what_the_operator_is_to_install_tells_the_engine_where_no_daemon_set_was_saved() {
    String told = installation("variant: Calico, calicoNetwork: {linuxDataplane: BPF}");
    String done = told + "\nstatus: {variant: Calico, calicoVersion: v3.30.4}";
    Sighting calico = only(files(done));

    assertThat(calico.dialect()).isEqualTo("calico");
    assertThat(calico.version()).isEqualTo("3.30.4");
    assertThat(calico.settings()).isEqualTo(Map.of("dataplane", "bpf"));
    assertThat(reasons(calico)).contains("Installation default has calicoVersion v3.30.4");
    assertThat(only(files(told)).dialect()).isEqualTo("calico");
    assertThat(only(files(told)).version()).isEmpty();
    assertThat(only(files(told, pod("calico-a", "n1", "calico/node:v3.29.7"))).version())
        .isEqualTo("3.29.7");
    assertThat(only(files(done, TAGGED)).version()).isEqualTo("3.31.2");
  }

  @Test
  void of_another_variant_or_where_no_daemon_set_runs_the_operator_tells_nothing() {
    String calico = installation("");
    Origin origin = new Origin.InCluster("lab", "DaemonSet", "", "");
    Gap gap = new Gap(Set.of("DaemonSet"), "", "daemonsets", "forbidden", origin);

    assertThat(only(files(installation("variant: TigeraSecureEnterprise"))).dialect())
        .isNotEqualTo("calico");
    assertThat(only(live(calico)).dialect()).isNotEqualTo("calico");
    assertThat(only(live(calico).with(List.of(gap), List.of())).settings()).isEmpty();
    assertThat(only(live(calico).with(List.of(gap), List.of())).dialect()).isEqualTo("calico");
  }

  @Test
  void the_environment_wins_over_felix_configuration_and_that_over_installation() {
    String env = "{name: FELIX_BPFENABLED, value: 'false'}";
    String bpf = felix("default", "bpfEnabled: true");

    assertThat(only(files(TAGGED, installation("calicoNetwork: {linuxDataplane: BPF}"))).settings())
        .containsEntry("dataplane", "bpf");
    assertThat(
            only(files(TAGGED, bpf, installation("calicoNetwork: {linuxDataplane: Iptables}")))
                .settings())
        .containsEntry("dataplane", "bpf");
    assertThat(only(files(agent("calico/node:v3.31.2", env), bpf)).settings())
        .isNotEqualTo(Map.of("dataplane", "bpf"));
    assertThat(only(files(TAGGED, felix("default", "nftablesMode: Enabled"))).settings())
        .containsEntry("dataplane", "nftables");
    assertThat(only(files(TAGGED, installation("calicoNetwork: {linuxDataplane: VPP}"))).settings())
        .containsEntry("dataplane", "vpp");
  }

  @Test
  void values_are_taken_in_any_case_and_others_left_out_as_felix_does() {
    String env =
        "{name: FELIX_DefaultEndpointToHostAction, value: Return},"
            + " {name: FELIX_VXLANPORT, value: '99999'}";
    Sighting calico =
        only(files(agent("calico/node:v3.31.2", env), felix("default", "ipv6Support: false")));

    assertThat(calico.settings())
        .isEqualTo(Map.of("DefaultEndpointToHostAction", "RETURN", "Ipv6Support", "false"));
    assertThat(reasons(calico))
        .contains(
            "DaemonSet kube-system/calico-node has FELIX_DEFAULTENDPOINTTOHOSTACTION=Return",
            "FelixConfiguration default has ipv6Support: false");
    assertThat(
            only(files(agent("calico/node:v3.31.2", "{name: FELIX_BPFENABLED, value: '1'}")))
                .settings())
        .isEqualTo(Map.of("dataplane", "bpf"));
  }

  @Test
  void the_old_switch_of_balancing_at_connect_time_counts_where_the_new_one_is_not_set() {
    String off = "bpfConnectTimeLoadBalancingEnabled: false";

    assertThat(only(files(TAGGED, felix("default", off))).settings())
        .isEqualTo(Map.of("BPFConnectTimeLoadBalancing", "Disabled"));
    assertThat(
            only(files(TAGGED, felix("default", off + ", bpfConnectTimeLoadBalancing: TCP")))
                .settings())
        .isEqualTo(Map.of("BPFConnectTimeLoadBalancing", "TCP"));
  }

  @Test
  void felix_own_default_of_calls_to_the_host_holds_where_all_its_sources_were_read() {
    String key = "DefaultEndpointToHostAction";
    String accept = "{name: FELIX_DEFAULTENDPOINTTOHOSTACTION, value: ACCEPT}";
    String elsewhere =
        "{name: FELIX_DEFAULTENDPOINTTOHOSTACTION, valueFrom: {configMapKeyRef: {name: c, key:"
            + " k}}}";
    Origin origin = new Origin.InCluster("lab", "FelixConfiguration", "", "");
    Gap gap =
        new Gap(
            Set.of("FelixConfiguration.crd.projectcalico.org"),
            "",
            "felixconfigurations",
            "forbidden",
            origin);

    assertThat(only(live(TAGGED)).settings()).containsEntry(key, "DROP");
    assertThat(only(files(TAGGED)).settings()).doesNotContainKey(key);
    assertThat(only(live(agent("calico/node:v3.31.2", accept))).settings())
        .containsEntry(key, "ACCEPT");
    assertThat(only(live(agent("calico/node:v3.31.2", elsewhere))).settings())
        .doesNotContainKey(key);
    assertThat(only(live(TAGGED).with(List.of(gap), List.of())).settings()).doesNotContainKey(key);
  }

  @Test
  void a_node_with_a_configuration_of_its_own_is_sighted_on_its_own() {
    List<Sighting> all =
        engines(
            files(
                TAGGED,
                node("n1"),
                node("n2"),
                node("n3", "labels: {kubernetes.io/os: windows}"),
                felix("node.n2", "defaultEndpointToHostAction: Drop")));

    assertThat(all)
        .extracting(Sighting::nodes)
        .containsExactly(
            Optional.of(Set.of("n1")), Optional.of(Set.of("n2")), Optional.of(Set.of("n3")));
    assertThat(all)
        .extracting(Sighting::settings)
        .containsExactly(
            Map.of(),
            Map.of("DefaultEndpointToHostAction", "DROP"),
            Map.of("dataplane", "windows"));
  }

  @Test
  void nodes_with_agents_of_different_versions_are_sighted_apart() {
    List<Sighting> all =
        engines(
            files(
                TAGGED,
                node("n1"),
                node("n2"),
                pod("calico-a", "n1", "calico/node:v3.31.2"),
                pod("calico-b", "n2", "calico/node:v3.30.4")));

    assertThat(all).extracting(Sighting::version).containsExactly("3.30.4", "3.31.2");
    assertThat(all)
        .extracting(Sighting::nodes)
        .containsExactly(Optional.of(Set.of("n2")), Optional.of(Set.of("n1")));
  }

  @Test
  void a_configuration_for_selected_nodes_counts_only_when_it_can_change_a_verdict() {
    assertThat(
            only(files(TAGGED, felix("gpu", "nodeSelector: 'gpu == \"yes\"', bpfEnabled: true")))
                .settings())
        .isEqualTo(Map.of("scopedFelixConfiguration", "some"));
    assertThat(
            only(files(
                    TAGGED,
                    felix("gpu", "nodeSelector: 'gpu == \"yes\"', logSeverityScreen: Info")))
                .settings())
        .isEmpty();
  }

  @Test
  void kube_flannel_beside_calico_node_is_canal_and_another_plug_in_is_not_calicos_network() {
    String canal =
        daemonSet(
            "rke2-canal",
            "[{name: calico-node, image: 'rancher/hardened-calico:v3.30.3-build20251001'},"
                + " {name: kube-flannel, image: 'rancher/hardened-flannel:v0.27.4'}]");
    String none = "{name: CALICO_NETWORKING_BACKEND, value: none}";

    Sighting seen = only(files(canal));
    assertThat(seen.dialect()).isEqualTo("calico");
    assertThat(seen.version()).startsWith("3.30.3");
    assertThat(seen.settings()).isEqualTo(Map.of("networking", "flannel"));
    assertThat(only(files(agent("calico/node:v3.31.2", none))).settings())
        .isEqualTo(Map.of("networking", "other"));
    assertThat(only(files(TAGGED, installation("cni: {type: AmazonVPC}"))).settings())
        .isEqualTo(Map.of("networking", "other"));
    assertThat(only(files(TAGGED, installation("cni: {type: Calico}"))).settings()).isEmpty();
  }

  @Test
  void kube_proxy_that_masquerades_all_is_seen_in_its_config_and_in_its_arguments() {
    String config =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kube-proxy, namespace: kube-system}
        data:
          config.conf: |
            kind: KubeProxyConfiguration
            iptables:
              masqueradeAll: %s
        """;
    String proxy =
        daemonSet(
            "kube-proxy",
            "[{name: kube-proxy, image: 'kube-proxy:v1.34.1', command: [kube-proxy,"
                + " --masquerade-all]}]");
    Map<String, String> masquerading = Map.of("masqueradeAll", "true");

    assertThat(only(files(TAGGED, config.formatted("true"))).settings()).isEqualTo(masquerading);
    assertThat(only(files(TAGGED, config.formatted("false"))).settings()).isEmpty();
    assertThat(only(files(TAGGED, proxy)).settings()).isEqualTo(masquerading);
  }

  @Test
  void failsafe_ports_are_read_as_felix_is_told_them_and_not_when_it_would_not_start() {
    String ports =
        "failsafeInboundHostPorts: [{protocol: TCP, port: 22, net: 10.0.0.0/8}, {protocol: udp,"
            + " port: 68}], failsafeOutboundHostPorts: []";
    String env = "{name: FELIX_FAILSAFEINBOUNDHOSTPORTS, value: '%s'}";
    String image = "calico/node:v3.31.2";

    assertThat(only(files(TAGGED, felix("default", ports))).settings())
        .containsEntry("FailsafeInboundHostPorts", "TCP:10.0.0.0/8:22,udp:68")
        .containsEntry("FailsafeOutboundHostPorts", "none");
    assertThat(only(files(agent(image, env.formatted("tcp:[fd00::/8]:22, 80")))).settings())
        .containsEntry("FailsafeInboundHostPorts", "tcp:[fd00::/8]:22, 80");
    assertThat(only(files(agent(image, env.formatted("tcp:ssh")))).settings()).isEmpty();
  }
}
