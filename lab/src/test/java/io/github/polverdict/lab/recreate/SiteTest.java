package io.github.polverdict.lab.recreate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Reached;
import io.github.polverdict.lab.StandIns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  @TempDir private Path folder;

  private Site site(StandIns tools, String... namespaces) {
    Lab.Access access = new Lab.Access(Optional.empty(), "", List.of(namespaces));
    Lab lab = new Lab("x", "context", "?", 1, LabState.READY, access);
    return new Site(new Reached(lab, tools.programs().kubectl()));
  }

  @Test
  void a_group_that_the_server_knows_nothing_of_hides_no_other() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                """
                echo 'networkpolicies netpol networking.k8s.io/v1 true NetworkPolicy'
                echo 'error: unable to retrieve the complete list of server APIs: metrics' >&2
                exit 1
                """);
    assertThat(site(tools).served(Set.of("NetworkPolicy"))).containsExactly("NetworkPolicy");
  }

  @Test
  void what_agents_make_for_themselves_is_not_made_again() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                """
                echo 'ciliumendpoints cep cilium.io/v2 true CiliumEndpoint'
                echo 'ciliumnetworkpolicies cnp cilium.io/v2 true CiliumNetworkPolicy'
                """);
    Set<String> asked =
        Set.of(
            "CiliumEndpoint.cilium.io", "CiliumNetworkPolicy.cilium.io", "Tier.projectcalico.org");
    assertThat(site(tools).served(asked)).containsExactly("CiliumNetworkPolicy.cilium.io");
  }

  @Test
  void only_the_labs_own_namespaces_are_asked_for_pods() throws IOException {
    StandIns tools = new StandIns(folder).with("kubectl", "echo '{}'");
    site(tools, "x-shop").awaitPods(Duration.ofSeconds(1));
    assertThat(tools.calls()).containsExactly("kubectl get pods,services -o json -n x-shop");
  }

  @Test
  void pods_that_stay_are_waited_for_and_those_that_go_are_not() throws IOException {
    String pods =
        """
        cat <<'J'
        {"items": [
          {"kind": "Pod", "metadata": {"name": "old", "deletionTimestamp": "2026-11-29T02:00:00Z"},
           "status": {"conditions": [{"type": "Ready", "status": "False"}]}},
          {"kind": "Pod", "metadata": {"name": "new", "namespace": "w"},
           "status": {"conditions": [{"type": "Ready", "status": "%s"}]}}]}
        J
        """;
    StandIns tools = new StandIns(folder).with("kubectl", pods.formatted("False"));
    assertThat(site(tools).awaitPods(Duration.ZERO)).containsExactly("w/new");
    tools.with("kubectl", pods.formatted("True"));
    assertThat(site(tools).awaitPods(Duration.ZERO)).isEmpty();
  }

  @Test
  void a_lab_that_is_gone_is_told_of_with_what_kubectl_says() throws IOException {
    StandIns tools = new StandIns(folder).with("kubectl", "echo 'error: no route to host'; exit 1");
    Site site = site(tools);
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> site.awaitPods(Duration.ZERO),
            () -> site.served(Set.of("NetworkPolicy")),
            site::nodes,
            site::translation)) {
      assertThatThrownBy(use)
          .isInstanceOf(LabFailure.class)
          .hasMessage(
              "the lab x does not answer, was it stopped? ('polverdict lab list' says.)"
                  + " kubectl: error: no route to host");
    }
  }

  @Test
  void what_kubectl_warns_of_is_not_taken_for_objects() throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                """
                echo 'E1129 memcache.go:287] the server is currently unable to handle it' >&2
                echo '{"items": [{"metadata": {"name": "w1"}}]}'
                """);
    assertThat(site(tools).nodes()).extracting(Site.Node::name).containsExactly("w1");
  }

  @Test
  void nodes_that_are_closed_to_pods_are_left_out_of_the_ranges_and_of_the_nodes()
      throws IOException {
    StandIns tools =
        new StandIns(folder)
            .with(
                "kubectl",
                """
                cat <<'J'
                {"items": [
                  {"metadata": {"name": "cp"}, "spec": {"podCIDR": "10.244.0.0/24",
                    "taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]}},
                  {"metadata": {"name": "w1"}, "spec": {"podCIDR": "10.244.1.0/24"},
                    "status": {"addresses": [{"type": "InternalIP", "address": "172.18.0.3"}]}}]}
                J
                """);
    Site site = site(tools);
    assertThat(site.nodes()).containsExactly(new Site.Node("w1", "172.18.0.3", "10.244.1.0/24"));
    Addresses addresses = site.translation();
    addresses.add("10.9.0.1", "172.18.0.3");
    assertThat(addresses.translated("10.9.0.0/24")).isEqualTo("172.18.0.0/24");
  }
}
