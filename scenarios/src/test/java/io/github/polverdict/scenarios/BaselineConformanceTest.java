package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.Preset;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.baseline.CannotGenerate;
import io.github.polverdict.workbench.baseline.Generated;
import io.github.polverdict.workbench.baseline.Generator;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Baselines for other tools' clusters: what is generated is read anew and judged anew. */
class BaselineConformanceTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

  private static final BaselineQuestion QUESTION =
      new BaselineQuestion(Preset.NSA_CISA.baseline(), DAY, Set.of());

  @TempDir Path folder;

  private static Path input(String name) {
    return Conformance.folder("netpol-analyzer").resolve("tests").resolve(name);
  }

  private static Session open(List<String> paths, String cni) throws UnreadableSource {
    ByteArrayInputStream nothing = new ByteArrayInputStream(new byte[0]);
    Snapshot snapshot = FileSource.of(paths, nothing).read();
    return Conformance.open(snapshot, cni, Grouping.WORKLOAD);
  }

  @ParameterizedTest
  @CsvSource({
    "onlineboutique_workloads_with_ingress, calico@3.31",
    "onlineboutique_workloads_with_ingress, cilium@1.19",
    "onlineboutique_workloads_with_ingress, antrea@2.4",
    "onlineboutique_workloads_with_ingress, ovn-kubernetes@1.1",
    "onlineboutique_workloads_with_ingress, aws-vpc-cni@1.3.1",
    "ipblockstest, calico@3.31",
    "ipblockstest, cilium@1.19",
    "ipblockstest, antrea@2.4",
    "ipblockstest, ovn-kubernetes@1.1",
    "ipblockstest, aws-vpc-cni@1.3.1",
    "semanticDiff-same-topologies-old1, calico@3.31",
    "semanticDiff-same-topologies-old1, cilium@1.19",
    "semanticDiff-same-topologies-old1, antrea@2.4",
    "semanticDiff-same-topologies-old1, ovn-kubernetes@1.1",
    "semanticDiff-same-topologies-old1, aws-vpc-cni@1.3.1"
  })
  void what_is_generated_makes_the_check_pass(String name, String engine)
      throws UnreadableSource, CannotGenerate, IOException {
    String input = input(name).toString();
    Session session = open(List.of(input), engine);
    assertThat(answer(session).met()).isFalse();
    Generated made = new Generator(session, QUESTION).generate(Optional.empty(), false);
    Path manifests = folder.resolve("generated.yaml");
    Files.writeString(manifests, Generated.stream(made.manifests()), StandardCharsets.UTF_8);
    BaselineAnswer after = answer(open(List.of(input, manifests.toString()), engine));
    assertThat(after.rows()).filteredOn(r -> r.fails() || r.open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onlineboutique_workloads_with_ingress",
        "ipblockstest",
        "semanticDiff-same-topologies-old1"
      })
  void where_nothing_enforces_nothing_is_generated(String name) throws UnreadableSource {
    Session session = open(List.of(input(name).toString()), "unenforced");
    assertThatThrownBy(() -> new Generator(session, QUESTION).generate(Optional.empty(), true))
        .isInstanceOf(CannotGenerate.class)
        .hasMessageContaining("nothing enforces policies here");
  }

  @Test
  void a_policy_that_opens_everything_is_named_in_the_refusal() throws UnreadableSource {
    Session session = open(List.of(input("netpol-demo").toString()), "calico@3.31");
    assertThatThrownBy(() -> new Generator(session, QUESTION).generate(Optional.empty(), false))
        .isInstanceOf(CannotGenerate.class)
        .hasMessageContaining("monitoring egress: ")
        .hasMessageContaining("monitoring/monitoring-allow-egress-to-all-namespaces allows it");
  }

  private static BaselineAnswer answer(Session session) {
    return switch (QUESTION.ask(session)) {
      case Reply.Answered<BaselineAnswer>(BaselineAnswer answer) -> answer;
      case Reply.Refused<BaselineAnswer> refused ->
          throw new AssertionError(refused.refusals().toString());
    };
  }
}
