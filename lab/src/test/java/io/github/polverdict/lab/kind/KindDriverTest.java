package io.github.polverdict.lab.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Shelf;
import io.github.polverdict.lab.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindDriverTest {
  private static final String KIND =
      """
      case $1 in
        get) cat '%1$s/clusters' 2>/dev/null || echo 'No kind clusters found.' >&2 ;;
        create) for word; do [ "$before" != --config ] || cp "$word" '%1$s/config'; before=$word; done
          echo polverdict-try >'%1$s/clusters' ;;
        delete) rm -f '%1$s/clusters' ;;
      esac
      """;

  @TempDir private Path folder;
  @TempDir private Path labs;
  private StandIns tools = new StandIns(Path.of(""));

  @BeforeEach
  void programs() throws IOException {
    tools =
        new StandIns(folder)
            .with("kind", KIND.formatted(folder))
            .with("kubectl", "")
            .with("helm", "");
  }

  private KindDriver driver() {
    return new KindDriver(new Shelf(labs), tools.programs());
  }

  private static LabRequest request(String engine, int nodes) {
    return new LabRequest("try", CniSpec.parse(engine), nodes, List.of());
  }

  private Lab up(String engine, int nodes) {
    return driver().up(request(engine, nodes), line -> {});
  }

  @Test
  void a_chart_is_installed_in_the_version_and_with_the_settings_that_were_asked_for()
      throws IOException {
    List<String> heard = new ArrayList<>();
    Lab lab =
        driver()
            .up(
                request("cilium@1.18.2,enable-policy=always,allow-localhost=policy", 2),
                heard::add);
    Path kubeconfig = labs.resolve("try/kubeconfig");
    assertThat(lab.engine()).isEqualTo("cilium@1.18.2,allow-localhost=policy,enable-policy=always");
    assertThat(lab.state()).isEqualTo(LabState.READY);
    assertThat(lab.access().options()).containsExactly("--kubeconfig", kubeconfig.toString());
    assertThat(tools.calls())
        .startsWith(
            "kind get clusters",
            "kind create cluster --name polverdict-try --config "
                + labs.resolve("try/kind.yaml")
                + " --kubeconfig "
                + kubeconfig,
            "helm --kubeconfig "
                + kubeconfig
                + " upgrade --install cilium cilium --repo https://helm.cilium.io --version 1.18.2"
                + " --namespace kube-system --wait --timeout 10m"
                + " --set ipam.mode=kubernetes,operator.replicas=1"
                + " --set-string extraConfig.allow-localhost=policy"
                + " --set policyEnforcementMode=always",
            "kubectl --kubeconfig "
                + kubeconfig
                + " wait node --all --for=condition=Ready --timeout=300s",
            "kubectl --kubeconfig "
                + kubeconfig
                + " wait pod --namespace kube-system --all --for=condition=Ready --timeout=300s");
    assertThat(Files.readString(folder.resolve("config")))
        .isEqualTo(
            """
            kind: Cluster
            apiVersion: kind.x-k8s.io/v1alpha4
            networking:
              podSubnet: 10.244.0.0/16
              serviceSubnet: 10.96.0.0/16
              disableDefaultCNI: true
            nodes:
              - role: control-plane
              - role: worker
              - role: worker
            """);
    assertThat(heard).hasSize(3);
  }

  @Test
  void a_setting_brings_what_the_chart_needs_with_it() throws IOException {
    up("cilium@1.20.2,routing-mode=native,enable-l7-proxy=false", 1);
    assertThat(tools.calls())
        .anyMatch(c ->
            c.endsWith(
                " --set l7Proxy=false --set routingMode=native"
                    + " --set ipv4NativeRoutingCIDR=10.244.0.0/16,autoDirectNodeRoutes=true"));
  }

  @Test
  void a_manifest_is_applied_from_where_its_release_is() throws IOException {
    up("calico@3.31", 1);
    assertThat(tools.calls())
        .anyMatch(c ->
            c.endsWith(
                "apply --server-side -f https://raw.githubusercontent.com/projectcalico/calico"
                    + "/v3.31.0/manifests/calico.yaml"));
    assertThat(Files.readString(folder.resolve("config"))).doesNotContain("worker");
  }

  @Test
  void what_kind_brings_is_left_to_it() throws IOException {
    up("kube-network-policies", 1);
    assertThat(Files.readString(folder.resolve("config"))).contains("disableDefaultCNI: false");
    assertThat(tools.calls()).noneMatch(c -> c.contains("apply") || c.startsWith("helm"));
  }

  @Test
  void a_lab_goes_with_its_cluster() throws IOException {
    Lab lab = up("cilium", 1);
    assertThat(driver().list()).containsExactly(lab);
    driver().down(lab);
    assertThat(tools.calls())
        .contains(
            "kind delete cluster --name polverdict-try --kubeconfig "
                + labs.resolve("try/kubeconfig"));
    assertThat(driver().list()).isEmpty();
    assertThat(labs.resolve("try")).doesNotExist();
  }

  @Test
  void a_cluster_that_somebody_else_removed_is_dead() throws IOException {
    up("cilium", 1);
    Files.delete(folder.resolve("clusters"));
    assertThat(driver().list()).extracting(Lab::state).containsExactly(LabState.DEAD);
  }

  @Test
  void a_program_that_is_missing_is_named_with_the_page_that_brings_it() throws IOException {
    Files.delete(folder.resolve("kind"));
    assertThatThrownBy(() -> up("cilium", 1))
        .isInstanceOf(LabFailure.class)
        .hasMessage(
            "kind is not on PATH; https://kind.sigs.k8s.io/docs/user/quick-start/#installation"
                + " says how to get it");
    programs();
    Files.delete(folder.resolve("helm"));
    assertThatThrownBy(() -> up("cilium", 1)).hasMessageContaining("helm is not on PATH");
    assertThat(tools.calls()).isEmpty();
  }

  @Test
  void a_cluster_of_somebody_else_is_left_alone() throws IOException {
    Files.writeString(folder.resolve("clusters"), "kind\npolverdict-try\n");
    assertThatThrownBy(() -> up("cilium", 1))
        .isInstanceOf(LabFailure.class)
        .hasMessageContaining("kind has a cluster polverdict-try")
        .hasMessageContaining("take another --name");
    assertThat(tools.calls()).containsExactly("kind get clusters");
    assertThat(labs).isEmptyDirectory();
  }

  @Test
  void what_failed_is_said_in_its_own_words_and_nothing_is_left() throws IOException {
    tools.with("kind", "[ $1 != create ] || { echo 'ERROR: no container engine'; exit 1; }");
    assertThatThrownBy(() -> up("cilium", 1))
        .hasMessage("kind could not make the cluster: ERROR: no container engine");
    tools.with("kind", "").with("helm", "echo 'Error: no such version'; exit 1");
    assertThatThrownBy(() -> up("cilium@9.9.9", 1))
        .hasMessage("helm installs cilium@9.9.9: it failed: Error: no such version");
    assertThat(tools.calls())
        .anyMatch(c -> c.startsWith("kind delete cluster --name polverdict-try"));
    assertThat(labs).isEmptyDirectory();
  }

  @Test
  void what_cannot_be_had_is_refused_before_anything_is_made() throws IOException {
    assertThatThrownBy(() -> up("weave", 1)).hasMessageContaining("what it can have: cilium");
    assertThatThrownBy(() -> up("calico,x=y", 1)).hasMessageContaining("settings of calico");
    assertThatThrownBy(() -> up("kube-network-policies@1.0", 1))
        .hasMessageContaining("leave its version out");
    assertThat(tools.calls()).isEmpty();
  }
}
