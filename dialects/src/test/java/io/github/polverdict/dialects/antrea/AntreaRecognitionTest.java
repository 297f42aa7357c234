package io.github.polverdict.dialects.antrea;

import static io.github.polverdict.dialects.Seen.daemonSet;
import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.Sighting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AntreaRecognitionTest {
  private static final String AGENT =
      daemonSet(
          "antrea-agent",
          "[{name: antrea-agent, image: \"antrea/antrea-agent-ubuntu:v2.3.1\"},"
              + " {name: antrea-ovs, image: \"antrea/antrea-agent-ubuntu:v2.3.1\"}]");
  private static final String CONFIG =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: antrea-config, namespace: kube-system}
      data:
        antrea-agent.conf: |
          featureGates:
          # Enable AntreaPolicy feature.
          #  AntreaPolicy: true
            NodeNetworkPolicy: true
            L7NetworkPolicy: true
          trafficEncapMode: "noEncap"
          antreaProxy:
            # ProxyAll tells antrea-agent to proxy all.
            enable: true
            proxyAll: true
            proxyLoadBalancerIPs: false
            skipServices:
            - "10.96.0.1"
        antrea-controller.conf: |
          featureGates:
            AdminNetworkPolicy: true
            L7NetworkPolicy: false
          multicluster:
            enableStretchedNetworkPolicy: false
      """;

  @Test
  void the_version_is_the_agents() {
    Sighting seen = engines(files(AGENT)).getFirst();
    assertThat(seen.dialect()).isEqualTo("antrea");
    assertThat(seen.version()).isEqualTo("2.3.1");
    assertThat(seen.settings()).isEmpty();
  }

  @Test
  void a_feature_is_on_when_neither_agent_nor_controller_has_it_off() {
    Sighting seen = engines(files(AGENT, CONFIG)).getFirst();
    assertThat(seen.settings())
        .isEqualTo(
            Map.of(
                "AdminNetworkPolicy", "true",
                "L7NetworkPolicy", "false",
                "NodeNetworkPolicy", "true",
                "antreaProxy", "true",
                "enableStretchedNetworkPolicy", "false",
                "proxyAll", "true",
                "proxyLoadBalancerIPs", "false",
                "skipServices", "some",
                "trafficEncapMode", "noEncap"));
  }
}
