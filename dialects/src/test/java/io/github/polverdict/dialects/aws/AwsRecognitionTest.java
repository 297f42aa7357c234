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
  private static final String MODE = "NETWORK_POLICY_ENFORCING_MODE";

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

  private static String config(String value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: amazon-vpc-cni, namespace:"
        + " kube-system}\ndata: {enable-network-policy-controller: '%s'}".formatted(value);
  }

  private static String nodeClass(String name, String policy) {
    return "apiVersion: eks.amazonaws.com/v1\nkind: NodeClass\nmetadata: {name: %s}\nspec: {%s}"
        .formatted(name, policy);
  }

  @Test
  void a_controller_that_is_switched_off_is_seen() {
    Sighting seen =
        engines(files(agent("--enable-network-policy=true", "standard"), config("false")))
            .getFirst();
    assertThat(seen.settings()).containsEntry("enable-network-policy-controller", "false");
    assertThat(seen.because()).anyMatch(r -> r.says().contains("amazon-vpc-cni"));
  }

  @Test
  void nodes_of_auto_mode_enforce_as_their_class_says() {
    String auto = "eks.amazonaws.com/compute-type: auto, eks.amazonaws.com/nodeclass: %s";
    var seen =
        engines(
            files(
                config("true"),
                nodeClass("open", "networkPolicy: DefaultAllow"),
                nodeClass("shut", "networkPolicy: DefaultDeny"),
                nodeClass("bare", ""),
                node("a", auto.formatted("open")),
                node("b", auto.formatted("shut")),
                node("c", auto.formatted("bare"))));
    assertThat(seen)
        .extracting(s -> s.nodes().orElseThrow() + " " + s.settings().get(MODE))
        .containsExactly("[c] standard", "[a] standard", "[b] strict");
    assertThat(seen)
        .extracting(s -> s.settings().get("enable-network-policy-controller"))
        .containsExactly("unknown", "true", "true");
  }

  @Test
  void auto_mode_beside_nodes_with_the_agent_is_an_engine_of_its_own() {
    var seen =
        engines(
            files(
                agent("--enable-network-policy=true", "standard"),
                config("true"),
                node("a", "eks.amazonaws.com/compute-type: auto"),
                node("b", "kubernetes.io/os: linux")));
    assertThat(seen)
        .extracting(s -> s.nodes().orElseThrow() + s.version())
        .containsExactly("[b]1.3.1", "[a]");
  }
}
