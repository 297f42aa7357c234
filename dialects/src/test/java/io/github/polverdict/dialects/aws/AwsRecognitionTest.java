package io.github.polverdict.dialects.aws;

import static io.github.polverdict.dialects.Seen.daemonSet;
import static io.github.polverdict.dialects.Seen.engines;
import static io.github.polverdict.dialects.Seen.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.Sighting;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsRecognitionTest {
  private static String agent(String arguments, String mode) {
    return daemonSet(
        "aws-node",
        ("[{name: aws-node, image: 'amazon-k8s-cni:v1.21.1', env: [{name:"
                + " NETWORK_POLICY_ENFORCING_MODE, value: %s}]}, {name: aws-eks-nodeagent, image:"
                + " 'aws-network-policy-agent:v1.3.1', args: [%s]}]")
            .formatted(mode, arguments));
  }

  private static String node(String name, String label) {
    return "apiVersion: v1\nkind: Node\nmetadata: {name: %s, labels: {%s}}".formatted(name, label);
  }

  @Test
  void the_agent_its_version_and_the_mode_are_read() {
    Sighting seen = engines(files(agent("--enable-network-policy=true", "strict"))).getFirst();
    assertThat(seen.dialect()).isEqualTo("aws-vpc-cni");
    assertThat(seen.version()).isEqualTo("1.3.1");
    assertThat(seen.settings()).isEqualTo(Map.of("NETWORK_POLICY_ENFORCING_MODE", "strict"));
  }

  @Test
  void an_agent_that_is_switched_off_enforces_nothing() {
    assertThat(engines(files(agent("--enable-network-policy=false", "standard"))))
        .extracting(Sighting::dialect)
        .containsExactly("unenforced");
    assertThat(engines(files(agent("", "standard"))).getFirst().settings())
        .containsEntry("enable-network-policy", "false");
  }

  @Test
  void nodes_of_fargate_and_windows_have_no_agent() {
    Sighting seen =
        engines(
                files(
                    agent("--enable-network-policy=true", "standard"),
                    node("ec2", "kubernetes.io/os: linux"),
                    node("far", "eks.amazonaws.com/compute-type: fargate"),
                    node("win", "kubernetes.io/os: windows")))
            .getFirst();
    assertThat(seen.nodes()).isEqualTo(Optional.of(Set.of("ec2")));
  }
}
