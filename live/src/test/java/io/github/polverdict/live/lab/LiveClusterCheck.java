package io.github.polverdict.live.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.live.lab.Lab.Agent;
import io.github.polverdict.live.lab.Round.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What polverdict says of real clusters, held against their packets. Run by {@code .ci/live}; needs
 * root and livecluster ({@code -Dlivecluster=PATH}); {@code -Dlab.clusters=A;B key=value} chooses.
 */
class LiveClusterCheck {
  private static final String CLUSTERS =
      String.join(
          ";",
          "bridge",
          "cilium-1.15",
          "cilium-1.20",
          "cilium-1.20 enable-k8s-cluster-network-policy=true",
          "cilium-1.20 policy-audit-mode=true",
          "cilium-1.20 enable-policy=always",
          "cilium-1.20 enable-policy=never",
          "cilium-1.20 policy-cidr-match-mode=nodes",
          "cilium-1.20 enable-host-firewall=true",
          "cilium-1.20 enable-local-redirect-policy=true");
  private static final List<Round> ROUNDS = new ArrayList<>();

  @BeforeAll
  static void meetTheClusters() throws IOException {
    Tools tools = Tools.needed();
    Path results = Tools.ROOT.resolve("live/target/livecluster");
    for (String text : System.getProperty("lab.clusters", CLUSTERS).split(";")) {
      Round round = Round.of(tools, Agent.of(text), results);
      ROUNDS.add(round);
      System.out.printf(
          "%s: %d flows, %d contradictions, %d UNKNOWN%n",
          round.agent().name(),
          round.seen().size(),
          round.contradictions().size(),
          round.unknown().size());
    }
    table();
  }

  /** The flows on which the clusters disagree: what was said, and what was seen. */
  private static void table() {
    System.out.printf("%-64s", "flow");
    ROUNDS.forEach(r -> System.out.printf(" | %-22s", r.agent().name()));
    System.out.println();
    for (LabFlow flow : ROUNDS.getFirst().seen().keySet()) {
      if (ROUNDS.stream().map(r -> r.seen().get(flow)).distinct().count() > 1) {
        System.out.printf("%-64s", flow);
        ROUNDS.forEach(r ->
            System.out.printf(" | %-10s %-11s", r.said().get(flow).verdict(), r.seen().get(flow)));
        System.out.println();
      }
    }
  }

  @Test
  void everyVerdictIsWhatThePacketsDid() {
    assertThat(ROUNDS).flatMap(Round::contradictions).isEmpty();
    assertThat(ROUNDS).allSatisfy(r -> assertThat(r.seen()).hasSizeGreaterThanOrEqualTo(25));
  }

  @Test
  void onlyTheFlowsThatAreExpectedToBeUnknownAre() {
    Map<String, List<String>> expected = new TreeMap<>();
    LabFlow.rows(LabFlow.text(Lab.FOLDER.resolve("unknown.csv"))).stream()
        .skip(1)
        .forEach(r ->
            expected
                .computeIfAbsent(r.get(0), _ -> new ArrayList<>())
                .add(r.get(1) + " -> " + r.get(2)));
    assertThat(ROUNDS)
        .allSatisfy(r ->
            assertThat(r.unknown().stream().map(LabFlow::toString))
                .as(r.agent().name())
                .containsExactlyInAnyOrderElementsOf(
                    expected.getOrDefault(r.agent().name(), List.of())));
  }

  @Test
  void theClustersDisagreeExactlyWherePredicted() {
    Set<LabFlow> disputed = new LinkedHashSet<>();
    for (Round a : ROUNDS) {
      for (Round b : ROUNDS.subList(ROUNDS.indexOf(a) + 1, ROUNDS.size())) {
        Set<LabFlow> seen = new LinkedHashSet<>(a.seen().keySet());
        seen.removeIf(f -> a.seen().get(f).equals(b.seen().get(f)));
        Set<LabFlow> said = new LinkedHashSet<>(a.seen().keySet());
        said.removeIf(f -> a.said().get(f).verdict().equals(b.said().get(f).verdict()));
        Set<LabFlow> open = new LinkedHashSet<>(a.unknown());
        open.addAll(b.unknown());
        seen.removeAll(open);
        said.removeAll(open);
        assertThat(said).as(a.agent().name() + " and " + b.agent().name()).isEqualTo(seen);
        disputed.addAll(seen);
      }
    }
    assertThat(disputed.isEmpty()).as("no two clusters disagree").isEqualTo(ROUNDS.size() < 2);
  }

  @Test
  void verifyConfirmsWhatIsPredictedAndCatchesAWrongProfile() {
    assertThat(ROUNDS).allSatisfy(r -> r.verified().check());
  }

  @Test
  void theCanaryPassesExactlyWhereSomethingEnforces() {
    assertThat(ROUNDS).allSatisfy(r -> r.canary().check());
  }

  @Test
  void inspectNamesTheEngineItsVersionAndItsSettings() {
    assertThat(ROUNDS)
        .allSatisfy(r -> {
          switch (r.agent().cni()) {
            case "bridge" ->
                assertThat(r.inspected()).contains("unenforced", "inert").doesNotContain("cilium");
            case "cilium-1.15" ->
                assertThat(r.inspected())
                    .contains("cilium 1.15.19", "kube-proxy-replacement=false", "enable-policy=");
            case "cilium-1.20" ->
                assertThat(r.inspected())
                    .contains("cilium 1.20.2", "kube-proxy-replacement=false", "enable-policy=");
            default -> throw new IllegalStateException(r.agent().cni());
          }
          r.agent().settings().forEach(s -> assertThat(r.inspected()).contains(s));
        });
  }

  @Test
  void withoutTheRightToOneNamespacesPoliciesExactlyWhatTheyCouldChangeIsUnknown() {
    for (Round r : ROUNDS.stream().filter(r -> r.agent().settings().isEmpty()).toList()) {
      boolean enforced = !r.agent().cni().equals("bridge");
      r.said()
          .forEach((flow, full) -> {
            Said partial = r.partial().get(flow);
            // whatever hidden's policies are, they can't open what the other end has closed
            boolean closedElsewhere = flow.to().startsWith("shop/deny-in");
            if (enforced
                && (flow.from() + " " + flow.to()).contains("hidden/")
                && !closedElsewhere) {
              assertThat(partial.verdict()).as(r.agent().name() + ": " + flow).isEqualTo("UNKNOWN");
              assertThat(partial.because())
                  .as(flow.toString())
                  .contains("networkpolicies in namespace hidden");
            } else {
              assertThat(partial).as(r.agent().name() + ": " + flow).isEqualTo(full);
            }
          });
    }
  }

  @Test
  void whoMaySeeLessIsNeverToldOtherwise() {
    for (Round r : ROUNDS) {
      for (Map<LabFlow, Said> less : List.of(r.two(), r.partial())) {
        less.forEach((flow, said) -> {
          if (List.of("ALLOWED", "DENIED").contains(said.verdict())) {
            assertThat(said.verdict())
                .as(r.agent().name() + ": " + flow)
                .isEqualTo(r.said().get(flow).verdict());
          }
        });
      }
    }
  }
}
