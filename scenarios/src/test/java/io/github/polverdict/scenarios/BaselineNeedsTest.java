package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.Baseline.Known;
import io.github.polverdict.questions.baseline.Baseline.Listener;
import io.github.polverdict.questions.baseline.Baseline.Pods;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.Item;
import io.github.polverdict.questions.baseline.Preset;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.baseline.CannotGenerate;
import io.github.polverdict.workbench.baseline.Generated;
import io.github.polverdict.workbench.baseline.Generator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Baselines in a cluster that depends on every sort of call. */
class BaselineNeedsTest {
  private static final Pods CONTROLLER = new Pods("ingress", Map.of("app", "controller"));

  private static BaselineQuestion question(Known known) {
    Baseline of = Preset.NSA_CISA.baseline();
    Baseline baseline =
        new Baseline(
            "test", of.controls(), of.defaults(), List.of(), of.system(), List.of(), known);
    return new BaselineQuestion(baseline, LocalDate.of(2026, 1, 1), Set.of());
  }

  private static final BaselineQuestion QUESTION =
      question(new Known(List.of(), List.of(CONTROLLER), List.of(), List.of()));

  private static String cluster() throws IOException {
    try (InputStream in = BaselineNeedsTest.class.getResourceAsStream("needs.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BaselineAnswer asked(BaselineQuestion question, Session session) {
    return ((Reply.Answered<BaselineAnswer>) question.ask(session)).answer();
  }

  private static Optional<Status> status(BaselineAnswer answer, String namespace, Item item) {
    return answer.rows().stream()
        .filter(r -> r.namespace().equals(namespace) && r.item() == item)
        .map(Row::status)
        .findFirst();
  }

  @Test
  void a_default_deny_alone_breaks_every_call_and_each_is_told_where_it_breaks()
      throws IOException {
    String deny =
        """
        ---
        apiVersion: cilium.io/v2
        kind: CiliumClusterwideNetworkPolicy
        metadata: {name: deny}
        spec: {endpointSelector: {}, ingress: [{}], egress: [{}]}
        """;
    BaselineAnswer answer =
        asked(QUESTION, Conformance.open(cluster() + deny, "cilium@1.20,allow-localhost=policy"));
    assertThat(status(answer, "shop", Item.INGRESS)).contains(Status.MET);
    assertThat(status(answer, "shop", Item.METADATA)).contains(Status.MET);
    for (Item item :
        List.of(Item.DNS, Item.PROBES, Item.API_SERVER, Item.SCRAPE, Item.INGRESS_PATH)) {
      assertThat(status(answer, "shop", item)).as(item.key()).contains(Status.UNMET);
    }
    assertThat(status(answer, "hooks", Item.WEBHOOKS)).contains(Status.UNMET);
    assertThat(status(answer, "hooks", Item.PROBES)).contains(Status.NOTHING_TO_CHECK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cilium@1.15",
        "cilium@1.20",
        "cilium@1.20,allow-localhost=policy",
        "aws-vpc-cni@1.3.1",
        "kube-router@2.6"
      })
  void what_is_denied_by_default_and_needed_is_allowed_by_judging(String engine)
      throws IOException, CannotGenerate {
    Session session = Conformance.open(cluster(), engine);
    Generated made = new Generator(session, QUESTION).generate(Optional.empty(), false);
    String manifests = Generated.stream(made.manifests());
    assertThat(manifests).contains("1053", "169.254.20.10/32", "9443", "6443", "9100", "8080");
    BaselineAnswer after =
        asked(QUESTION, Conformance.open(cluster() + "---\n" + manifests, engine));
    assertThat(after.rows()).filteredOn(r -> r.fails() || r.open()).isEmpty();
    assertThat(status(after, "shop", Item.API_SERVER)).contains(Status.MET);
    assertThat(status(after, "hooks", Item.WEBHOOKS)).contains(Status.MET);
  }

  @Test
  void what_only_the_running_cluster_knows_stays_unknown_and_is_not_written_unasked()
      throws IOException, CannotGenerate {
    Session session = Conformance.open(cluster(), "calico@3.31");
    assertThatThrownBy(() -> new Generator(session, QUESTION).generate(Optional.empty(), false))
        .isInstanceOf(CannotGenerate.class)
        .hasMessageContaining("hooks webhooks: node/n1 -> svc/hooks/hook TCP 443 is UNKNOWN")
        .hasMessageContaining("--accept-unknown");
    Generated made = new Generator(session, QUESTION).generate(Optional.empty(), true);
    assertThat(made.after().rows())
        .filteredOn(r -> r.open())
        .extracting(Row::item)
        .containsExactly(Item.WEBHOOKS);
  }

  @Test
  void an_api_server_that_the_input_does_not_show_is_unknown_until_its_address_is_said()
      throws IOException, CannotGenerate {
    String[] objects = cluster().split("---\n");
    StringBuilder without = new StringBuilder();
    for (String object : objects) {
      without.append(
          object.contains("name: kubernetes, namespace: default") ? "" : object + "---\n");
    }
    String manifests = without.toString();
    Session session = Conformance.open(manifests, "aws-vpc-cni@1.3.1");
    BaselineAnswer answer = asked(QUESTION, session);
    assertThat(status(answer, "shop", Item.API_SERVER)).contains(Status.UNKNOWN);
    Listener listener = new Listener(IpAddress.parse("10.20.0.2").orElseThrow(), 443);
    BaselineQuestion said =
        question(new Known(List.of(), List.of(CONTROLLER), List.of(), List.of(listener)));
    Generated made = new Generator(session, said).generate(Optional.empty(), false);
    assertThat(Generated.stream(made.manifests())).contains("10.20.0.2/32");
    assertThat(status(made.after(), "shop", Item.API_SERVER)).contains(Status.MET);
  }
}
