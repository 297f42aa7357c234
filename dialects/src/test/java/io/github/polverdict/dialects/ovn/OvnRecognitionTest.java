package io.github.polverdict.dialects.ovn;

import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.Sighting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OvnRecognitionTest {
  private static final String NODE_AGENT =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: ovnkube-node, namespace: openshift-ovn-kubernetes}
      spec:
        template:
          spec:
            containers:
              - {name: ovn-controller, image: "quay.io/openshift-release-dev/ocp@sha256:1234"}
              - {name: ovnkube-controller, image: "quay.io/openshift-release-dev/ocp@sha256:1234"}
      """;
  private static final String CONFIG =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: ovnkube-config, namespace: openshift-ovn-kubernetes}
      data:
        ovnkube.conf: |
          [default]
          mtu="1400"
          [ovnkubernetesfeature]
          enable-egress-firewall=true
          enable-admin-network-policy=true
      """;

  @Test
  void openshift_shows_the_switches_and_no_version() {
    Sighting seen = engines(files(NODE_AGENT, CONFIG)).getFirst();
    assertThat(seen.dialect()).isEqualTo("ovn-kubernetes");
    assertThat(seen.version()).isEmpty();
    assertThat(seen.settings())
        .isEqualTo(Map.of("enable-egress-firewall", "true", "enable-admin-network-policy", "true"));
    assertThat(seen.because()).extracting(Sighting.Reason::says).hasSize(3);
  }

  private static String script(String condition) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: ovnkube-script-lib, namespace: openshift-ovn-kubernetes}
    data:
      ovnkube-lib.sh: |-
        start-ovnkube-node()
        {
          admin_network_policy_enabled_flag=
          if [[ "%s" == "true" && "${OVN_NODE_MODE}" != "dpu-host" ]]; then
            admin_network_policy_enabled_flag="--enable-admin-network-policy"
          fi
          exec /usr/bin/ovnkube ${admin_network_policy_enabled_flag}
        }
    """
        .formatted(condition);
  }

  private static Map<String, String> settings(String... yaml) {
    return engines(files(yaml)).getFirst().settings();
  }

  @Test
  void a_switch_that_the_script_leaves_off_is_off_unless_the_file_has_it() {
    String name = "enable-admin-network-policy";
    assertThat(settings(NODE_AGENT, script("true"))).containsEntry(name, "true");
    assertThat(settings(NODE_AGENT, script("false"))).containsEntry(name, "false");
    assertThat(settings(NODE_AGENT, CONFIG, script("false"))).containsEntry(name, "true");
    assertThat(settings(NODE_AGENT)).doesNotContainKey(name);
  }
}
