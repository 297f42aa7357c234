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
}
