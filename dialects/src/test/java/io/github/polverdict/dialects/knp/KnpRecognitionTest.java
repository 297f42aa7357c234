package io.github.polverdict.dialects.knp;

import static io.github.polverdict.dialects.Seen.daemonSet;
import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.Sighting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnpRecognitionTest {

  private static Sighting only(String daemonSet) {
    assertThat(engines(files(daemonSet))).hasSize(1);
    return engines(files(daemonSet)).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "v20240813-c6f155d6,kube-network-policies,0.5.1",
    "v20250512-df8de77b,kube-network-policies,0.8.0",
    "v20260213-ea8e5717,kube-network-policies,''",
    "v20260528-9350166c,kube-network-policies,1.1.0",
    "v20260820-69b56db7,kube-network-policies,''",
    "v20240513-cd2ac642,unenforced,''"
  })
  void the_date_of_kindnetd_tells_what_is_in_it(String tag, String dialect, String version) {
    Sighting seen =
        only(
            daemonSet(
                "kindnet",
                "[{name: kindnet-cni, image: 'docker.io/kindest/kindnetd:%s'}]".formatted(tag)));
    assertThat(seen.dialect()).isEqualTo(dialect);
    assertThat(seen.version()).isEqualTo(version);
  }

  @Test
  void kube_proxy_in_mode_ipvs_is_seen() {
    String proxy =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kube-proxy, namespace: kube-system}
        data:
          config.conf: |
            iptables:
              masqueradeBit: 14
            mode: %s
        """;
    String kindnet =
        daemonSet(
            "kindnet",
            "[{name: kindnet-cni, image: 'docker.io/kindest/kindnetd:v20250512-df8de77b'}]");
    assertThat(engines(files(kindnet, proxy.formatted("ipvs"))).getFirst().settings())
        .containsEntry("kube-proxy-mode", "ipvs");
    assertThat(engines(files(kindnet, proxy.formatted("iptables"))).getFirst().settings())
        .doesNotContainKey("kube-proxy-mode");
  }

  @Test
  void beside_flannel_the_image_tells_version_and_flavour() {
    Sighting seen =
        only(
            daemonSet(
                "kube-flannel-ds",
                "[{name: kube-flannel, image: 'flannel:v0.28.9'}, {name: kube-network-policies,"
                    + " image:"
                    + " 'registry.k8s.io/networking/kube-network-policies:v1.0.0-npa-v1alpha2',"
                    + " args: [--strict-mode=false]}]"));
    assertThat(seen.version()).isEqualTo("1.0.0");
    assertThat(seen.settings())
        .isEqualTo(
            Map.of("distribution", "flannel", "flavour", "npa-v1alpha2", "strict-mode", "false"));
  }
}
