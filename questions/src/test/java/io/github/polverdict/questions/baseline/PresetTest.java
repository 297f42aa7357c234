package io.github.polverdict.questions.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.Need.Called;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each published control is held to. CIS: kube-bench's cfg/cis-1.11/policies.yaml at 146f4af
 * (5.3.1 "supports NetworkPolicies", 5.3.2 "all Namespaces have NetworkPolicies defined", both
 * manual). NSA/CISA 1.2: the checklist of "Network policies", "Protecting sensitive cloud
 * infrastructure" and "Control plane hardening".
 */
class PresetTest {

  @ParameterizedTest
  @CsvSource({
    "kubernetes-default, default-deny,     INGRESS=DENY EGRESS=DENY",
    "kubernetes-default, dns,              DNS=ALLOW",
    "kubernetes-default, controller,       ENFORCEMENT",
    "cis-5.3,            5.3.1,            ENFORCEMENT",
    "cis-5.3,            5.3.2,            INGRESS=DENY",
    "nsa-cisa,           network-policies, ENFORCEMENT INGRESS=DENY EGRESS=DENY",
    "nsa-cisa,           metadata,         METADATA=DENY",
    "nsa-cisa,           control-plane,    EGRESS=DENY",
    "nsa-cisa,           encryption,       ''",
    "pci-segmentation,   1.3.1,            INGRESS=DENY",
    "pci-segmentation,   1.3.2,            EGRESS=DENY METADATA=DENY",
    "pci-segmentation,   1.4.1,            ENFORCEMENT INGRESS=DENY",
    "pci-segmentation,   1.2.7,            ''",
    "pci-segmentation,   11.4.5,           ''"
  })
  void a_control_is_held_to_what_it_wants(String preset, String control, String held) {
    Preset of = Preset.of(preset).orElseThrow();
    Control one =
        of.controls().stream().filter(c -> c.id().equals(control)).findFirst().orElseThrow();
    List<String> items =
        one.items().stream()
            .map(i -> i + (of.demands().containsKey(i) ? "=" + of.demands().get(i) : ""))
            .toList();
    assertThat(String.join(" ", items)).isEqualTo(held);
    assertThat(one.items().isEmpty() && one.unchecked().isEmpty()).isFalse();
  }

  @Test
  void a_need_whose_goal_is_not_in_the_input_says_how_to_give_it() {
    Dependency need =
        new Dependency(
            Item.API_SERVER,
            "shop",
            List.of(),
            new Dependency.Target.Shown(new Called.Untold("it")),
            Dependency.Rule.EVERY);
    assertThat(need.absent()).contains("apiServers").contains("-b");
  }
}
