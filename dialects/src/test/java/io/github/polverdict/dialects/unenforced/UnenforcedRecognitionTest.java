package io.github.polverdict.dialects.unenforced;

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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What shows that nothing enforces, and what only looks so. */
class UnenforcedRecognitionTest {
  private static final String FLANNEL =
      daemonSet("kube-flannel-ds", "[{name: kube-flannel, image: 'flannel:v0.28.9'}]");

  private static List<String> dialects(Snapshot snapshot) {
    return engines(snapshot).stream().map(Sighting::dialect).toList();
  }

  private static List<String> reasons(Snapshot snapshot) {
    return engines(snapshot).getFirst().because().stream().map(Reason::says).toList();
  }

  private static String kindnet(String tag) {
    return daemonSet(
        "kindnet", "[{name: kindnet-cni, image: 'docker.io/kindest/kindnetd:" + tag + "'}]");
  }

  private static String aws(String agent) {
    return daemonSet(
        "aws-node", "[{name: aws-node, image: 'amazon-k8s-cni:v1.20.4'}" + agent + "]");
  }

  private static Gap gap(String kind) {
    Origin origin = new Origin.InCluster("lab", kind, "", "");
    return new Gap(Set.of(kind), "", kind + "s", "forbidden for user \"ro\"", origin);
  }

  @Test
  void flannel_alone_enforces_nothing() {
    assertThat(dialects(files(FLANNEL))).containsExactly("unenforced");
    assertThat(reasons(files(FLANNEL)))
        .containsExactly(
            "DaemonSet kube-system/kube-flannel-ds is flannel, with no container that enforces");
  }

  @Test
  void flannel_with_a_container_that_enforces_is_another_engines() {
    String withPolicies =
        daemonSet(
            "kube-flannel-ds",
            "[{name: kube-flannel, image: 'flannel:v0.28.9'}, {name: kube-network-policies, image: 'knp:v1.0.0'}]");
    String canal =
        daemonSet(
            "canal",
            "[{name: calico-node, image: 'calico/node:v3.31.2'}, {name: kube-flannel, image: 'flannel:v0.27.0'}]");
    String calico = daemonSet("calico-node", "[{name: calico-node, image: 'calico/node:v3.31.2'}]");

    assertThat(dialects(files(withPolicies))).doesNotContain("unenforced");
    assertThat(dialects(files(canal))).containsExactly("calico");
    assertThat(dialects(files(FLANNEL, calico))).containsExactly("calico");
  }

  @Test
  void flannel_on_k3s_is_policed_by_k3s_itself() {
    String node = node("n1") + "\nstatus: {nodeInfo: {kubeletVersion: v1.34.1+k3s1}}";

    assertThat(dialects(files(FLANNEL, node))).doesNotContain("unenforced");
  }

  @Test
  void kindnetd_enforces_from_the_image_of_kind_0_24_on() {
    assertThat(dialects(files(kindnet("v20240513-cbe5ab86")))).containsExactly("unenforced");
    assertThat(dialects(files(kindnet("v20240813-c6f155d6")))).doesNotContain("unenforced");
    assertThat(dialects(files(kindnet("latest")))).doesNotContain("unenforced");
  }

  @Test
  void the_vpc_cni_enforces_nothing_without_its_agent_or_with_the_agent_off() {
    String agent = ", {name: aws-eks-nodeagent, image: 'npa:v1.2.7', args: [%s]}";

    assertThat(dialects(files(aws("")))).containsExactly("unenforced");
    assertThat(dialects(files(aws(agent.formatted("--enable-network-policy=false")))))
        .containsExactly("unenforced");
    assertThat(dialects(files(aws(agent.formatted("--enable-network-policy=true")))))
        .doesNotContain("unenforced");
    assertThat(dialects(files(aws(agent.formatted("--enable-ipv6=false")))))
        .doesNotContain("unenforced");
  }

  @Test
  void a_running_cluster_without_any_agent_enforces_nothing_and_files_without_one_say_nothing() {
    assertThat(dialects(live(node("n1")))).containsExactly("unenforced");
    assertThat(reasons(live(node("n1"))))
        .containsExactly("no agent of a known policy engine runs in this cluster");
    assertThat(dialects(files(node("n1")))).hasSizeGreaterThan(5).doesNotContain("kubernetes");
  }

  @Test
  void what_could_not_be_listed_may_be_an_agent() {
    for (String kind : List.of("DaemonSet", "Pod", "Node")) {
      assertThat(dialects(live(node("n1")).with(List.of(gap(kind)), List.of())))
          .as(kind)
          .isNotEqualTo(List.of("unenforced"));
    }
    assertThat(dialects(live(node("n1")).with(List.of(gap("Service")), List.of())))
        .containsExactly("unenforced");
  }

  @Test
  void agents_in_bare_pods_on_marked_nodes_or_in_the_platform_are_agents_too() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: agent, namespace: kube-system}
        spec: {containers: [{name: antrea-agent, image: 'antrea:v2.5.0'}]}
        """;
    String marked = node("n1", "annotations: {projectcalico.org/IPv4Address: 10.0.0.1/24}");
    String up =
        node("n1")
            + "\nstatus: {conditions: [{type: NetworkUnavailable, status: 'False', reason: CalicoIsUp}]}";
    String auto = node("n1", "labels: {eks.amazonaws.com/compute-type: auto}");
    String unmodelled = daemonSet("terway-eniip", "[{name: terway, image: 'terway:v1.15.0'}]");

    for (Snapshot s :
        List.of(
            live(node("n1"), pod),
            live(marked),
            live(up),
            live(auto),
            live(node("n1"), unmodelled))) {
      assertThat(dialects(s)).isNotEqualTo(List.of("unenforced"));
    }
  }
}
