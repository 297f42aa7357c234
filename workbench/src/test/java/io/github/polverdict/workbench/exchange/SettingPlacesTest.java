package io.github.polverdict.workbench.exchange;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.workbench.Session;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingPlacesTest {
  private static Session cilium(String arguments, String config) {
    String agent =
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: cilium, namespace: kube-system}
        spec:
          template:
            spec:
              containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.18.3", args: [%s]}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: cilium-config, namespace: kube-system}
        data: {%s}
        """;
    return session(
        namespace("shop"), deployment("shop", "web"), agent.formatted(arguments, config));
  }

  private static DiffAnswer diff(Session a, Session b) {
    return new DiffQuestion(false).ask(Mixer.of(a, b, Correspondence.SAME));
  }

  private static String pointer(Optional<Origin> origin) {
    return origin.orElseThrow() instanceof Origin.InFile f ? f.object() + " " + f.pointer() : "";
  }

  @Test
  void a_setting_is_told_where_it_is_written_and_a_default_where_it_would_be() {
    Cause cause =
        diff(cilium("", "debug: \"false\""), cilium("", "enable-policy: always"))
            .groups()
            .getFirst()
            .causes()
            .getFirst();

    assertThat(pointer(cause.originA()))
        .isEqualTo("ConfigMap kube-system/cilium-config /data/enable-policy");
    assertThat(pointer(cause.originB()))
        .isEqualTo("ConfigMap kube-system/cilium-config /data/enable-policy");
  }

  @Test
  void an_argument_that_wins_over_the_config_map_is_the_place() {
    Cause cause =
        diff(
                cilium("", "enable-policy: default"),
                cilium("--enable-policy=always", "enable-policy: default"))
            .groups()
            .getFirst()
            .causes()
            .getFirst();

    assertThat(pointer(cause.originB()))
        .isEqualTo("DaemonSet kube-system/cilium /spec/template/spec/containers/0/args");
  }

  @Test
  void a_setting_is_told_in_the_words_in_which_it_is_written() {
    String weave =
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: weave-net, namespace: kube-system}
        spec:
          template:
            spec:
              containers:
                - {name: weave, image: "weaveworks/weave-kube:2.8.1", env: [%s]}
                - {name: weave-npc, image: "weaveworks/weave-npc:2.8.1"}
        """;
    String policy = ingress("shop", "deny", "{}", "[]");
    Session a = session(namespace("shop"), deployment("shop", "web"), policy, weave.formatted(""));
    Session b =
        session(
            namespace("shop"),
            deployment("shop", "web"),
            policy,
            weave.formatted("{name: EXPECT_NPC, value: \"0\"}"));

    Cause cause = diff(a, b).groups().getFirst().causes().getFirst();

    assertThat(cause.inB()).isEqualTo("off (EXPECT_NPC=0 on the container weave)");
    assertThat(pointer(cause.originA())).endsWith("/containers/0/env");
    assertThat(pointer(cause.originB())).endsWith("/containers/0/env/0/value");
    assertThat(cause.remedy().orElse("")).isEqualTo("set npc of weave to: on");
  }

  @Test
  void what_else_differs_in_the_same_config_map_is_told_without_the_setting() {
    DiffAnswer answer =
        diff(
            cilium("", "enable-policy: default, debug: \"false\""),
            cilium("", "enable-policy: always, debug: \"true\""));

    List<String> idle = answer.idle().stream().flatMap(c -> c.differs().stream()).toList();

    assertThat(idle)
        .containsExactly("ConfigMap kube-system/cilium-config data.debug: false -> true");
  }

  @Test
  void of_a_text_of_many_lines_those_from_the_first_difference_on_are_told() {
    String file = "antrea-agent.conf: \"one: 1\\ntwo: %s\\n\"";

    DiffAnswer answer = diff(cilium("", file.formatted("x")), cilium("", file.formatted("y")));

    assertThat(answer.idle().getFirst().differs())
        .containsExactly(
            "ConfigMap kube-system/cilium-config data[antrea-agent.conf]: two: x -> two: y");
  }
}
